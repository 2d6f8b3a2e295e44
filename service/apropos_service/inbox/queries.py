"""A person's inbox as it lies: what they may see of it now, newest first.

Law: to show is to tell, so here it is asked who may: an entry is neither shown nor counted while its reader may not see the
thread, and is back when they may.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..access.policy import Caller, level, may_see
from ..database import Reading
from ..people.queries import known_as
from ..records.queries import reaches
from . import reasons
from .model import InboxRead
from .shelves import Lying, counts

CHUNK = 200
MOST_COUNTED = 1_000
"""Counts look at the newest entries, at most so many."""
ENTRIES = """
SELECT e.thread_id, t.record_id, t.status, e.position, e.at, e.seq, e.done, e.reasons, t.visibility, t.members, r.name, r.access,
       coalesce(m.read_position, 0), m.done_at, m.snoozed_until, coalesce(p.read_seq, 0), coalesce(p.wrote, false),
       coalesce(m.woken, false)
FROM inbox_entry e
JOIN thread t ON t.workspace_id = e.workspace_id AND t.id = e.thread_id
JOIN record r ON r.workspace_id = t.workspace_id AND r.id = t.record_id
LEFT JOIN inbox_mark m ON m.workspace_id = e.workspace_id AND m.person_id = e.person_id AND m.thread_id = e.thread_id
LEFT JOIN participation p ON p.workspace_id = e.workspace_id AND p.thread_id = e.thread_id AND p.person_id = e.person_id
WHERE e.workspace_id = :workspace_id AND e.person_id = :me"""
NEWEST = f"""{ENTRIES} AND e.done = :done AND e.position > :after AND (e.position, e.thread_id) < (:position, :thread_id)
ORDER BY e.position DESC, e.thread_id DESC LIMIT {CHUNK}"""
WAITING = f"""
SELECT t.id, t.record_id, t.waiting_since, t.visibility, t.members, r.name, r.access, true
FROM thread t JOIN record r ON r.workspace_id = t.workspace_id AND r.id = t.record_id
WHERE t.workspace_id = :workspace_id AND t.asked_by = :me AND t.status = 'open' AND (t.waiting_since, t.id) < (:since, :thread_id)
ORDER BY t.waiting_since DESC, t.id DESC LIMIT {CHUNK}"""  # noqa: S608 the number is ours
LAST = (2**62, "~")
"""A place after every other."""
Place = tuple[int, str]
Sees = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Waits:
    """A thread in which somebody's question waits for an answer."""

    thread_id: str
    record_id: str
    since: int


async def lying(look: Reading, caller: Caller, *, done: bool, before: Place = LAST, after: int = 0) -> AsyncIterator[Lying]:
    """Yield what lies in the caller's inbox, newest first: before a place, with positions above `after`."""
    me, sees, read_up_to = caller.must_be_person(), await _eyes(look, caller), await _read_up_to(look, caller)
    while True:
        rows = await look.fetch(NEWEST, me=me, done=done, after=after, position=before[0], thread_id=before[1])
        for row in rows:
            one = _lying(row, read_up_to)
            before = one.position, one.thread_id
            if sees(*row[8:12], wrote=bool(row[16])):
                yield one
        if len(rows) < CHUNK:
            return


async def lying_at(look: Reading, caller: Caller, thread_id: str) -> Lying | None:
    """Return the caller's entry for a thread that they may see; `None` when there is none."""
    sql = f"{ENTRIES} AND e.thread_id = :thread_id AND e.position > 0"
    rows = await look.fetch(sql, me=caller.must_be_person(), thread_id=thread_id)
    sees = await _eyes(look, caller)
    seen = [row for row in rows if sees(*row[8:12], wrote=bool(row[16]))]
    return _lying(seen[0], await _read_up_to(look, caller)) if seen else None


async def waiting(look: Reading, caller: Caller, *, before: Place = LAST) -> AsyncIterator[Waits]:
    """Yield the threads where the caller asked and nobody answered yet, the newest question first."""
    me, sees = caller.must_be_person(), await _eyes(look, caller)
    while True:
        rows = await look.fetch(WAITING, me=me, since=before[0], thread_id=before[1])
        for thread_id, record_id, since, *about, wrote in rows:
            before = since, thread_id
            if sees(*about, wrote=wrote):
                yield Waits(thread_id, record_id, since)
        if len(rows) < CHUNK:
            return


async def newest(look: Reading, caller: Caller) -> list[Lying]:
    """Return the newest entries that are not put away, those that are counted."""
    found: list[Lying] = []
    async for one in lying(look, caller, done=False):
        found.append(one)
        if len(found) == MOST_COUNTED:
            break
    return found


async def tally(look: Reading, caller: Caller, found: Sequence[Lying], *, requests: int, now: int) -> dict[str, int]:
    """Return how much lies on each shelf, where `found` are the newest entries, and so many requests for access wait."""
    asked = [one async for one in waiting(look, caller)]
    return counts(found, waiting=len(asked), requests=requests, now=now)


async def _eyes(look: Reading, caller: Caller) -> Sees:
    """Return what tells whether the caller may see a thread; a host who acts as somebody sees what that person would."""
    me = caller.must_be_person()
    known = (await known_as(look, [me], caller.verdicts))[me] if caller.is_host else None

    def sees(visibility: str, members: str, record: str, access: str | None, *, wrote: bool) -> bool:
        mine = orjson.loads(access) if access else None
        if known is not None:
            return may_see(known, visibility, orjson.loads(members)) and reaches(known, record, mine, wrote=wrote)
        return level(caller, record, mine, most="read") > 0 and may_see(caller, visibility, orjson.loads(members))

    return sees


async def _read_up_to(look: Reading, caller: Caller) -> int:
    row = await look.row(InboxRead, person_id=caller.must_be_person())
    return row.position if row else 0


def _lying(row: Any, read_up_to: int) -> Lying:
    thread_id, record_id, status, position, at, seq, done, kept = row[:8]
    read_position, done_at, snoozed_until, read_seq, _, woken = row[12:18]
    unread = bool(woken) or (position > max(read_position, read_up_to) and seq > read_seq)
    standing = reasons.standing(orjson.loads(kept))
    return Lying(thread_id, record_id, status, position, at, unread, bool(done), done_at, snoozed_until, standing)
