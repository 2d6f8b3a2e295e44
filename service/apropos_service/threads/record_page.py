"""A record's newest threads as one caller may see them, and what each is to them, by one statement: so all is of one moment.

Law: who may see is decided by `access.policy`, not in a statement. A glance says what would have to be looked up anew, and
reads no row for it: whatever changes a thread raises its `seq`, and what changes a record as it is shown its `version`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from ..access.policy import Caller, may_see
from ..database import Reading
from ..records.model import Record
from . import present
from .model import Participation, Thread

STATEMENT = """
WITH one AS (SELECT * FROM record WHERE workspace_id = :workspace_id AND id = coalesce(
       (SELECT id FROM record WHERE workspace_id = :workspace_id AND name = :record),
       (SELECT record_id FROM record_name WHERE workspace_id = :workspace_id AND name = :record))),
     page AS (SELECT {page} FROM thread WHERE workspace_id = :workspace_id AND record_id = (SELECT id FROM one){where}
       ORDER BY opened_at DESC, id DESC LIMIT :most)
SELECT {columns}
  FROM log_head h LEFT JOIN one r ON r.workspace_id = h.workspace_id LEFT JOIN page t ON t.workspace_id = r.workspace_id
    LEFT JOIN participation p ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = :me
  WHERE h.workspace_id = :workspace_id ORDER BY t.opened_at DESC, t.id DESC"""
"""How far the log is, a record by a name that it has or had, its newest threads and what each is to a person."""
WATCHED = """(SELECT string_agg(w.record_id || ' ' || w.level, ' ') FROM record_watch w
  WHERE w.workspace_id = :workspace_id AND w.person_id = :me)"""
WHERE = {
    "field": " AND (field = :field OR substr(field, 1, CAST(:length AS integer)) = :inside)",
    "status": " AND status = :status",
    "at": " AND (opened_at, id) < (:at, :id)",
}
"""What narrows the page, by a parameter that it needs."""


def _named(cls: Any, alias: str) -> tuple[str, ...]:
    return tuple(f"{alias}.{name}" for name in cls.table.order)


HEAD = ("h.position", WATCHED)
WHOLE = (*HEAD, *_named(Record, "r"), *_named(Thread, "t"), *_named(Participation, "p"))
GLANCE = (*HEAD, "r.id", "r.name", "r.version", "t.id", "t.seq", *_named(Participation, "p"))
RECORD, THREAD, MINE = (WHOLE.index(first) for first in ("r.workspace_id", "t.workspace_id", "p.workspace_id"))
AGAIN, MINE_AGAIN = (GLANCE.index(first) for first in ("t.id", "p.workspace_id"))
"""Where each begins among the columns."""
GLANCED = itemgetter(*map(WHOLE.index, GLANCE))

Row = tuple[Any, ...]


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

    `rows` are what a glance says of it, and `rows_of` the threads there, also those that are hidden, by id and `seq`; `at_once`
    tells whether all is of one moment by itself.
    """

    rows: Sequence[Row]
    record: Record | None
    threads: list[tuple[Thread, Participation | None]]
    rows_of: Mapping[Row, Thread]
    at_once: bool

    @property
    def position(self) -> int:
        """How far the log was."""
        position: int = self.rows[0][0] if self.rows else 0
        return position

    @property
    def watched(self) -> dict[str, str]:
        """What the caller chose to hear of records, by id."""
        words = (self.rows[0][1] or "").split() if self.rows else ()
        return dict(zip(words[::2], words[1::2], strict=True))

    def page(self, limit: int) -> list[tuple[Thread, Record]]:
        """Return the threads that go out, with their record."""
        return [(thread, self.record) for thread, _ in self.threads[:limit] if self.record]


async def look_up(look: Reading, caller: Caller, asked: Asked) -> Seen:
    """Return what the caller sees."""
    rows = await _rows(look, WHOLE, caller, asked, asked.before)
    record = Record.load(rows[0][RECORD:THREAD]) if rows and rows[0][RECORD] is not None else None
    threads = _threads(rows)
    seen = Seen([GLANCED(row) for row in rows], record, _shown(caller, threads), _by_seq(threads), at_once=True)
    while len(seen.threads) <= asked.limit < len(threads):
        before = threads[-1][0].opened_at, threads[-1][0].id
        threads = _threads(await _rows(look, WHOLE, caller, asked, before))
        seen = Seen(seen.rows, record, [*seen.threads, *_shown(caller, threads)], {}, at_once=False)
    return Seen(seen.rows, record, seen.threads[: asked.limit + 1], seen.rows_of, seen.at_once)


async def glance(look: Reading, caller: Caller, asked: Asked) -> list[Row]:
    """Return what shows whether something changed."""
    return [tuple(row) for row in await _rows(look, GLANCE, caller, asked, asked.before)]


def seen_again(seen: Seen, rows: Sequence[Row], caller: Caller, asked: Asked) -> Seen | None:
    """Return what a glance shows of what was seen before; `None` where something has to be looked up."""
    if not rows or not seen.rows or rows[0][len(HEAD) : AGAIN] != seen.rows[0][len(HEAD) : AGAIN]:
        return None
    threads = []
    for row in rows:
        place = row[AGAIN:MINE_AGAIN]
        thread = seen.rows_of.get(place)
        if thread is not None:
            threads.append((thread, _mine(row, MINE_AGAIN)))
        elif place[0] is not None:
            return None
    shown = _shown(caller, threads)
    follow = len(threads) > asked.limit >= len(shown)
    return None if follow else Seen(rows, seen.record, shown[: asked.limit + 1], seen.rows_of, at_once=True)


def versions(rows: Sequence[Row]) -> list[Row]:
    """Return of a glance each thread's id and `seq`, and its record's id, name and version."""
    return [(*row[AGAIN:MINE_AGAIN], *row[len(HEAD) : AGAIN]) for row in rows if row[AGAIN] is not None]


async def _rows(look: Reading, columns: Row, caller: Caller, asked: Asked, before: tuple[int, str] | None) -> list[Any]:
    params: dict[str, Any] = {"record": asked.record, "me": caller.person_id or "", "most": asked.limit + 1}
    if asked.field is not None:
        params |= {"field": asked.field, "inside": asked.field + "/", "length": len(asked.field) + 1}
    if asked.status is not None:
        params["status"] = asked.status
    if before is not None:
        params |= {"at": before[0], "id": before[1]}
    return await look.fetch(_statement(columns, tuple(name for name in WHERE if name in params)), **params)


@cache
def _statement(columns: Row, narrowed: Row) -> str:
    page = ", ".join(dict.fromkeys(["workspace_id", "opened_at", *(name[2:] for name in columns if name.startswith("t."))]))
    return STATEMENT.format(page=page, where="".join(WHERE[name] for name in narrowed), columns=", ".join(columns))


def _threads(rows: Sequence[Row]) -> list[tuple[Thread, Participation | None]]:
    return [(Thread.load(row[THREAD:MINE]), _mine(row, MINE)) for row in rows if row[THREAD] is not None]


def _mine(row: Row, begins: int) -> Participation | None:
    return Participation.load(row[begins:]) if row[begins] is not None else None


def _shown(caller: Caller, threads: Sequence[tuple[Thread, Participation | None]]) -> list[tuple[Thread, Participation | None]]:
    return [each for each in threads if may_see(caller, each[0].visibility, each[0].members)]


def _by_seq(threads: Sequence[tuple[Thread, Participation | None]]) -> dict[Row, Thread]:
    return {(thread.id, thread.seq): thread for thread, _ in threads}
