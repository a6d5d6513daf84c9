"""Hearings: held on one petition, with their panel, their record, and what was promised there."""
