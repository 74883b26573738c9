"""What the log says, for those who may read it: receipts, search, checkpoint and tiles."""
