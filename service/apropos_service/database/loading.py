"""Bringing very many rows in: tables without indexes and keys meanwhile, since making those once is several times cheaper.

Law: they go and come back in the transaction of the loading, and only where hardly anything is in the database: nobody sees a
table without its keys, and rows that do not go together are refused when the keys come back.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

from ..rows import TABLES, Table, Values
from . import sqlite_sizes

Brought = tuple[Table, Sequence[Values]]
"""Rows of a table, their values in the order of its columns."""

HARDLY_ANYTHING = 1_000
"""Entries in all logs together."""
CONSTRAINTS = """SELECT CAST(conrelid::regclass AS text), conname, contype = 'f', pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conrelid::regclass::text = ANY(:tables) AND contype IN ('p', 'u', 'f') ORDER BY contype = 'f', conname"""
INDEXES = """SELECT indexname, indexdef, indexdef LIKE '% USING gin %' FROM pg_indexes i
             WHERE tablename = ANY(:tables) AND schemaname = current_schema()
             AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = i.indexname) ORDER BY indexname"""
ROOM = "SET LOCAL maintenance_work_mem = '256MB'"


class Asking(Protocol):
    """What a connection offers here."""

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query."""

    async def execute(self, sql: str, **params: Any) -> None:
        """Run a statement that may change, or make, very much."""


async def bring(connection: Any, batches: AsyncIterator[Sequence[Brought]]) -> AsyncIterator[Counter[str]]:
    """Bring batches in; with each, yield how many rows of each table that makes. The next is made while the database takes one."""
    brought: Counter[str] = Counter()

    async def one(batch: Sequence[Brought]) -> None:
        for table, rows in batch:
            await connection.bring(table, rows)

    bringing = asyncio.create_task(one(()))
    try:
        async for batch in batches:
            await bringing
            bringing = asyncio.create_task(one(batch))
            brought.update({table.name: len(rows) for table, rows in batch})
            yield brought
    finally:
        await bringing


async def hardly_anything(connection: Asking) -> bool:
    """Tell whether the database is as good as empty."""
    [(count,)] = await connection.fetch(f"SELECT count(*) FROM (SELECT 1 FROM entry LIMIT {HARDLY_ANYTHING}) AS few")  # noqa: S608 ours
    return bool(count < HARDLY_ANYTHING)


async def on_postgresql(connection: Asking) -> list[str]:
    """Take indexes and keys away; return the statements that bring them back, and learn how much there is.

    Those of words stay: PostgreSQL gathers what is new to them and adds it many at a time, which costs as much as making them at
    the end, where it would be done by one core while the other waits.
    """
    tables = [row.table.name for row in TABLES]
    await connection.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
    constraints = await connection.fetch(CONSTRAINTS, tables=tables)
    indexes = await connection.fetch(INDEXES, tables=tables)
    for table, name, _, _ in reversed(constraints):
        await connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    words, others = ([(name, says) for name, says, one in indexes if one is which] for which in (True, False))
    for name, _ in others:
        await connection.execute(f"DROP INDEX {name}")
    added = [(foreign, f"ALTER TABLE {table} ADD CONSTRAINT {name} {says}") for table, name, foreign, says in constraints]
    keys, foreigns = ([says for one, says in added if one is which] for which in (False, True))
    gathered = [f"SELECT gin_clean_pending_list('{name}')" for name, _ in words]
    return [ROOM, *gathered, *keys, *(says for _, says in others), *(f"ANALYZE {table}" for table in tables), *foreigns]


async def on_sqlite(connection: Asking) -> list[str]:
    """Take away what can be taken: indexes, with what was told of them, and what keeps the index of words.

    That is made anew, and in one piece: else whoever posts next puts the pieces together.
    """
    sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type = ANY(:kinds) ORDER BY name"
    found = await connection.fetch(sql, kinds=["index", "trigger"])
    for kind, name, _ in found:
        await connection.execute(f"DROP {kind} {name}")
    words = [f"{row.table.name}_index" for row in TABLES if row.table.words]
    anew = [f"INSERT INTO {name}({name}) VALUES ('{how}')" for name in words for how in ("rebuild", "optimize")]  # noqa: S608 ours
    return [*(says for _, _, says in found), *anew, *sqlite_sizes.TOLD]
