"""Reconciling with a superior's list: reading its rows, comparing them with the open lane, the worker's part (Q43)."""
