"""Telling of periods that come to their end: who is told at which band, and the sweep that does it."""
