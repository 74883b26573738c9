"""What leaves and why: scenarios, flows, and with them the handler's register."""
