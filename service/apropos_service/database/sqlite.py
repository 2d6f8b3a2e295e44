"""SQLite: one writer, separate readers.

Law: a write begins with `BEGIN IMMEDIATE` and is durable when it answers (`synchronous=FULL`, write-ahead log);
readers are `query_only`, see one snapshot, and keep nobody waiting.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from .sqlite_connections import Reader, Writer

READERS = 4
INTEGRITY = (sqlite3.IntegrityError,)


class Store:
    """The file, its writer and its readers."""

    integrity = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Open, making the folder if it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = Writer(path)
        self._turn = asyncio.Lock()
        self._readers: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()
        self._all = [Reader(path) for _ in range(READERS)]
        for reader in self._all:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writer]:
        """Give the writer, in turn: one commit of requests, one of what runs in the background."""
        async with self._turn:
            yield self._writer

    @asynccontextmanager
    async def reading(self, *, snapshot: bool = False) -> AsyncIterator[Reader]:
        """Give a reader; with `snapshot`, all its queries see the same moment."""
        reader = await self._readers.get()
        try:
            if snapshot:
                reader.look()
            yield reader
        finally:  # nothing is awaited: a caller who hangs up cancels every await
            reader.leave(lambda: self._readers.put_nowait(reader))

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query that needs no connection of its own."""
        reader = await self._readers.get()
        try:
            return await reader.fetch(sql, **params)
        finally:
            reader.leave(lambda: self._readers.put_nowait(reader))

    def is_elsewhere(self, problem: Exception) -> bool:
        """Tell whether an id was refused that is another workspace's; all else is taken by somebody here, who was faster."""
        return re.fullmatch(r"UNIQUE constraint failed: \w+\.id", str(problem)) is not None

    async def close(self) -> None:
        """Close every connection."""
        for connection in (self._writer, *self._all):
            connection.close()
