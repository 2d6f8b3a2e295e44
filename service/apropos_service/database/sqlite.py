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

from .loading import hardly_anything
from .sqlite_connections import Reader, Writer

READERS = 4
INTEGRITY = (sqlite3.IntegrityError,)


class Store:
    """The file, its writer and its readers."""

    integrity = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Open, making the folder if it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._writer = Writer(path)
        self._turn = asyncio.Lock()
        self._readers: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()
        self._all: list[Reader] = []
        self._open_readers()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writer]:
        """Give the writer, in turn: one commit of requests, one of what runs in the background."""
        async with self._turn:
            yield self._writer

    @asynccontextmanager
    async def loading(self) -> AsyncIterator[Writer]:
        """Give the writer for very many rows: where hardly anything is in the file and no other process has it, past the log.

        Each page is then written once, where the log has it written twice. Nobody here looks meanwhile.
        """
        async with self._turn:
            if not await hardly_anything(self._writer):
                yield self._writer
                return
            try:
                await self._close_readers()
                self._writer.journal("TRUNCATE")
                yield self._writer
            finally:
                self._writer.journal("WAL")
                self._open_readers()

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

    def _open_readers(self) -> None:
        """Open those that are missing."""
        for _ in range(len(self._all), READERS):
            reader = Reader(self._path)
            self._all.append(reader)
            self._readers.put_nowait(reader)

    async def _close_readers(self) -> None:
        """Close each once nobody looks with it."""
        while self._all:
            reader = await self._readers.get()
            self._all.remove(reader)
            reader.close()
