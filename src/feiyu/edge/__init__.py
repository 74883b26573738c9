"""The exporter's side: read, scan, strip, count, seal, sign, send. Its keys, its plaintext and its person ledger stay here."""
