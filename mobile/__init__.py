"""The phones of those who stand for a grid: what they carry for a day, and what they wrote without a signal."""
