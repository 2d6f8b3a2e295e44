"""SQLite: one writer, separate readers, each a plain connection with a thread of its own.

Law: a write begins with `BEGIN IMMEDIATE` and is durable when it answers (`synchronous=FULL`, write-ahead log);
readers are `query_only`, see one snapshot, and keep nobody waiting: what they cannot say at once they look up in their thread.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Overloaded, StorageIsFull
from ..rows import Key, Table, Values
from . import loading
from . import sqlite_scrubbing as scrubbing
from .changes import Change, dumped
from .sqlite_statements import HAS, given, has, ordered, statement, translate, where

T = TypeVar("T")
READERS = 4
TICK = 100_000
"""Steps of SQLite's machine, about a millisecond: whatever looks for two of them goes on in a thread."""
SCRUBS = 20
PATIENT = "PRAGMA busy_timeout=5000"
LATER = {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY}
"""What says that a query takes a while, or has to wait for others."""
PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
FULL = "The database has no room left; what is there can still be read."
INTEGRITY = (sqlite3.IntegrityError,)


class Connection:
    """A connection with a thread of its own, so that statements run in order even where nobody waits for them any more."""

    def __init__(self, path: Path, *, writes: bool) -> None:
        """Open the file at `path`; `writes` tells a writer from a reader."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-write" if writes else "sqlite-read")
        self._last: Future[Any] | None = None
        self._began = False
        self._raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        self._raw.create_function(HAS, 2, has, deterministic=True)
        self._raw.execute(PATIENT)
        for pragma in ("foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY"):
            self._raw.execute(f"PRAGMA {pragma}")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON") if writes else ("query_only=ON",):
            self._raw.execute(f"PRAGMA {pragma}")

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """Run `work` in this connection's thread; a locked database becomes `Overloaded`, a full one `StorageIsFull`."""
        self._last = doing = self._thread.submit(partial(work, *given))
        try:
            return await asyncio.wrap_future(doing)
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF not in PASSING:
                raise
            if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise StorageIsFull(FULL, retry_after=30) from problem
            raise Overloaded(f"The database cannot do this now: {problem}.", retry_after=1) from problem

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query; `:name` marks a parameter and `= ANY(:name)` a list."""
        return await self.run(self._fetch, sql, params)

    async def stream(self, sql: str, *, size: int, **params: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield the rows of a query in lists of `size`, however many there are; in a snapshot only."""
        cursor = await self.run(self._execute, sql, params)
        while found := await self.run(cursor.fetchmany, size):
            yield found

    async def load(self, table: Table, keys: Iterable[Key], *, lock: bool) -> Sequence[Sequence[Any]]:  # noqa: ARG002 the writer has the whole file
        """Return the rows with these keys."""
        return await self.run(self._load, table, list(keys))

    async def store(self, changes: list[Change]) -> None:
        """Write all changes, many rows a statement."""
        await self.run(self._store, changes)

    async def bring(self, table: Table, rows: Sequence[Values]) -> None:
        """Add many rows of a table; their values stand in the order of the columns."""
        names = tuple(column.name for column in table.columns)
        await self.run(self._store, [Change("insert", table, names, list(dumped(table, rows)))])

    async def lay_bare(self) -> list[str]:
        """Take indexes off the tables; return what brings them back."""
        return await loading.on_sqlite(self)

    async def begin(self) -> None:
        """Begin a transaction to write."""
        self._began = True
        await self.run(self._raw.execute, "BEGIN IMMEDIATE")

    async def commit(self) -> None:
        """Make it durable."""
        await self.run(self._raw.execute, "COMMIT")

    async def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if self._began:
            await self.run(self._raw.rollback)
            self._began = False

    async def note_erasure(self) -> None:
        """Say in this transaction that something is erased."""
        await self.run(scrubbing.note, self._raw)

    async def scrub(self, *, at_leisure: bool) -> None:
        """Let what was erased leave the file. Raises `Overloaded` while others read, and for a large file unless `at_leisure`."""
        later = not at_leisure and await self.run(scrubbing.is_large, self._raw)
        if not later:
            await self.run(scrubbing.write_anew, self._raw)
        for _ in range(SCRUBS):
            if await self.run(scrubbing.empty_log, self._raw):
                break
            await asyncio.sleep(0.05)
        else:
            raise Overloaded("Others are reading.")
        if later:
            raise Overloaded("The file is large, and is written anew in a moment.")

    def close(self) -> None:
        """Let what runs finish, then close the file."""
        self._thread.shutdown()
        self._raw.close()

    def _fetch(self, sql: str, params: dict[str, Any]) -> list[Any]:
        return self._execute(sql, params).fetchall()

    def _execute(self, sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
        return self._raw.execute(translate(sql), {name: given(value) for name, value in params.items()})

    def _load(self, table: Table, keys: list[Key]) -> list[Any]:
        sql = f"SELECT {table.names} FROM {table.name} WHERE {where(table.key)}"  # noqa: S608 names are ours
        found = (self._raw.execute(sql, key).fetchone() for key in keys)
        return [row for row in found if row is not None]

    def _store(self, changes: list[Change]) -> None:
        for change in changes:
            self._raw.executemany(statement(change.kind, change.table.name, change.columns, len(change.table.key)), ordered(change))


class Reader(Connection):
    """A connection that looks at once, on the event loop: handing a query to a thread costs more than most of them take.

    A query that takes long, or has to wait, is cut off and asked again in the thread.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`."""
        super().__init__(path, writes=False)
        self._ticks, self._given_up = 0, False
        self._hurry()

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """Run `work` in this connection's thread, however long it takes."""
        return await super().run(self._patiently, work, *given)

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query, as `Connection` does."""
        self._ticks = 0
        try:
            return self._fetch(sql, params)
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF not in LATER:
                raise
        return await super().fetch(sql, **params)

    def look(self) -> None:
        """Begin to read at one snapshot, which the first query fixes."""
        self._raw.execute("BEGIN")

    def leave(self, then: Callable[[], Any]) -> None:
        """End the looking, and do `then` once another may look: at once, unless a query was given up that still runs."""
        if self._last is None or self._last.done():
            self._end()
            then()
            return
        self._given_up = True
        loop = asyncio.get_running_loop()
        self._thread.submit(self._end).add_done_callback(lambda _: loop.call_soon_threadsafe(then))

    def _end(self) -> None:
        self._raw.rollback()
        self._given_up = False

    def _hurry(self) -> None:
        self._raw.set_progress_handler(self._is_too_long, TICK)
        self._raw.execute("PRAGMA busy_timeout=0")

    def _patiently(self, work: Callable[..., T], *given: Any) -> T:
        self._raw.set_progress_handler(lambda: self._given_up, 100 * TICK)
        self._raw.execute(PATIENT)
        try:
            return work(*given)
        finally:
            self._hurry()

    def _is_too_long(self) -> bool:
        self._ticks += 1
        return self._ticks > 1


class Store:
    """The file, its writer and its readers."""

    integrity = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Open, making the folder if it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = Connection(path, writes=True)
        self._turn = asyncio.Lock()
        self._readers: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()
        self._all = [Reader(path) for _ in range(READERS)]
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
            reader.leave(lambda: self._readers.put_nowait(reader))

    def is_elsewhere(self, problem: Exception) -> bool:
        """Tell whether an id was refused that is another workspace's; all else is taken by somebody here, who was faster."""
        return re.fullmatch(r"UNIQUE constraint failed: \w+\.id", str(problem)) is not None

    async def close(self) -> None:
        """Close every connection."""
        for connection in (self._writer, *self._all):
            connection.close()
