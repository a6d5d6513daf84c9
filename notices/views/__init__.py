"""What the pages of notices show and take."""
