"""What leaders, the office and the joint conference do about matters: supervision, recommendations, lifting."""
