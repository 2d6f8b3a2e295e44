"""Forgetting: from where something was done, once that is old; and who did it, once that person is to be erased.

Law: what is forgotten leaves its mark, so the chain holds (`events/sealing.py`); what was done, and when, stays.
"""

import asyncio
import re
from itertools import takewhile
from typing import Any

import orjson

from ..access.secrets import Vault
from ..clock import Clock
from ..database import Database, Transaction
from ..events.log import Entry, LogHead, aged
from ..events.sealing import Sealing

DAY = 86_400_000
EVERY, CHUNK = 3600.0, 500


class Forgetting:
    """Forgets addresses that are older than the settings say."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, days: int) -> None:
        """`for_ever` is run as a sender."""
        self._database, self._sealing, self._clock, self._kept = database, vault.sealing, clock, days * DAY

    async def for_ever(self) -> None:
        """Look every hour."""
        while True:
            await self.now()
            await asyncio.sleep(EVERY)

    async def now(self) -> None:
        """Forget what is due, in all workspaces."""
        oldest = self._clock.now() - self._kept
        async with self._database.reading("") as look:
            due = await aged(look, "forgotten", oldest)
        for workspace_id in due:
            while await self._database.write(workspace_id, lambda tx: forget_origins(tx, self._sealing, oldest), background=True):
                pass


async def forget_origins(tx: Transaction, sealing: Sealing, oldest: int) -> bool:
    """Forget from where the next entries were written that are older than `oldest`; tells whether there may be more."""
    head = await tx.get(LogHead)
    following = await tx.rows(Entry, f"position > :forgotten ORDER BY position LIMIT {CHUNK}", forgotten=head.forgotten)
    due = list(takewhile(lambda entry: entry.at < oldest, following))
    for entry in due:
        entry.origin = sealing.mark(tx.workspace_id, entry.origin)
        head.forgotten = entry.position
    return len(due) == CHUNK


async def forget_person(tx: Transaction, sealing: Sealing, person_id: str) -> None:
    """Leave a person's mark in the place of their id, wherever they acted or were named, and of the address they acted from."""
    named = "%" + re.sub("([!%_])", r"!\1", orjson.dumps(person_id).decode()) + "%"
    for entry in await tx.rows(Entry, "(actor_id = :who OR data LIKE :named ESCAPE '!')", who=person_id, named=named):
        if entry.actor_id == person_id:
            entry.actor_id = sealing.mark(tx.workspace_id, entry.actor_id)
            entry.origin = sealing.mark(tx.workspace_id, entry.origin)
        entry.data = orjson.dumps(sealing.forget(tx.workspace_id, orjson.loads(entry.data), person_id)).decode()


def forgetting(state: Any) -> Any:
    """Return the sender."""
    return Forgetting(state.database, state.vault, state.clock, state.settings.audit_days).for_ever
