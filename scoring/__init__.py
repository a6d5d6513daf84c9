"""Scores of units: rules of a year as data, and the ledger in which every point names where it comes from."""
