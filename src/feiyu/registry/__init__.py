"""The registry: who acts, what leaves and why, how work moves, and what happened."""
