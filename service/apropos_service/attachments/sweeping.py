"""Deleting files that nothing keeps: uploads that waited a day, and whatever was removed or erased.

Law: the row of a file goes before the file, and what is to be deleted is forgotten only after it was.
"""

import asyncio
from typing import Any, Final

import structlog

from ..clock import Clock
from ..database import Database, Transaction
from .model import Attachment, LooseFile
from .storage import Files

log = structlog.get_logger()
WAIT: Final = 86_400_000
"""Milliseconds that an upload waits for its comment."""
EVERY: Final = 60.0
AT_ONCE: Final = 200
AGAIN: Final = 600_000
"""Milliseconds until a file is tried again that the storage did not let go."""


class Sweep:
    """Deletes what is loose and due."""

    def __init__(self, database: Database, files: Files, clock: Clock) -> None:
        """`for_ever` is run as a sender, `soon` by whoever took something away."""
        self._database, self._files, self._clock = database, files, clock

    async def for_ever(self) -> None:
        """Look every minute."""
        while True:
            await self.now()
            await asyncio.sleep(EVERY)

    async def now(self, workspace_id: str | None = None) -> None:
        """Delete what is due, in one workspace or in all."""
        while found := await self._due(workspace_id):
            for row in found:
                await self._delete(row)

    async def soon(self, workspace_id: str) -> None:
        """Delete now what a caller was told is gone; what fails is tried again, and the caller hears nothing of it."""
        try:
            await self.now(workspace_id)
        except Exception as problem:
            log.exception("files wait to be deleted", workspace=workspace_id, problem=repr(problem))

    async def _due(self, workspace_id: str | None) -> list[LooseFile]:
        here = "AND workspace_id = :here" if workspace_id else ""
        sql = f"SELECT {LooseFile.table.names} FROM loose_file WHERE due_at <= :now {here} ORDER BY due_at LIMIT {AT_ONCE}"  # noqa: S608
        given = {"here": workspace_id} if workspace_id else {}
        async with self._database.reading("") as look:
            return [LooseFile.load(row) for row in await look.fetch(sql, now=self._clock.now(), **given)]

    async def _delete(self, row: LooseFile) -> None:
        if not await self._database.write(row.workspace_id, lambda tx: let_go(tx, row), background=True):
            return
        try:
            await asyncio.to_thread(self._files.drop, row.place)
        except Exception as problem:
            log.exception("a file could not be deleted", place=row.place, problem=repr(problem))
            await self._database.write(row.workspace_id, lambda tx: put_off(tx, row), background=True)
        else:
            await self._database.write(row.workspace_id, lambda tx: forget(tx, row), background=True)


async def let_go(tx: Transaction, row: LooseFile) -> bool:
    """Take the row of a file away that waited too long. Tells whether the file is still to be deleted."""
    attachment = await tx.find(Attachment, row.attachment_id)
    loose = await tx.find(LooseFile, row.place)
    if loose is None or loose.due_at > tx.now:
        return False
    if attachment is not None and attachment.place == row.place:
        tx.remove(attachment)
    return True


async def put_off(tx: Transaction, row: LooseFile) -> None:
    """Try later."""
    loose = await tx.find(LooseFile, row.place)
    if loose is not None:
        loose.due_at = tx.now + AGAIN


async def forget(tx: Transaction, row: LooseFile) -> None:
    """Take note that the file is gone."""
    loose: Any = await tx.find(LooseFile, row.place)
    if loose is not None:
        tx.remove(loose)
