"""What the log says and what watches over it: receipts, search, alarms, egress counters, heartbeats, erasure."""
