"""Entries as they go out: whole threads and records around what is kept of them."""

from collections.abc import Sequence
from typing import Any

from ..access.policy import Caller
from ..database import Reading
from ..people.queries import cards
from ..records import wire as record_wire
from ..records.model import Record
from ..records.queries import level_on
from ..threads.kind_model import Action
from ..threads.model import Comment, Thread
from ..threads.present import Render, people_of
from ..threads.queries import shown_comments, shown_threads
from ..threads.request_wire import request
from ..threads.requested import Waiting
from ..wire import instant, rfc3339
from .queries import Waits
from .shelves import Lying

MINE = "assignee = :me AND state = 'open' AND due_at IS NOT NULL AND thread_id = ANY(:ids)"


async def shown(
    look: Reading, caller: Caller, found: Sequence[Lying | Waits], *, now: int, render: Render = "html"
) -> tuple[list[Any], dict[str, Any]]:
    """Return these entries as the caller sees them, and the cards of those they name."""
    rows = {row.id: row for row in await look.rows(Thread, "id = ANY(:ids)", ids=[one.thread_id for one in found])}
    records = {row.id: row for row in await look.rows(Record, "id = ANY(:ids)", ids=[one.record_id for one in found])}
    known = [(rows[one.thread_id], records[one.record_id]) for one in found]
    about = [(row, record, level_on(caller, record.name, record)) for row, record in known]
    threads, people = await shown_threads(look, caller, about, comments=False)
    due = await _due(look, caller, list(rows.values()))
    data = [
        {"thread": thread, "record": record_wire.record(record), "due_at": instant(due.get(one.thread_id)), **_state(one, now)}
        for one, thread, (_, record) in zip(found, threads, known, strict=True)
    ]
    said = await _said(look, data, render=render)
    named = {why["by"] for one in data for why in one["reasons"]} | people_of(said.values())
    for one in data:
        one["comment"] = said.get(_points_to(one) or "")
    return data, {**people, **await cards(look, named - people.keys())}


async def shown_requests(look: Reading, caller: Caller, found: Sequence[Waiting]) -> tuple[list[Any], dict[str, Any]]:
    """Return these requests as the caller sees them, and the cards of those they name."""
    about = [(one.thread, one.record, level_on(caller, one.record.name, one.record)) for one in found if one.thread]
    threads, people = await shown_threads(look, caller, about, comments=False) if about else ([], {})
    by_id = {one["id"]: one for one in threads}
    data = [
        {"request": request(one.row, one.record), "record": record_wire.record(one.record), "thread": by_id.get(one.row.thread_id)}
        for one in found
    ]
    named = {who for one in found for who in (one.row.person_id, one.row.asked_by)} - people.keys()
    return data, {**people, **await cards(look, named)}


async def _said(look: Reading, data: list[Any], *, render: Render) -> dict[str, Any]:
    """Return the comments that the entries point to, by id."""
    ids = sorted({about for one in data if (about := _points_to(one))})
    rows = await look.rows(Comment, "id = ANY(:ids) AND withdrawn_at IS NULL", ids=ids) if ids else []
    return {comment["id"]: comment for comment in await shown_comments(look, rows, render=render)}


def _points_to(entry: dict[str, Any]) -> str | None:
    """Return the comment of the strongest reason that has one."""
    return next((why["comment_id"] for why in entry["reasons"] if why["comment_id"]), None)


def _state(one: Lying | Waits, now: int) -> dict[str, Any]:
    if isinstance(one, Waits):
        since = rfc3339(one.since)
        apart = {"unread": False, "snoozed_until": None, "done_at": None}
        return {"reasons": [], "at": since, "waiting_since": since, **apart}
    put_off = one.snoozed_until if one.snoozed_until is not None and one.snoozed_until > now else None
    return {
        "reasons": [_reason(why) for why in one.reasons], "at": rfc3339(one.at), "unread": one.unread, "waiting_since": None,
        "snoozed_until": instant(put_off), "done_at": instant(one.done_at if one.done else None),
    }  # fmt: skip


def _reason(why: dict[str, Any]) -> dict[str, Any]:
    return {
        "reason": why["reason"], "event": why["event"], "by": why["by"], "at": rfc3339(why["at"]),
        "comment_id": why["comment_id"], "action_id": why["action_id"],
    }  # fmt: skip


async def _due(look: Reading, caller: Caller, threads: Sequence[Thread]) -> dict[str, int]:
    """Return when each thread is due for the caller: the thread, or the first of their own open actions in it."""
    due = {row.id: row.due_at for row in threads if row.due_at is not None and row.status == "open"}
    for action in await look.rows(Action, MINE, me=caller.must_be_person(), ids=[row.id for row in threads]):
        if action.due_at is not None:
            due[action.thread_id] = min(due.get(action.thread_id, action.due_at), action.due_at)
    return due
