"""One form per deed. Forms parse; they do not decide."""
