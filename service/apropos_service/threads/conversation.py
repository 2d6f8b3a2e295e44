"""First paint of a record in one request.

Law: what goes out is of one moment, and told only to who may see it. A record whose threads are all kept is one statement,
which is one moment by itself; anything else is looked up in a snapshot.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..access.policy import Caller, may_see, must
from ..database import Reading
from ..people.queries import cards
from ..records.model import Record
from ..records.queries import level_on
from . import present
from .kept import Kept, Whole
from .model import Participation, Thread
from .watching import draws


def _named(cls: Any, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in cls.table.order)


STATEMENT = f"""
WITH one AS (SELECT * FROM record WHERE workspace_id = :workspace_id AND id = coalesce(
       (SELECT id FROM record WHERE workspace_id = :workspace_id AND name = :record),
       (SELECT record_id FROM record_name WHERE workspace_id = :workspace_id AND name = :record))),
     page AS (SELECT * FROM thread WHERE workspace_id = :workspace_id AND record_id = (SELECT id FROM one)%s
       ORDER BY opened_at DESC, id DESC LIMIT :most)
SELECT h.position, {_named(Record, "r")}, {_named(Thread, "t")}, {_named(Participation, "p")}
  FROM log_head h LEFT JOIN one r ON r.workspace_id = h.workspace_id LEFT JOIN page t ON t.workspace_id = r.workspace_id
    LEFT JOIN participation p ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = :me
  WHERE h.workspace_id = :workspace_id ORDER BY t.opened_at DESC, t.id DESC"""  # noqa: S608 every part is ours
"""How far the log is, a record by a name that it has or had, its newest threads and what each is to a person."""
RECORD, THREAD = 1, 1 + len(Record.table.order)
MINE = THREAD + len(Thread.table.order)
"""Where each begins among the columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which threads of which record: of a field or in it, in a status, opened before a place; at most `limit`."""

    record: str
    field: str | None
    status: str | None
    before: tuple[int, str] | None
    limit: int
    render: present.Render


@dataclass(frozen=True, slots=True)
class Seen:
    """A record's threads that the caller may see, newest first, with what each is to them; one more than asked, if more follow.

    `position` is how far the log was, `at_once` whether all is of one moment by itself.
    """

    position: int
    record: Record | None
    threads: list[tuple[Thread, Participation | None]]
    at_once: bool

    def page(self, limit: int) -> list[tuple[Thread, Record]]:
        """Return the threads that go out, with their record."""
        return [(thread, self.record) for thread, _ in self.threads[:limit] if self.record]


@dataclass(frozen=True, slots=True)
class Painted:
    """What goes out: `rank` is the caller's on the record, `tag` changes whenever what is shown does."""

    seen: Seen
    rank: int
    wholes: Sequence[Whole]
    viewers: Sequence[dict[str, Any]]
    people: dict[str, Any]

    def threads(self) -> list[orjson.Fragment]:
        """Return the threads as they go out, each with what it is to the caller."""
        return [whole.seen_by(viewer) for whole, viewer in zip(self.wholes, self.viewers, strict=True)]

    def tag(self, *more: Any) -> str:
        """Return the ETag; `more` is what else it depends on."""
        record = self.seen.record
        about = record and (record.id, record.name, record.version)
        places = [(thread.id, thread.seq) for thread, _ in self.seen.threads]
        shown = orjson.dumps((self.rank, about, places, self.viewers, self.people, more))
        return '"' + hashlib.sha256(shown).hexdigest()[:32] + '"'


async def at_once(look: Reading, kept: Kept, caller: Caller, asked: Asked) -> Painted | None:
    """Return what the caller sees, without a snapshot; `None` where that takes more than one moment.

    Raises `NotFound` when the caller may not see the record.
    """
    seen = await _seen(look, caller, asked)
    whole = seen.at_once and kept.has(seen.page(asked.limit), render=asked.render)
    return await _painted(look, kept, caller, asked, seen) if whole else None


async def in_snapshot(look: Reading, kept: Kept, caller: Caller, asked: Asked) -> Painted:
    """Return what the caller sees; `look` is of one moment. Raises `NotFound` when they may not see the record."""
    return await _painted(look, kept, caller, asked, await _seen(look, caller, asked))


async def _painted(look: Reading, kept: Kept, caller: Caller, asked: Asked, seen: Seen) -> Painted:
    rank = level_on(caller, asked.record, seen.record)
    must(rank, "read")
    wholes = await kept.threads(look, seen.page(asked.limit), render=asked.render)
    threads = seen.threads[: asked.limit]
    drawn = await draws(look, caller.person_id, [row.id for row, _ in threads])
    viewers = [present.viewer(row, caller, rank, mine, drawn.level(row, mine)) for row, mine in threads]
    return Painted(seen, rank, wholes, viewers, await cards(look, {caller.person_id}.union(*(whole.people for whole in wholes))))


async def _seen(look: Reading, caller: Caller, asked: Asked) -> Seen:
    found, before, looks = Seen(0, None, [], at_once=True), asked.before, 0
    while True:
        rows, looks = await _rows(look, caller, asked, before), looks + 1
        threads = [(Thread.load(row[THREAD:MINE]), _mine(row)) for row in rows if row[THREAD] is not None]
        shown = [each for each in threads if may_see(caller, each[0].visibility, each[0].members)]
        record = Record.load(rows[0][RECORD:THREAD]) if rows and rows[0][RECORD] is not None else None
        found = Seen(rows[0][0] if rows else 0, record, [*found.threads, *shown][: asked.limit + 1], at_once=looks == 1)
        if len(found.threads) > asked.limit or len(threads) <= asked.limit:
            return found
        before = threads[-1][0].opened_at, threads[-1][0].id


async def _rows(look: Reading, caller: Caller, asked: Asked, before: tuple[int, str] | None) -> list[Any]:
    where, params = "", {"record": asked.record, "me": caller.person_id or "", "most": asked.limit + 1}
    if asked.field is not None:
        where += " AND (field = :field OR substr(field, 1, :length) = :inside)"
        params |= {"field": asked.field, "inside": asked.field + "/", "length": len(asked.field) + 1}
    if asked.status is not None:
        where, params = f"{where} AND status = :status", params | {"status": asked.status}
    if before is not None:
        where, params = f"{where} AND (opened_at, id) < (:at, :id)", params | {"at": before[0], "id": before[1]}
    return await look.fetch(STATEMENT % where, **params)


def _mine(row: Sequence[Any]) -> Participation | None:
    return Participation.load(row[MINE:]) if row[MINE] is not None else None
