"""Revisions of the port's tables."""
