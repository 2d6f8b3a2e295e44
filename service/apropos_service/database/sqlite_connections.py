"""Connections to SQLite's file, each with a thread of its own: one that looks, one that writes.

Law: what is short is done at once, on the event loop, since handing it to a thread costs more than most of it takes
(docs/decisions/0025, 0038); what takes long, or has to wait for others or the disk, is done in the thread. Statements run in
order, even where nobody waits for them any more.
"""

import asyncio
import math
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import orjson

from ..errors import Overloaded, StorageIsFull
from ..rows import Key, Table, Values
from . import loading
from . import sqlite_scrubbing as scrubbing
from .changes import Change, dumped
from .sqlite_statements import HAS, given, has, is_look, ordered, statement, translate, with_keys

T = TypeVar("T")
TICK = 100_000
"""Steps of SQLite's machine, about a millisecond: whatever looks for two of them goes on in a thread."""
FEW = 600
"""Rows that are loaded or written at once: some milliseconds' worth."""
LENGTHY = 20
"""So many rows a row is worth that has an index of its words."""
SCRUBS = 20
PATIENT = "PRAGMA busy_timeout=5000"
LATER = {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY}
"""What says that a statement takes a while, or has to wait for others; then it has done nothing."""
PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
FULL = "The database has no room left; what is there can still be read."


class Connection:
    """One connection, and its thread."""

    def __init__(self, path: Path, *, name: str, pragmas: Iterable[str]) -> None:
        """Open the file at `path`."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._last: Future[Any] | None = None
        self._ticks, self._given_up = 0.0, False
        self._raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        self._raw.create_function(HAS, 2, has, deterministic=True)
        self._raw.execute(PATIENT)
        for pragma in ("foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY", *pragmas):
            self._raw.execute(f"PRAGMA {pragma}")
        self._hurry()

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement that is short, or only looks; `:name` marks a parameter and `= ANY(:name)` a list.

        A look that takes long is cut off and begun again in the thread. A change never is: SQLite would take the whole
        transaction back.
        """
        return await self.at_once(self._fetch, sql, params, ticks=0 if is_look(sql) else -math.inf)

    async def stream(self, sql: str, *, size: int, **params: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield the rows of a query in lists of `size`, however many there are; in a snapshot only."""
        cursor = await self.run(self._execute, sql, params)
        while found := await self.run(cursor.fetchmany, size):
            yield found

    async def at_once(self, work: Callable[..., T], *given: Any, ticks: float = -math.inf) -> T:
        """Do `work` here and now, unless the thread is still at something, or it takes too long: `ticks` are those it has had."""
        if self._is_idle():
            self._ticks = ticks
            try:
                return work(*given)
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode & 0xFF not in LATER:
                    raise _passing(problem) from problem
        return await self.run(work, *given)

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """Do `work` in the thread, however long it takes."""
        return await self._in_thread(self._patiently, work, *given)

    def close(self) -> None:
        """Let what runs finish, then close the file."""
        self._thread.shutdown()
        self._raw.close()

    async def _in_thread(self, work: Callable[..., T], *given: Any) -> T:
        self._last = doing = self._thread.submit(partial(work, *given))
        try:
            return await asyncio.wrap_future(doing)
        except sqlite3.OperationalError as problem:
            raise _passing(problem) from problem

    def _is_idle(self) -> bool:
        return self._last is None or self._last.done()

    def _fetch(self, sql: str, params: dict[str, Any]) -> list[Any]:
        return self._execute(sql, params).fetchall()

    def _execute(self, sql: str, params: dict[str, Any]) -> sqlite3.Cursor:
        return self._raw.execute(translate(sql), {name: given(value) for name, value in params.items()})

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


class Reader(Connection):
    """Looks."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`."""
        super().__init__(path, name="sqlite-read", pragmas=["query_only=ON"])

    def look(self) -> None:
        """Begin to read at one snapshot, which the first query fixes."""
        self._raw.execute("BEGIN")

    def leave(self, then: Callable[[], Any]) -> None:
        """End the looking, and do `then` once another may look: at once, unless a query was given up that still runs."""
        if self._is_idle():
            self._end()
            then()
            return
        self._given_up = True
        loop = asyncio.get_running_loop()
        self._thread.submit(self._end).add_done_callback(lambda _: loop.call_soon_threadsafe(then))

    def _end(self) -> None:
        self._raw.rollback()
        self._given_up = False


class Writer(Connection):
    """Changes rows; there is one a process, which its commits take in turn. Only the commit itself waits for the disk."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`."""
        super().__init__(path, name="sqlite-write", pragmas=["journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"])
        self._began = False

    async def execute(self, sql: str, **params: Any) -> None:
        """Run a statement that may change, or make, very much."""
        await self.run(self._fetch, sql, params)

    async def load(self, table: Table, keys: Iterable[Key], *, lock: bool) -> Sequence[Sequence[Any]]:  # noqa: ARG002 the writer has the whole file
        """Return the rows with these keys."""
        wanted = list(keys)
        return await (self.at_once if len(wanted) <= FEW else self.run)(self._load, table, wanted)

    async def store(self, changes: list[Change]) -> None:
        """Write all changes, many rows a statement."""
        weight = sum(len(change.values) * (LENGTHY if change.table.words else 1) for change in changes)
        await (self.at_once if weight <= FEW else self.run)(self._store, changes)

    async def bring(self, table: Table, rows: Sequence[Values]) -> None:
        """Add many rows of a table; their values stand in the order of the columns."""
        names = tuple(column.name for column in table.columns)
        await self.run(self._store, [Change("insert", table, names, list(dumped(table, rows)))])

    def journal(self, mode: str) -> None:
        """Keep what undoes a transaction so from now on; where another process has the file, all stays as it is."""
        with suppress(sqlite3.OperationalError):
            self._raw.execute(f"PRAGMA journal_mode={mode}")

    async def lay_bare(self) -> list[str]:
        """Take indexes off the tables; return what brings them back."""
        return await loading.on_sqlite(self)

    async def begin(self) -> None:
        """Begin a transaction to write."""
        self._began = True
        await self.at_once(self._raw.execute, "BEGIN IMMEDIATE")

    async def commit(self) -> None:
        """Make it durable."""
        await self._in_thread(self._raw.execute, "COMMIT")

    async def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if self._began:
            await self.at_once(self._raw.rollback)
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

    def _load(self, table: Table, keys: list[Key]) -> list[Any]:
        return self._raw.execute(with_keys(table), (orjson.dumps(keys).decode(),)).fetchall()

    def _store(self, changes: list[Change]) -> None:
        for change in changes:
            self._raw.executemany(statement(change.kind, change.table.name, change.columns, len(change.table.key)), ordered(change))


def _passing(problem: sqlite3.OperationalError) -> Exception:
    """Return what is said of a problem: a locked database is `Overloaded`, a full one `StorageIsFull`, another itself."""
    if problem.sqlite_errorcode & 0xFF not in PASSING:
        return problem
    if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return StorageIsFull(FULL, retry_after=30)
    return Overloaded(f"The database cannot do this now: {problem}.", retry_after=1)
