"""PostgreSQL by asyncpg: statements over arrays, so that a batch of any size is one round trip a table.

Law: rows that a command will change are locked (`FOR NO KEY UPDATE`) in the order of their keys.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import asyncpg

from ..errors import Overloaded, StorageIsFull
from ..rows import Key, Table, Values
from . import loading
from .changes import Change, dumped
from .found import Ask
from .together import BETWEEN, Together

INTEGRITY = (asyncpg.IntegrityConstraintViolationError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
GONE = (
    asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError,
)  # fmt: skip
"""What passes: the server stops, restarts, is full or cut us off. asyncpg says the last two of a line that just ended."""
PATIENCE = 5
"""Seconds that somebody waits for a connection, while all of them are in use or none can be made."""
TYPES = {"text": "text", "json": "text", "integer": "bigint", "boolean": "boolean"}


class Raw(asyncpg.Connection):  # type: ignore[misc]  # it ships no types
    """A connection of the pool. We set nothing in a session, so giving one back needs no statement that resets it.

    But for one whose user was cut off: asyncpg prepares a statement without a Sync, so between preparing and asking the
    server is in a transaction that asyncpg does not know of. Any statement ends it.
    """

    _last_words = ""

    def cut_off(self) -> None:
        """Remember that its user did not come to an end."""
        self._last_words = "SELECT 1"

    def get_reset_query(self) -> str:
        """Return what to say before it goes back; a transaction that was left open is rolled back before."""
        said, self._last_words = self._last_words, ""
        return said


class Connection:
    """One asyncpg connection, spoken to with named parameters."""

    def __init__(self, raw: Any) -> None:
        """Wrap a connection of the pool."""
        self._raw = raw

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query; `:name` marks a parameter and `= ANY(:name)` a list."""
        text, names = _translate(sql)
        found: Sequence[Sequence[Any]] = await self._raw.fetch(text, *(_given(params[name]) for name in names))
        return found

    async def fetch_many(self, text: str, each: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement for many (`together.text_for_many`), with the parameters of each; lists go as texts."""
        given = ([BETWEEN.join(one) if isinstance(one, list) else one for one in params] for params in each)
        found: Sequence[Sequence[Any]] = await self._raw.fetch(text, *zip(*given, strict=True))
        return found

    async def execute(self, sql: str, **params: Any) -> None:
        """Run a statement that may change, or make, very much."""
        await self.fetch(sql, **params)

    async def stream(self, sql: str, *, size: int, **params: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield the rows of a query in lists of `size`, however many there are; in a snapshot only."""
        text, names = _translate(sql)
        cursor = await self._raw.cursor(text, *(_given(params[name]) for name in names))
        while found := await cursor.fetch(size):
            yield found

    async def load(self, table: Table, keys: Iterable[Key], *, lock: bool) -> Sequence[Sequence[Any]]:
        """Return the rows with these keys, locked for a change when `lock`."""
        found: Sequence[Sequence[Any]] = await self._raw.fetch(_select(table, lock=lock), *zip(*sorted(keys), strict=True))
        return found

    async def store(self, changes: list[Change]) -> None:
        """Write all changes, one statement each."""
        for change in changes:
            await self._raw.execute(_statement(change.kind, change.table, change.columns), *zip(*change.values, strict=True))

    async def bring(self, table: Table, rows: Sequence[Values]) -> None:
        """Add many rows of a table, by COPY; their values stand in the order of the columns."""
        names = [column.name for column in table.columns]
        await self._raw.copy_records_to_table(table.name, records=dumped(table, rows), columns=names)

    async def lay_bare(self) -> list[str]:
        """Take indexes and keys off the tables; return what brings them back. Others wait until the transaction ends."""
        return await loading.on_postgresql(self)

    async def begin(self) -> None:
        """Begin a transaction."""
        await self._raw.execute("BEGIN")

    async def commit(self) -> None:
        """Make it durable."""
        await self._raw.execute("COMMIT")

    async def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if not self._raw.is_closed() and self._raw.is_in_transaction():
            await self._raw.execute("ROLLBACK")

    async def note_erasure(self) -> None:
        """Do nothing, as `scrub` does."""

    async def scrub(self, *, at_leisure: bool) -> None:
        """Do nothing: no query sees a deleted row, and vacuuming the files is the operator's."""


class Store:
    """The pool."""

    integrity = INTEGRITY

    def __init__(self, pool: Any) -> None:
        """Use `open` instead."""
        self._pool = pool
        self._together = Together(self, PATIENCE)

    @classmethod
    async def open(cls, url: str, *, most: int = 12) -> "Store":
        """Connect, with at most `most` connections."""
        settings = {"application_name": "apropos", "jit": "off"}
        return cls(await asyncpg.create_pool(url, min_size=1, max_size=most, server_settings=settings, connection_class=Raw))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """Give a connection to write with; a lost database becomes `Overloaded`."""
        async with self._connection() as raw:
            yield Connection(raw)

    loading = writing

    @asynccontextmanager
    async def reading(self, *, snapshot: bool = False) -> AsyncIterator[Connection]:
        """Give a connection to read with; with `snapshot`, all its queries see the same moment."""
        async with self._connection() as raw:
            if snapshot:
                async with raw.transaction(isolation="repeatable_read", readonly=True):
                    yield Connection(raw)
            else:
                yield Connection(raw)

    async def fetch(self, sql: str, **params: Any) -> list[Any]:
        """Return the rows of a query that needs no connection of its own, asked for together with those of others."""
        return await self._together.fetch(sql, **params)

    def is_elsewhere(self, problem: Exception) -> bool:
        """Tell whether an id was refused that is another workspace's; all else is taken by somebody here, who was faster."""
        return isinstance(problem, asyncpg.UniqueViolationError) and problem.constraint_name == f"ix_{problem.table_name}_id"

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            async with self._pool.acquire(timeout=PATIENCE) as raw:
                try:
                    yield raw
                except (asyncio.CancelledError, GeneratorExit):
                    raw.cut_off()
                    raise
        except asyncpg.DiskFullError as problem:
            raise StorageIsFull("The database has no room left; what is there can still be read.", retry_after=30) from problem
        except (*GONE, TimeoutError) as problem:
            raise Overloaded("The database does not answer now.", retry_after=1) from problem


def _given(value: Any) -> Any:
    return value.for_postgresql() if isinstance(value, Ask) else value


@lru_cache(maxsize=512)
def _translate(sql: str) -> tuple[str, tuple[str, ...]]:
    names: list[str] = []
    found = r"array_to_tsvector(string_to_array(\1.\2, ' ')) @@ CAST(:\3 AS text)::tsquery"
    sql = re.sub(r"FOUND\((\w+)\.(\w+), :(\w+)\)", found, sql)
    sql = re.sub(r"HAS\((\w+)\.(\w+), :(\w+)\)", f"({found}) IS TRUE", sql)

    def number(found: re.Match[str]) -> str:
        name = found[1]
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return re.sub(r"(?<!:):(\w+)", number, sql), tuple(names)


@lru_cache(maxsize=256)
def _select(table: Table, *, lock: bool) -> str:
    names = ", ".join(f"t.{column.name}" for column in table.columns)
    key = ", ".join(f"t.{name}" for name in table.key)
    rows = f"SELECT {names} FROM {table.name} t WHERE ({key}) IN (SELECT * FROM {_arrays(table, table.key)})"  # noqa: S608
    return f"{rows} ORDER BY {key} FOR NO KEY UPDATE" if lock else rows


@lru_cache(maxsize=512)
def _statement(kind: str, table: Table, columns: tuple[str, ...]) -> str:
    source = _arrays(table, columns)
    if kind == "insert":
        return f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT * FROM {source}"  # noqa: S608
    values = f"{source} AS v({', '.join(columns)})"
    same = " AND ".join(f"t.{name} = v.{name}" for name in table.key)
    if kind == "delete":
        return f"DELETE FROM {table.name} t USING {values} WHERE {same}"  # noqa: S608
    changed = ", ".join(f"{name} = v.{name}" for name in columns[len(table.key) :])
    return f"UPDATE {table.name} t SET {changed} FROM {values} WHERE {same}"  # noqa: S608


def _arrays(table: Table, names: Iterable[str]) -> str:
    kinds = {column.name: TYPES[column.kind] for column in table.columns}
    return f"unnest({', '.join(f'${place}::{kinds[name]}[]' for place, name in enumerate(names, 1))})"
