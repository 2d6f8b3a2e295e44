"""Doubts: hints that who may has changed in a workspace, in this process and between processes.

Law: a doubt may be lost; `workspaces.py` looks by itself every two seconds.
"""

import asyncio
from contextlib import AbstractAsyncContextManager

from ..events.bus import Bus, Wakes
from .workspaces import Workspaces

MARK = ".doubt"


class Doubts:
    """Casts doubts, and hears those that other processes cast."""

    def __init__(self, workspaces: Workspaces, bus: Bus) -> None:
        """`bus` tells the other processes."""
        self._workspaces, self._bus = workspaces, bus
        bus.follow("*" + MARK)
        self._wakes = Wakes()

    def cast(self, workspace_id: str) -> None:
        """Look everything about who may in this workspace up again: at once here, soon elsewhere."""
        self._doubt(workspace_id)
        self._bus.publish({workspace_id + MARK})

    def hear(self, hints: set[str]) -> set[str]:
        """Act upon the doubts among what came over the bus; returns the rest."""
        doubts = {hint for hint in hints if hint.endswith(MARK)}
        for hint in doubts:
            self._doubt(hint.removesuffix(MARK))
        return hints - doubts

    def listening(self, workspace_id: str) -> AbstractAsyncContextManager[asyncio.Event]:
        """Give an event that is set whenever this workspace is doubted from now on."""
        return self._wakes.listening(workspace_id)

    def _doubt(self, workspace_id: str) -> None:
        self._workspaces.doubt(workspace_id)
        self._wakes.wake({workspace_id})
