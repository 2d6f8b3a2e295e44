"""First paint of a record in one request, and tallies for a page full of records."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import orjson

from ..access.policy import Caller, may_see
from ..database import Reading
from ..records.model import Record
from ..records.queries import level_on, records_named
from . import present
from .model import Thread
from .queries import participations
from .watching import draws

TALLY = ("total", "open", "resolved", "overdue", "unread", "mentions")


async def threads_on(
    look: Reading,
    caller: Caller,
    record: Record,
    *,
    field: str | None,
    status: str | None,
    before: tuple[int, str] | None,
    limit: int,
) -> list[Thread]:
    """Return the threads of a record that the caller may see, newest first: at most `limit` + 1, to tell if more follow."""
    where, params = "record_id = :record_id", {"record_id": record.id, "limit": limit + 1}
    if field is not None:
        where, params = (
            f"{where} AND (field = :field OR substr(field, 1, :length) = :inside)",
            {**params, "field": field, "inside": field + "/", "length": len(field) + 1},
        )
    if status is not None:
        where, params = f"{where} AND status = :status", {**params, "status": status}
    found: list[Thread] = []
    while len(found) <= limit:
        place = f"{where} AND (opened_at, id) < (:at, :id)" if before else where
        rows = await look.rows(
            Thread,
            f"{place} ORDER BY opened_at DESC, id DESC LIMIT :limit",
            **params,
            **({"at": before[0], "id": before[1]} if before else {}),
        )
        found += [row for row in rows if may_see(caller, row.visibility, row.members)]
        if len(rows) <= limit:
            break
        before = rows[-1].opened_at, rows[-1].id
    return found[: limit + 1]


async def viewers(look: Reading, caller: Caller, rank: int, threads: Sequence[Thread]) -> list[dict[str, Any]]:
    """Return what each thread is to the caller, who has this rank on their record."""
    ids = [row.id for row in threads]
    mine, drawn = await participations(look, caller.person_id, ids), await draws(look, caller.person_id, ids)
    own = [mine.get(row.id) for row in threads]
    return [present.viewer(row, caller, rank, one, drawn.level(row, one)) for row, one in zip(threads, own, strict=True)]


def etag(*shown: Any) -> str:
    """Return a tag that changes whenever what is shown does."""
    return '"' + hashlib.sha256(orjson.dumps(shown)).hexdigest()[:32] + '"'


async def tallies(look: Reading, caller: Caller, names: list[str], *, now: int) -> dict[str, Any]:
    """Return the tally of each record and its fields; a record that is hidden or undescribed has zeros."""
    found = await records_named(look, names)
    seen = {row.id: row for name, row in found.items() if level_on(caller, name, row, most="read")}
    by_record: dict[str, dict[str, Any]] = {record_id: {**dict.fromkeys(TALLY, 0), "fields": {}} for record_id in seen}
    waiting = await _mentions(look, caller, list(seen))
    sql = """SELECT t.id, t.record_id, t.field, t.status, t.visibility, t.members, t.due_at, t.comment_count, t.last_number,
                    p.read_number, p.skipped FROM thread t LEFT JOIN participation p
              ON p.workspace_id = t.workspace_id AND p.thread_id = t.id AND p.person_id = :me
              WHERE t.workspace_id = :workspace_id AND t.record_id = ANY(:ids)"""
    for row in await look.fetch(sql, me=caller.person_id or "", ids=list(seen)):
        thread_id, record_id, field, status, visibility, members, due_at, count, last, read, skipped = row
        if not may_see(caller, visibility, json.loads(members)):
            continue
        unread = count if read is None else max(0, last - read - skipped)
        one = {
            "total": 1, "open": status == "open", "resolved": status == "resolved",
            "overdue": status == "open" and due_at is not None and due_at < now,
            "unread": unread if caller.person_id else 0, "mentions": waiting.get(thread_id, 0),
        }  # fmt: skip
        whole = by_record[record_id]
        _add(whole, one)
        if field is not None:
            _add(whole["fields"].setdefault(field, dict.fromkeys(TALLY, 0)), one)
    nothing = {**dict.fromkeys(TALLY, 0), "fields": {}}
    return {name: by_record.get(found[name].id, nothing) if name in found else nothing for name in names}


async def _mentions(look: Reading, caller: Caller, record_ids: list[str]) -> dict[str, int]:
    """Return how many comments that mention the caller wait in each thread."""
    if caller.person_id is None or not record_ids:
        return {}
    sql = """SELECT m.thread_id, count(DISTINCT m.comment_id) FROM mention m
             JOIN thread t ON t.workspace_id = m.workspace_id AND t.id = m.thread_id
             JOIN comment c ON c.workspace_id = m.workspace_id AND c.id = m.comment_id
             LEFT JOIN participation p ON p.workspace_id = m.workspace_id AND p.thread_id = m.thread_id AND p.person_id = :me
             WHERE m.workspace_id = :workspace_id AND m.target = ANY(:targets) AND t.record_id = ANY(:ids)
               AND m.number > coalesce(p.read_number, 0) AND c.withdrawn_at IS NULL AND (c.author IS NULL OR c.author <> :me)
             GROUP BY m.thread_id"""
    targets = [caller.person_id, *(f"group:{group}" for group in caller.groups)]
    return dict(tuple(row) for row in await look.fetch(sql, me=caller.person_id, targets=targets, ids=record_ids))


def _add(total: dict[str, Any], one: dict[str, Any]) -> None:
    for name in TALLY:
        total[name] += int(one[name])
