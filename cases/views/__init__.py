"""Pages of petitions: they translate, and nothing else."""
