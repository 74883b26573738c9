"""Rows of the journal: plain functions that take a transaction, one module for each concern."""
