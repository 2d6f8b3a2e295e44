"""Apropos: the discussion where the problem is."""

__version__ = "0.1.0"
