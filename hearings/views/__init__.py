"""Pages of hearings and of planned decisions, by what they show."""
