"""What waits for a person: one entry for each thread, which evolves as reasons to look at it come and go."""
