"""Reports of figures: drawn up from what was known, written in by a person, approved by another, issued."""
