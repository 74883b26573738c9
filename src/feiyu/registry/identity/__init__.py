"""Who acts: parties, their keys, principals, credentials."""
