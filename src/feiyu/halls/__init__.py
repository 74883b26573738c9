"""The halls around the spine: exchange, zone, sense, compute, packs. Each docks as one Part and uses the spine only."""
