"""One connection of live delivery: server-sent events, which need no more than HTTP."""

from .stream import frames

__all__ = ["frames"]
