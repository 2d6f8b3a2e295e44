"""Tallies for a page full of records: what is everybody's is kept, what is the caller's is one statement whatever their number.

Law: who may see what is decided here, by `access.policy`, not in a statement; a record that is hidden and one that nobody
spoke of have the same zeros. All of it is of one moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

import orjson

from ..access.policy import Caller, level, may_see
from ..database import Reading
from .tallied import Counted, KeptTallies, Said, Tallied, tallied

Row = Sequence[Any]

TALLY = ("total", "open", "resolved", "overdue", "unread", "mentions")
WAITING = """(SELECT count(DISTINCT m.comment_id) FROM mention m CROSS JOIN comment c
    WHERE m.workspace_id = t.workspace_id AND m.target = ANY(:targets) AND m.thread_id = t.id
      AND m.number > coalesce(p.read_number, 0) AND c.workspace_id = m.workspace_id AND c.thread_id = m.thread_id
      AND c.number = m.number AND c.withdrawn_at IS NULL AND (c.author IS NULL OR c.author <> :me))"""
"""How many comments of the thread `t` mention the caller, who has read `p`. SQLite takes what is joined so in this order: it
would else walk the comments that nobody read."""
HEAD = "SELECT NULL, h.position, NULL, NULL FROM log_head h WHERE h.workspace_id = :workspace_id"
READ = f"""{HEAD} UNION ALL
SELECT p.thread_id, p.read_number, p.skipped, 0 FROM participation p
  WHERE p.workspace_id = :workspace_id AND p.person_id = :me AND p.thread_id = ANY(:ids)"""  # noqa: S608 every part is ours
MENTIONED = f"""{READ} UNION ALL
SELECT t.id, NULL, NULL, {WAITING}
  FROM thread t LEFT JOIN participation p ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = :me
  WHERE t.workspace_id = :workspace_id AND t.id = ANY(:mentioning)"""  # noqa: S608 every part is ours
"""How far the log is, without a thread; how far the caller read threads; how often those that mention anybody mention them. What
is not needed is left out: PostgreSQL thinks for longer about such a statement than it looks."""


@dataclass(frozen=True, slots=True)
class Own:
    """What is the caller's own of some threads: how far they read, how often they are mentioned."""

    read: Mapping[str, tuple[int, int]]
    mentioned: Mapping[str, int]

    def has(self, thread: Counted) -> bool:
        """Tell whether a thread is anything else to the caller than to everybody who may see it."""
        return thread.visibility == "restricted" or thread.id in self.read or thread.id in self.mentioned

    def unread(self, thread: Counted) -> int:
        """Return how many comments wait for the caller."""
        read = self.read.get(thread.id)
        return thread.comments if read is None else max(0, thread.last - sum(read))


async def at_once(look: Reading, kept: KeptTallies, caller: Caller, names: list[str], *, now: int) -> bytes | None:
    """Return the tally of each record and its fields, as JSON by the name asked for; `None` where it takes more than a moment."""
    found = kept.find(caller.workspace_id, names, now)
    if found is None:
        return None
    rows = await _look_up(look, caller, found)
    return _said(kept, found, rows, caller, names) if _position(rows) == found.position else None


async def in_snapshot(look: Reading, kept: KeptTallies, caller: Caller, names: list[str], *, now: int) -> bytes:
    """Return the same; `look` is of one moment, `now` milliseconds since 1970."""
    found = await tallied(look, names, now=now)
    kept.keep(caller.workspace_id, names, found)
    return _said(kept, found, await _look_up(look, caller, found), caller, names)


async def _look_up(look: Reading, caller: Caller, found: Tallied) -> list[Row]:
    """Return what is the caller's own of these threads, and how far the log is."""
    me, mentioning = caller.person_id, found.mentioning
    if me is None:
        return await look.fetch(HEAD)
    if not mentioning:
        return await look.fetch(READ, me=me, ids=found.everything)
    targets = [me, *(f"group:{group}" for group in caller.groups)]
    return await look.fetch(MENTIONED, me=me, ids=found.everything, mentioning=mentioning, targets=targets)


def _said(kept: KeptTallies, found: Tallied, rows: Sequence[Row], caller: Caller, names: Sequence[str]) -> bytes:
    """Return what was said before where it depends on nothing else; where the host is asked live, nobody knows that."""
    key, shows = (caller.workspace_id, caller.name, *names), (found.position, found.since, caller.powers, rows)
    said = kept.said.find(key)
    if said is None or said.shows != shows or caller.verdicts is not None:
        said = Said(shows, orjson.dumps(_told(found, _own(rows), caller, names)))
        kept.said.keep(key, said)
    return said.content


def _own(rows: Sequence[Row]) -> Own:
    read = {thread_id: (number, skipped) for thread_id, number, skipped, _ in rows if thread_id is not None and number is not None}
    mentioned = {thread_id: often for thread_id, _, _, often in rows if often}
    return Own(read, mentioned)


def _position(rows: Sequence[Row]) -> int:
    position: int = next(row[1] for row in rows if row[0] is None)
    return position


def _told(found: Tallied, own: Own, caller: Caller, names: Sequence[str]) -> dict[str, Any]:
    nothing = orjson.Fragment(orjson.dumps(_tally((), own, caller, found.since)))
    shown = {
        record_id: _shown(found, record_id, own, caller)
        for record_id, (name, access) in found.records.items()
        if level(caller, name, access, most="read")
    }
    return {name: shown.get(found.ids.get(name, ""), nothing) for name in names}


def _shown(found: Tallied, record_id: str, own: Own, caller: Caller) -> orjson.Fragment:
    """Return a record's tally: alike for all to whom nothing there is their own, and who see the same of what is not restricted."""
    threads = found.threads.get(record_id, ())
    if any(map(own.has, threads)):
        return orjson.Fragment(orjson.dumps(_tally(threads, own, caller, found.since)))
    alike = record_id, caller.is_host, caller.guest, caller.person_id is None
    if alike not in found.alike:
        found.alike[alike] = orjson.Fragment(orjson.dumps(_tally(threads, own, caller, found.since)))
    return found.alike[alike]


def _tally(threads: Sequence[Counted], own: Own, caller: Caller, now: int) -> dict[str, Any]:
    """Return what the caller may see of a record's threads, and of each field's, added up."""
    whole: Sequence[int] = (0,) * len(TALLY)
    fields: dict[str, Sequence[int]] = {}
    for thread in threads:
        if may_see(caller, thread.visibility, thread.members):
            unread = own.unread(thread) if caller.person_id else 0
            status = int(thread.status == "open"), int(thread.status == "resolved"), int(thread.is_overdue(now))
            one = (1, *status, unread, own.mentioned.get(thread.id, 0))
            whole = tuple(map(add, whole, one))
            if thread.field is not None:
                fields[thread.field] = tuple(map(add, fields.get(thread.field, (0,) * len(TALLY)), one))
    return {**_by_name(whole), "fields": {name: _by_name(total) for name, total in fields.items()}}


def _by_name(total: Sequence[int]) -> dict[str, int]:
    return dict(zip(TALLY, total, strict=True))
