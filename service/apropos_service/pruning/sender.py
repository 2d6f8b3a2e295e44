"""Prunes the logs, in steps of their own, as long as anything is due."""

import asyncio
from typing import Any

import structlog

from ..events.log import aged
from .commands import prune

log = structlog.get_logger()
DAY = 86_400_000
EVERY = 3600.0
PAUSE = 0.05
"""Seconds between two steps: others write meanwhile."""


class Pruning:
    """Takes off the logs what is older than the settings say. Whichever process takes a log's step, the others find it taken."""

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock, the settings and the readers."""
        self._database, self._clock = state.database, state.clock
        self._kept = state.settings.log_days and max(state.settings.log_days, state.settings.audit_days) * DAY
        self._readers = [reader.name for reader in state.readers]

    async def for_ever(self) -> None:
        """Look every hour, if anything shall go at all."""
        while True:
            if self._kept:
                await self.now()
            await asyncio.sleep(EVERY)

    async def now(self) -> None:
        """Take off what is due, in all workspaces; a fault of one is nobody else's."""
        oldest = self._clock.now() - self._kept
        async with self._database.reading("") as look:
            due = await aged(look, "pruned", oldest)
        for workspace_id in due:
            try:
                await self.of(workspace_id)
            except Exception as fault:
                log.exception("a log could not be pruned", workspace=workspace_id, problem=repr(fault))

    async def of(self, workspace_id: str) -> None:
        """Take off what is due in one workspace."""
        oldest, more = self._clock.now() - self._kept, True
        while more:
            more = await self._database.write(
                workspace_id, lambda tx: prune(tx, self._readers, oldest), background=True, alone=True
            )
            await asyncio.sleep(PAUSE)
