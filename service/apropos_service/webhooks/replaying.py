"""Owing a range of the log once more, a part at a time.

Law: a part and how far that came commit together, and only if it still stands where the part began and nobody was erased since
it was looked up (that begins an epoch of the workspace): else it is looked up again.
"""

import asyncio
from typing import Any

from ..access.callers import workspace
from ..access.model import Workspace
from ..database import Transaction
from ..events.log import entries_after
from .model import Endpoint, Replay
from .owing import owe, owed_to
from .rendering import rendered

CHUNK = 200
EVERY = 1.0


class Replaying:
    """Works through the replays that were asked for."""

    def __init__(self, state: Any) -> None:
        """`state` has the database and `paying`."""
        self._state = state

    async def run(self) -> None:
        """Look every second."""
        while True:
            going_on = [await self._step(replay) for replay in await self._asked()]
            if not any(going_on):
                await asyncio.sleep(EVERY)

    async def _asked(self) -> list[Replay]:
        async with self._state.database.reading("") as look:
            return [Replay.load(row) for row in await look.fetch(f"SELECT {Replay.table.names} FROM replay")]  # noqa: S608

    async def _step(self, replay: Replay) -> bool:
        async with self._state.database.reading(replay.workspace_id, snapshot=True) as look:
            epoch = (await workspace(look)).epoch
            found = await entries_after(look, replay.position, limit=CHUNK)
            entries = [entry for entry in found if entry.position <= replay.ends]
            endpoints = await look.rows(Endpoint, "id = :id", id=replay.endpoint_id)
            owed = await owed_to(look, endpoints, entries, ever=True)
            bodies = await rendered(look, [entry for entry, _ in owed])
        reached = entries[-1].position if entries else replay.ends

        async def write(tx: Transaction) -> bool:
            row = await tx.find(Replay, replay.endpoint_id)
            if row is None or row.position != replay.position:
                return False  # another process goes on, or it was taken away
            if (await tx.get(Workspace)).epoch != epoch:
                return True
            await owe(tx, owed, bodies, anew=True)
            row.position = reached
            if reached >= row.ends:
                tx.remove(row)
            return reached < row.ends

        more: bool = await self._state.database.write(replay.workspace_id, write, background=True)
        self._state.paying.wake()
        return more
