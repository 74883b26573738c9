"""Identity, scenarios, cases, journal: who acts, what leaves and why, how work moves, and what is kept of it."""
