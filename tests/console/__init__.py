"""The console in a real browser, over a real port, edge and recipient."""
