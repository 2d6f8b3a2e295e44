"""The only door to storage: SQLite or PostgreSQL behind the same few methods."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from ..clock import Clock
from ..errors import Conflict
from ..events.sealing import Sealing
from ..rows import Foreign, Index, Json, Row, table
from . import postgresql, sqlite
from .batch import Wanted
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

    @classmethod
    async def open(
        cls, url: str, sealing: Sealing, *, committed: Callable[[set[str]], None] = lambda _: None, clock: Clock | None = None
    ) -> "Database":
        """Open `sqlite:///path` or `postgresql://…`; `committed` hears hints of what is new in the log."""
        store = (
            sqlite.Store(Path(url.removeprefix("sqlite:///"))) if url.startswith("sqlite:") else await postgresql.Store.open(url)
        )
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

    @asynccontextmanager
    async def loading(self) -> AsyncIterator[Any]:
        """Give a connection to bring in many rows by `store`; they are there when the block has ended well, or not at all.

        Raises `Conflict` when rows do not go with what is there, or with each other.
        """
        async with self._store.writing() as connection:
            await connection.begin()
            try:
                yield connection
                await connection.commit()
            except self._store.integrity as problem:
                await connection.rollback()
                raise Conflict(str(problem)) from problem
            except BaseException:
                await connection.rollback()
                raise

    async def close(self) -> None:
        """Finish what is being written, then close."""
        await self._background.close()
        await self._writer.close()
        await self._store.close()
