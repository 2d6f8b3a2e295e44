"""Threads across records, only what the caller may see."""

from dataclasses import dataclass
from typing import Any

from ..access.policy import Caller, may_see
from ..database import Reading
from ..records.model import Record
from ..records.queries import level_on, names_of, record_named
from ..search.asking import Asked, Term
from . import finding
from .model import Thread

CHUNK = 200
MOST_CHUNKS = 20
LOOKED_INTO = 4
"""In so many chunks threads are looked into for words that are said often; where that is not enough, all words are gathered."""
WROTE = """t.id IN (SELECT p.thread_id FROM participation p
             WHERE p.workspace_id = :workspace_id AND p.person_id = :participant AND p.wrote)"""
ASSIGNED = """t.id IN (SELECT a.thread_id FROM action a
             WHERE a.workspace_id = :workspace_id AND a.assignee = :assignee AND a.state = 'open')"""
SILENT = "(t.status = 'open' AND t.waiting_since IS NOT NULL)"
ORDER = {"opened": "opened_at", "activity": "last_activity_at"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which threads to list; `None` means any."""

    record: str | None = None
    type: str | None = None
    parent: str | None = None
    status: str | None = None
    sponsor: str | None = None
    participant: str | None = None
    assignee: str | None = None
    overdue: bool | None = None
    unanswered: bool | None = None
    label: str | None = None
    asked: Asked | None = None

    async def where(self, look: Reading, now: int, left: set[Term]) -> tuple[str, dict[str, Any]]:
        """Return the condition over `t` (thread) and `r` (record), and its parameters; words that are `left` are not in it."""
        record = await record_named(look, self.record) if self.record else None
        parts = {
            "t.record_id = :record_id": (record.id if record else "") if self.record else None,
            "r.type = :type": self.type,
            "r.parent = ANY(:parent)": await names_of(look, self.parent) if self.parent else None,
            "t.status = :status": self.status,
            "t.sponsor = :sponsor": self.sponsor,
            WROTE: self.participant,
            ASSIGNED: self.assignee,
        }
        given = {part: value for part, value in parts.items() if value is not None}
        where = list(given)
        params: dict[str, Any] = {part.split(":")[-1].split()[0].strip(")"): value for part, value in given.items()}
        if self.overdue is not None:
            late = "(t.status = 'open' AND t.due_at IS NOT NULL AND t.due_at < :now)"
            where.append(late if self.overdue else f"NOT {late}")
            params["now"] = now
        if self.unanswered is not None:
            where.append(SILENT if self.unanswered else f"NOT {SILENT}")
        if self.asked is not None:
            found, asks = finding.conditions(look, self.asked, left)
            where, params = [*where, *found], params | asks
        return " AND ".join(["t.workspace_id = :workspace_id", *where]), params


async def threads_for(
    look: Reading, caller: Caller, filters: Filter, *, sort: str, before: tuple[int, str] | None, limit: int, now: int
) -> tuple[list[tuple[Thread, Record, int]], tuple[int, str] | None]:
    """Return threads with record and rank, newest first by `sort`, at most `limit`; and the place after which more may follow.

    `before` is such a place. Who sees few of very many threads gets fewer than `limit` at a time, and goes on.
    """
    left = await finding.often(look, filters.asked) if filters.asked else set()
    where, params = await filters.where(look, now, left)
    column = ORDER[sort]
    width = len(Thread.table.columns)
    names = ", ".join([*(f"t.{each.name}" for each in Thread.table.columns), *(f"r.{each.name}" for each in Record.table.columns)])
    found: list[tuple[Thread, Record, int]] = []
    for number in range(MOST_CHUNKS):
        size = min(CHUNK, 2 * limit << number)
        if number == LOOKED_INTO and left:
            left = set()
            where, params = await filters.where(look, now, left)
        place = f"AND (t.{column}, t.id) < (:at, :id)" if before else ""
        sql = f"""SELECT {names} FROM thread t JOIN record r ON r.workspace_id = t.workspace_id AND r.id = t.record_id
                  WHERE {where} {place} ORDER BY t.{column} DESC, t.id DESC LIMIT {size}"""  # noqa: S608
        rows = await look.fetch(sql, **params, **({"at": before[0], "id": before[1]} if before else {}))
        loaded = [(Thread.load(tuple(row)[:width]), Record.load(tuple(row)[width:])) for row in rows]
        holding = await finding.holding(look, filters.asked, left, loaded) if filters.asked else None
        for thread, record in loaded:
            rank = level_on(caller, record.name, record)
            if (
                rank
                and may_see(caller, thread.visibility, thread.members)
                and (holding is None or thread.id in holding)
                and (filters.label is None or filters.label in thread.labels)
            ):
                if len(found) == limit:
                    last = found[-1][0]
                    return found, (getattr(last, column), last.id)
                found.append((thread, record, rank))
            before = getattr(thread, column), thread.id
        if len(rows) < size or caller.unsure:
            return found, None
    return found, before
