"""Rows into the shapes of the wire. Pure: what it needs is given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import orjson

from ..access.policy import CAN, RANK, Caller
from ..records.model import Record
from ..wire import instant, rfc3339
from . import kinds
from .model import Comment, Participation, Thread

Render = Literal["html", "nodes", "both"]
Reacted = Mapping[str, Mapping[str, list[str]]]


def thread(row: Thread, record: Record, *, participants: list[str]) -> dict[str, Any]:
    """Return the thread as it is to everybody; `viewer` is added by whoever knows one."""
    return {
        "id": row.id, "record": record.name, "field": row.field, "title": row.title, "status": row.status,
        "visibility": row.visibility, "goal": row.goal, "sponsor": row.sponsor, "due_at": instant(row.due_at),
        "template": row.template,
        "steps": steps(row), "waiting_since": instant(row.waiting_since if row.status == "open" else None),
        "value_then": row.value_then, "value_now": record.field(row.field), "outcome": _outcome(row.outcome),
        "opened_by": row.opened_by, "opened_at": rfc3339(row.opened_at), "last_activity_at": rfc3339(row.last_activity_at),
        "comment_count": row.comment_count, "participants": participants,
        "members": row.members if row.visibility == "restricted" else None,
        "labels": row.labels, "metadata": row.metadata, "seq": row.seq, "version": row.version,
    }  # fmt: skip


def steps(row: Thread) -> dict[str, bool | int]:
    """Return how far a thread came; dropped actions are nobody's to do."""
    return {
        "asked": row.question_count > 0,
        "answered": row.answered_count > 0,
        "decided": row.recorded_count > 0 and row.troubled_count == 0,
        "actions_done": row.done_count,
        "actions": row.action_count - row.dropped_count,
    }


def viewer(row: Thread, caller: Caller, rank: int, mine: Participation | None, watching: str) -> dict[str, Any]:
    """Return what the thread is to the caller, who hears `watching` of it."""
    if caller.person_id is None:
        return {"unread": 0, "watching": "none", "can": caller.may(can(row, rank, None)), "read_seq": row.seq}
    unread, read_seq = (mine.unread(row), mine.read_seq) if mine else (row.comment_count, 0)
    return {"unread": unread, "watching": watching, "can": caller.may(can(row, rank, caller.person_id)), "read_seq": read_seq}


def can(row: Thread, rank: int, person_id: str | None) -> list[str]:
    """Return what somebody with this rank may do with the thread as it stands."""
    narrow = ["narrow"] if may_narrow(row, person_id, rank) else []
    if row.status == "open":
        return [*CAN[rank], *(("change", "resolve", "archive") if rank > 1 else ()), *narrow]
    return [act for act in CAN[rank] if act != "comment"] + (["reopen"] if rank > 1 else []) + narrow


def may_narrow(row: Thread, person_id: str | None, rank: int) -> bool:
    """Tell whether somebody may take others' sight of a thread: who opened it, its sponsor, and those who manage."""
    mine = person_id is not None and person_id in (row.opened_by, row.sponsor)
    return rank >= RANK["manage"] or (rank >= RANK["comment"] and mine)


def comment(
    row: Comment,
    *,
    reacted: Mapping[str, list[str]],
    seen_by: list[str],
    attachments: Sequence[Any] = (),
    decision: Any = None,
    render: Render = "html",
) -> dict[str, Any]:
    """Return a comment, its text as `render` says; of a withdrawn one only its place. `decision` is what became of one."""
    gone = row.withdrawn_at is not None
    text: dict[str, Any] = {} if render == "nodes" else {"html": "" if gone else row.html}
    if render != "html":
        text["nodes"] = [] if gone else orjson.loads(row.nodes)
    return {
        "id": row.id, "thread_id": row.thread_id, "number": row.number, "kind": row.kind, "author": row.author,
        "body": "" if gone else row.body, **text,
        "quote_id": row.quote_id, "mentions": [] if gone else row.mentions, "attachments": list(attachments),
        "reactions": [{"emoji": emoji, "people": people, "count": len(people)} for emoji, people in reacted.items()],
        "seen_by": seen_by, "value_then": row.value_then, "posted_at": rfc3339(row.posted_at), "edited_at": instant(row.edited_at),
        "withdrawn_at": instant(row.withdrawn_at), "seq": row.seq, "version": row.version, **kinds.of_kind(row, decision),
        **({"removed": {**row.removed, "at": rfc3339(row.removed["at"])}} if row.removed else {}),
    }  # fmt: skip


def people_of(rows: Iterable[dict[str, Any]]) -> set[str | None]:
    """Return everybody whom these threads, comments and actions name."""
    named: set[str | None] = set()
    for row in rows:
        named.update((row.get("author"), row.get("sponsor"), row.get("opened_by")))
        named.update(row.get("participants") or (), row.get("members") or (), row.get("seen_by") or ())
        named.update(who for who in row.get("mentions") or () if not who.startswith("group:"))
        named.update(who for each in row.get("reactions") or () for who in each["people"])
        named.update((row.get(name) or {}).get("by") for name in ("outcome", "removed"))
        named.update(change["by"] for change in row.get("changes") or ())
        named.update(kinds.people_of(row))
    return named


def _outcome(outcome: Any) -> Any:
    return {**outcome, "at": rfc3339(outcome["at"])} if outcome else None
