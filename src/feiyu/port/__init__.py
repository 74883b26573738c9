"""The port's side: filings, bases, grants, transfers, supervision. It sees ciphertext, manifests, signed profiles and counts."""
