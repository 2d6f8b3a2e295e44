"""Workspaces as this process believes them to be, and how it learns that they are no longer so.

Law: a workspace has an `epoch`, raised in the same commit by everything that changes who may; what is remembered goes
with one epoch, and no process believes in an epoch for longer than `LOOK` seconds. Hints make it sooner.
"""

import time
from collections import OrderedDict

from ..database import Database
from .flights import Flights
from .model import Workspace

LOOK = 2.0
MOST = 10_000


class Workspaces:
    """The rows of workspaces that were asked for."""

    def __init__(self, database: Database) -> None:
        """Nothing is known yet."""
        self._database = database
        self._known: OrderedDict[str, tuple[float, Workspace | None]] = OrderedDict()
        self._flights: Flights[str, Workspace | None] = Flights()
        self._doubted_at = float("-inf")

    async def find(self, workspace_id: str, *, epoch: int = 0) -> Workspace | None:
        """Return the workspace as it was at most `LOOK` seconds ago, and in `epoch` or later; `None` when there is none."""
        known = self._known.get(workspace_id)
        if known is not None and known[1] is not None and known[1].epoch < epoch:
            self.doubt(workspace_id)
        elif known is not None and known[0] > time.monotonic():
            return known[1]
        return await self._flights.join(workspace_id, lambda: self._look(workspace_id))

    def doubt(self, workspace_id: str) -> None:
        """Look again before the workspace is believed in: what is being looked at now may be old already."""
        self._known.pop(workspace_id, None)
        self._flights.leave(workspace_id)
        self._doubted_at = time.monotonic()

    async def _look(self, workspace_id: str) -> Workspace | None:
        began = time.monotonic()
        found = await self._database.together(workspace_id).row(Workspace)
        if began > self._doubted_at:
            self._known[workspace_id] = began + LOOK, found
            self._known.move_to_end(workspace_id)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return found
