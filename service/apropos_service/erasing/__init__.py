"""Erasing a person: what they wrote goes, and nothing says any more who they were."""
