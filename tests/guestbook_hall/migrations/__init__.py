"""Revisions of the guest book."""
