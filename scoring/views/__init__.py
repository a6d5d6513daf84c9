"""Pages of scores, by what they show."""
