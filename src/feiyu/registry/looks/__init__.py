"""Looks: what port staff read of a party's matters, kept for that party to see."""
