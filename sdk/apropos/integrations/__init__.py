"""One thin room for each web framework; each needs that framework and nothing else."""
