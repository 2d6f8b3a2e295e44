"""SQLite: one writer, separate readers, each a plain connection in a thread.

Law: a write begins with `BEGIN IMMEDIATE` and is durable when it answers (`synchronous=FULL`, write-ahead log);
readers are `query_only` and see one snapshot.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import orjson

from ..errors import Overloaded
from ..rows import TABLES, Key, Table
from .changes import Change
from .found import Ask

T = TypeVar("T")
READERS = 4
SCRUBS = 100
PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
INTEGRITY = (sqlite3.IntegrityError,)


class Connection:
    """A connection with a thread of its own, so that statements run in order even where nobody waits for them any more."""

    def __init__(self, path: Path, *, writes: bool) -> None:
        """Open the file at `path`; `writes` tells a writer from a reader."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-write" if writes else "sqlite-read")
        self._began = False
        self._beginning = ""
        self._raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        for pragma in ("busy_timeout=5000", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY"):
            self._raw.execute(f"PRAGMA {pragma}")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON") if writes else ("query_only=ON",):
            self._raw.execute(f"PRAGMA {pragma}")

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """Run `work` in this connection's thread; a locked or full database becomes `Overloaded`."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *given))
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF not in PASSING:
                raise
            raise Overloaded(f"The database cannot do this now: {problem}.", retry_after=1) from problem

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query; `:name` marks a parameter and `= ANY(:name)` a list."""
        beginning, self._beginning = self._beginning, ""
        return await self.run(self._fetch, beginning, sql, params)

    async def stream(self, sql: str, *, size: int, **params: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield the rows of a query in lists of `size`, however many there are; in a snapshot only."""
        beginning, self._beginning = self._beginning, ""
        cursor = await self.run(self._execute, beginning, sql, params)
        while found := await self.run(cursor.fetchmany, size):
            yield found

    async def load(self, table: Table, keys: Iterable[Key], *, lock: bool) -> Sequence[Sequence[Any]]:  # noqa: ARG002 the writer has the whole file
        """Return the rows with these keys."""
        return await self.run(self._load, table, list(keys))

    async def store(self, changes: list[Change]) -> None:
        """Write all changes, many rows a statement."""
        await self.run(self._store, changes)

    async def begin(self) -> None:
        """Begin a transaction to write."""
        self._began = True
        await self.run(self._raw.execute, "BEGIN IMMEDIATE")

    def look(self) -> None:
        """Begin to read at one snapshot, which the first query fixes."""
        self._began, self._beginning = True, "BEGIN"

    async def commit(self) -> None:
        """Make it durable."""
        await self.run(self._raw.execute, "COMMIT")

    async def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if self._began:
            await self.run(self._raw.rollback)
            self._began = False

    def leave(self) -> None:
        """End the looking. Nobody waits: whoever is next on this connection is next in its thread too."""
        if self._began:
            self._thread.submit(self._raw.rollback)
            self._began, self._beginning = False, ""

    async def scrub(self) -> None:
        """Empty the write-ahead log into the file, which still holds pages as they were; free pages are zeros already.

        An index of words only notes what was deleted until it is written anew. Raises `Overloaded` when others read or check
        the log without a pause. Source: sqlite.org/c3ref/wal_checkpoint_v2.html, which does not wait for another that is
        checking it.
        """
        for index in (f"{row.table.name}_index" for row in TABLES if row.table.words):
            await self.run(self._raw.execute, f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608 names are ours
        for _ in range(SCRUBS):
            if not await self.run(self._checkpoint):
                return
            await asyncio.sleep(0.05)
        raise Overloaded("Others are reading.")

    def close(self) -> None:
        """Let what runs finish, then close the file."""
        self._thread.shutdown()
        self._raw.close()

    def _checkpoint(self) -> bool:
        """Empty the write-ahead log; tells whether somebody was in the way."""
        return bool(self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    def _fetch(self, beginning: str, sql: str, params: dict[str, Any]) -> list[Any]:
        return self._execute(beginning, sql, params).fetchall()

    def _execute(self, beginning: str, sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
        if beginning:
            self._raw.execute(beginning)
        return self._raw.execute(_translate(sql), {name: _given(value) for name, value in params.items()})

    def _load(self, table: Table, keys: list[Key]) -> list[Any]:
        sql = f"SELECT {table.names} FROM {table.name} WHERE {_where(table.key)}"  # noqa: S608 names are ours
        found = (self._raw.execute(sql, key).fetchone() for key in keys)
        return [row for row in found if row is not None]

    def _store(self, changes: list[Change]) -> None:
        for change in changes:
            self._raw.executemany(
                _statement(change.kind, change.table.name, change.columns, len(change.table.key)), _ordered(change)
            )


class Store:
    """The file, its writer and its readers."""

    integrity = INTEGRITY
    taken = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Open, making the folder if it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = Connection(path, writes=True)
        self._turn = asyncio.Lock()
        self._readers: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        self._all = [Connection(path, writes=False) for _ in range(READERS)]
        for reader in self._all:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """Give the writer, in turn: one commit of requests, one of what runs in the background."""
        async with self._turn:
            yield self._writer

    @asynccontextmanager
    async def reading(self, *, snapshot: bool = False) -> AsyncIterator[Connection]:
        """Give a reader; with `snapshot`, all its queries see the same moment."""
        reader = await self._readers.get()
        try:
            if snapshot:
                reader.look()
            yield reader
        finally:  # nothing is awaited: a caller who hangs up cancels every await
            reader.leave()
            self._readers.put_nowait(reader)

    async def close(self) -> None:
        """Close every connection."""
        for connection in (self._writer, *self._all):
            connection.close()


def _given(value: Any) -> Any:
    if isinstance(value, Ask):
        return value.for_sqlite()
    return orjson.dumps(list(value)).decode() if isinstance(value, list | tuple | set) else value


@lru_cache(maxsize=512)
def _translate(sql: str) -> str:
    sql = re.sub(r"= ANY\(:(\w+)\)", r"IN (SELECT value FROM json_each(:\1))", sql)
    found = r"\1.number IN (SELECT rowid FROM \1_index WHERE \1_index MATCH :\3)"
    sql = re.sub(r"FOUND\((\w+)\.(\w+), :(\w+)\)", found, sql)
    return re.sub(r'\bFOR (NO KEY UPDATE|SHARE)\b|\bCOLLATE "C"', "", sql)


@lru_cache(maxsize=512)
def _statement(kind: str, table: str, columns: tuple[str, ...], key: int) -> str:
    if kind == "insert":
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    if kind == "delete":
        return f"DELETE FROM {table} WHERE {_where(columns)}"  # noqa: S608
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns[key:])} WHERE {_where(columns[:key])}"  # noqa: S608


def _ordered(change: Change) -> list[tuple[Any, ...]]:
    key = len(change.table.key)
    return [values[key:] + values[:key] for values in change.values] if change.kind == "update" else change.values


def _where(names: Iterable[str]) -> str:
    return " AND ".join(f"{name} = ?" for name in names)
