"""Verified fakes, invented persons and sample files; shipped for those who build on Feiyu."""
