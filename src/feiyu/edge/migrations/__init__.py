"""Revisions of the edge's tables."""
