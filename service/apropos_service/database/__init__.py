"""The only door to storage: SQLite or PostgreSQL behind the same few methods."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from ..clock import Clock
from ..errors import Conflict
from ..events.sealing import Sealing
from ..rows import Foreign, Index, Json, Row, table
from .batch import Wanted
from .loading import hardly_anything
from .transaction import Reading, Transaction
from .writer import Writer

__all__ = ["Database", "Foreign", "Index", "Json", "Reading", "Row", "Transaction", "table"]


class Database:
    """An open database."""

    def __init__(self, store: Any, committed: Callable[[set[str]], None], clock: Clock, sealing: Sealing) -> None:
        """Use `open` instead."""
        self._store = store
        self._writer = Writer(store, committed, clock, sealing)
        self._background = Writer(store, committed, clock, sealing)
        self._background.scrub_later()  # what a process that died left undone

    @classmethod
    async def open(
        cls, url: str, sealing: Sealing, *, committed: Callable[[set[str]], None] = lambda _: None, clock: Clock | None = None
    ) -> "Database":
        """Open `sqlite:///path` or `postgresql://…`; `committed` hears hints of what is new in the log."""
        store = await _store(url)
        return cls(store, committed, clock or Clock(), sealing)

    async def write(
        self,
        workspace_id: str,
        command: Callable[[Transaction], Awaitable[Any]],
        *,
        caller: Any = None,
        wanted: Sequence[Wanted] = (),
        background: bool = False,
        alone: bool = False,
    ) -> Any:
        """Run a command in a commit; see `Writer.submit`. What nobody waits for goes in the `background`, in commits of its own."""
        lane = self._background if background else self._writer
        return await lane.submit(workspace_id, caller, command, wanted=wanted, alone=alone)

    @asynccontextmanager
    async def reading(self, workspace_id: str, *, snapshot: bool = False) -> AsyncIterator[Reading]:
        """Give a place to look; with `snapshot`, all its queries see the same moment."""
        async with self._store.reading(snapshot=snapshot) as connection:
            yield Reading(connection, workspace_id)

    def together(self, workspace_id: str) -> Reading:
        """Return a place for looks that need not be of one moment: each takes a connection, or goes with others that are alike."""
        return Reading(self._store, workspace_id)

    @asynccontextmanager
    async def loading(self) -> AsyncIterator[Any]:
        """Give a connection to `bring` in many rows (`loading.bring`); they are there when the block has ended well, or not at all.

        Where hardly anything is in the database, whoever else uses it waits until then. Raises `Conflict` when rows do not go
        with what is there, or with each other.
        """
        async with self._store.loading() as connection:
            await connection.begin()
            collects = gc.isenabled()
            gc.disable()  # rows are many and in no circle: to look for one takes a third of the time
            try:
                back = await self._lay_bare(connection)
                yield connection
                for statement in back:
                    await connection.execute(statement)
                await connection.commit()
            except self._store.integrity as problem:
                await connection.rollback()
                raise Conflict(str(problem)) from problem
            except BaseException:
                await connection.rollback()
                raise
            finally:
                if collects:
                    gc.enable()

    async def _lay_bare(self, connection: Any) -> list[str]:
        """Return what brings back what was taken off the tables; begins again where others want what this holds."""
        while await hardly_anything(connection):
            with suppress(*self._store.integrity):
                return list(await connection.lay_bare())
            await connection.rollback()
            await connection.begin()
        return []

    async def scrubbed(self) -> None:
        """Wait until what was erased by a command has left the database's files too, however large they are."""
        for lane in (self._writer, self._background):
            await lane.scrubbed()

    async def close(self) -> None:
        """Finish what is being written, then close."""
        await self._background.close()
        await self._writer.close()
        await self._store.close()


async def _store(url: str) -> Any:
    """Open the one, and load nothing of the other."""
    if url.startswith("sqlite:"):
        from . import sqlite  # noqa: PLC0415

        return sqlite.Store(Path(url.removeprefix("sqlite:///")))
    from . import postgresql  # noqa: PLC0415

    return await postgresql.Store.open(url)
