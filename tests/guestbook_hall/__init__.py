"""A tiny hall: it keeps one line per transfer it heard of. Proves that a hall docks as one Part and nothing else."""
