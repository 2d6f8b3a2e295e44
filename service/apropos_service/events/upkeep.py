"""What an operator asks of readers: how they stand, to try again what was parked, to build anew what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .readers import ParkedEntry, Reader, ReaderCursor


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reader stands over all workspaces: entries not read yet, entries parked, and the last problem with one."""

    reader: str
    behind: int
    parked: int
    problem: str | None


async def standings(database: Any, names: Iterable[str]) -> list[Standing]:
    """Return how each of these readers stands."""
    behind = """SELECT CAST(coalesce(sum(h.position - coalesce(c.position, 0)), 0) AS bigint) FROM log_head h
                LEFT JOIN reader_cursor c ON c.workspace_id = h.workspace_id AND c.reader = :reader"""
    parked = "SELECT count(*), max(problem) FROM parked_entry WHERE reader = :reader"
    found = []
    async with database.reading("") as look:
        for name in names:
            [(late,)] = await look.fetch(behind, reader=name)
            [(count, problem)] = await look.fetch(parked, reader=name)
            found.append(Standing(name, late, count, problem))
    return found


async def try_parked(database: Any, name: str) -> int:
    """Let every parked entry of a reader be tried now, as if for the first time. Returns how many there are."""
    async with database.reading("") as look:
        sql = "SELECT workspace_id, position FROM parked_entry WHERE reader = :reader"
        parked = [tuple(row) for row in await look.fetch(sql, reader=name)]

    async def now(tx: Any) -> None:
        for row in await tx.rows(ParkedEntry, "reader = :reader", reader=name):
            row.attempts, row.retry_at = 1, tx.now

    for workspace_id in sorted({workspace_id for workspace_id, _ in parked}):
        await database.write(workspace_id, now)
    return len(parked)


async def rebuild(database: Any, reader: Reader) -> tuple[int, int]:
    """Drop what a reader wrote and let it read the logs anew. Returns in how many workspaces, and in how many it did not.

    A log whose beginning is gone is left alone: what the reader wrote of that would be lost.
    """
    async with database.reading("") as look:
        sql = """SELECT c.workspace_id, h.pruned FROM reader_cursor c JOIN log_head h ON h.workspace_id = c.workspace_id
                 WHERE c.reader = :reader ORDER BY c.workspace_id"""
        logs = [tuple(row) for row in await look.fetch(sql, reader=reader.name)]
    whole = [workspace_id for workspace_id, pruned in logs if not pruned]

    async def anew(tx: Any) -> None:
        cursor = await tx.find(ReaderCursor, reader.name)
        if cursor is not None:
            cursor.position, cursor.inside = 0, ""
        for row in await tx.rows(ParkedEntry, "reader = :reader", reader=reader.name):
            tx.remove(row)
        await reader.forget(tx)

    for workspace_id in whole:
        await database.write(workspace_id, anew)
    return len(whole), len(logs) - len(whole)
