"""Grids: the smallest unit of service, who stands for each, and what is settled there before it becomes a petition."""
