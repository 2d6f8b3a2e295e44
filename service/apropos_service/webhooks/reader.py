"""Learns from the log what is owed to which endpoint."""

from collections.abc import Sequence
from typing import Any

from ..database import Transaction
from ..events.log import Entry
from ..events.readers import CHUNK, Learnt
from .model import Endpoint, Message
from .owing import KEPT, owe, owed_to
from .rendering import rendered

AT_ONCE = 1_000
"""So many deliveries are written in one commit, unless one entry alone is owed to more endpoints."""


class Webhooks:
    """The reader."""

    name = "webhooks"
    chunk = CHUNK

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock and `paying`."""
        self._state = state

    async def learn(self, entries: Sequence[Entry], inside: str) -> Learnt:  # noqa: ARG002 it never stops inside an entry
        """Look up who is to hear of these entries, and what is told of them now."""
        here, oldest = entries[0].workspace_id, self._state.clock.now() - KEPT
        if not await self._state.database.together(here).rows(Endpoint, "true LIMIT 1"):
            return Learnt(entries[-1].position)
        async with self._state.database.reading(here, snapshot=True) as look:
            endpoints = await look.rows(Endpoint, "true ORDER BY id")
            some = entries[: max(1, AT_ONCE // max(1, len(endpoints)))]
            fresh = [entry for entry in some if entry.at >= oldest]
            owed = await owed_to(look, endpoints, fresh) if endpoints else []
            bodies = await rendered(look, list({entry.position: entry for entry, _ in owed}.values()))
        if not owed:
            return Learnt(some[-1].position)

        async def write(tx: Transaction) -> None:
            there = {one for one in sorted({one for _, one in owed}) if await tx.look(Endpoint, one)}
            await owe(tx, [(entry, one) for entry, one in owed if one in there], bodies)

        wanted = [(Message, (here, position)) for position in bodies]
        return Learnt(some[-1].position, "", write, wanted, then=self._state.paying.wake)

    async def forget(self, tx: Transaction) -> None:
        """Drop nothing: what was owed is known, and is not owed twice."""
