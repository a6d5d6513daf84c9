"""What is asked of whom, by when (交办), and who is asked next when nothing happens; knows no petition."""
