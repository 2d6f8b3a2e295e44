"""Tallies for a page full of records, in one statement whatever their number.

Law: who may see what is decided here, by `access.policy`, not in the statement; a record that is hidden and one that nobody
spoke of have the same zeros.
"""

import json
from typing import Any

from ..access.policy import Caller, level, may_see
from ..database import Reading

TALLY = ("total", "open", "resolved", "overdue", "unread", "mentions")
NAMED = """WITH named AS (
  SELECT r.name AS asked, r.id, r.name, r.access FROM record r WHERE r.workspace_id = :workspace_id AND r.name = ANY(:names)
  UNION ALL
  SELECT f.name, r.id, r.name, r.access FROM record_name f
    JOIN record r ON r.workspace_id = f.workspace_id AND r.id = f.record_id
    WHERE f.workspace_id = :workspace_id AND f.name = ANY(:names)
)"""
"""Records by a name they have or had."""
WAITING = """(SELECT count(DISTINCT m.comment_id) FROM mention m CROSS JOIN comment c
    WHERE m.workspace_id = t.workspace_id AND m.target = ANY(:targets) AND m.thread_id = t.id
      AND m.number > coalesce(p.read_number, 0) AND c.workspace_id = m.workspace_id AND c.thread_id = m.thread_id
      AND c.number = m.number AND c.withdrawn_at IS NULL AND (c.author IS NULL OR c.author <> :me))"""
"""How many comments of the thread `t` mention the caller, who has read `p`. SQLite takes what is joined so in this order: it
would else walk the comments that nobody read."""
STATEMENT = f"""{NAMED}
SELECT n.asked, n.name, n.access, n.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM named n
UNION ALL
SELECT NULL, NULL, NULL, t.record_id, t.field, t.status, t.visibility, t.members, t.due_at, t.comment_count, t.last_number,
       p.read_number, p.skipped, {WAITING}
  FROM thread t LEFT JOIN participation p
    ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = :me
  WHERE t.workspace_id = :workspace_id AND t.record_id IN (SELECT id FROM named)"""  # noqa: S608 every part is ours
"""The records by the names that were asked for, and their threads, whose first three columns are `NULL`."""


async def tallies(look: Reading, caller: Caller, names: list[str], *, now: int) -> dict[str, Any]:
    """Return the tally of each record and its fields, by the name that was asked for; `now` in milliseconds since 1970."""
    me = caller.person_id or ""
    targets = [me, *(f"group:{group}" for group in caller.groups)] if me else []
    found = await look.fetch(STATEMENT, names=names, me=me, targets=targets)
    ids: dict[str, str] = {}
    by_record: dict[str, dict[str, Any]] = {}
    for asked, name, access, record_id, *_ in (row for row in found if row[0] is not None):
        if asked == name or asked not in ids:
            ids[asked] = record_id
        if record_id not in by_record and level(caller, name, json.loads(access), most="read"):
            by_record[record_id] = _nothing()
    for _, _, _, record_id, *thread in (row for row in found if row[0] is None):
        if record_id in by_record:
            _count(by_record[record_id], caller, thread, now)
    return {name: by_record.get(ids.get(name, "")) or _nothing() for name in names}


def _nothing() -> dict[str, Any]:
    return {**dict.fromkeys(TALLY, 0), "fields": {}}


def _count(whole: dict[str, Any], caller: Caller, thread: list[Any], now: int) -> None:
    """Add a thread to its record's tally, and to its field's, if the caller may see it."""
    field, status, visibility, members, due_at, comments, last, read, skipped, mentions = thread
    if not may_see(caller, visibility, json.loads(members) if visibility == "restricted" else ()):
        return
    is_open = status == "open"
    unread = comments if read is None else max(0, last - read - skipped)
    one = (
        1, is_open, status == "resolved", is_open and due_at is not None and due_at < now,
        unread if caller.person_id else 0, mentions,
    )  # fmt: skip
    _add(whole, one)
    if field is not None:
        _add(whole["fields"].setdefault(field, dict.fromkeys(TALLY, 0)), one)


def _add(total: dict[str, Any], one: tuple[int, ...]) -> None:
    for name, more in zip(TALLY, one, strict=True):
        total[name] += more
