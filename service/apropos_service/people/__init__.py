"""People and groups, under the host's own ids."""
