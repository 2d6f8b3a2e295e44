"""What the fake answers when somebody only looks: conversations, lists, tallies, the log. Cursors are plain numbers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx

from ._searching import says, snippet
from ._world import Shape, World, wrong

TALLY = ("total", "open", "resolved", "overdue", "unread", "mentions")


def get_conversation(world: World, asked: Any) -> Any:
    """Return everything to paint a record's discussions, or that nothing changed."""
    name = world.former.get(asked.query["record"], asked.query["record"])
    kind, _, key = name.partition(":")
    card = world.records.get(name, {"id": None, "record": name, "type": kind, "key": key, "fields": {}, "version": 0})
    page = paged(asked, [world.shown(one, asked.actor) for one in _newest(world, asked, record=name)])
    people = {person_id: person for thread in page["data"] for person_id, person in thread["people"].items()}
    viewer = {"person_id": asked.actor, "level": "manage", "can": ["read", "comment"]}
    body = {"record": card, "threads": page["data"], "people": people, "viewer": viewer, "next": page["next"]}
    tag = f'"{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"'
    if asked.headers.get("if-none-match") == tag:
        return httpx.Response(304, headers={"ETag": tag})
    return httpx.Response(200, json={**body, "cursor": str(len(world.log))}, headers={"ETag": tag})


def list_threads(world: World, asked: Any) -> Any:
    """List threads across records, newest first."""
    found = [world.shown(one, asked.actor, comments=False) for one in _newest(world, asked)]
    if "q" in asked.query:
        found = [{**one, "snippet": snippet(world, one, asked.query["q"])} for one in found]
    return paged(asked, found)


def list_comments(world: World, asked: Any) -> Any:
    """List a thread's comments, oldest first: from where `before`, `after` or `around` says, or a cursor, or the beginning."""
    said = world.said_in(world.thread(asked.id)["id"])
    begin = {"before": lambda at: at - asked.limit, "after": lambda at: at + 1, "around": lambda at: at - asked.limit // 2}
    given = [name for name in begin if name in asked.query]
    if len(given) > 1:
        raise wrong(given[1], f"goes without {given[0]}")
    cursor = asked.query.get("cursor")
    start = _number(cursor, "cursor")
    end = start + asked.limit
    if given and cursor is None:
        edge = said.index(world.comment(asked.query[given[0]]))
        start = max(0, begin[given[0]](edge))
        end = edge if given == ["before"] else start + asked.limit
    following, previous = (str(end) if end < len(said) else None), (str(max(0, start - asked.limit)) if start else None)
    return {"data": said[start:end], "next": following, "previous": previous, "people": {}}


def ask_counts(world: World, asked: Any) -> Any:
    """Return tallies by record and field."""
    found = {}
    for name in asked.only("records")["records"]:
        whole: Shape = {**dict.fromkeys(TALLY, 0), "fields": {}}
        for thread in world.threads.values():
            if thread["record"] != world.former.get(name, name):
                continue
            places = [whole]
            if thread["field"] is not None:
                places.append(whole["fields"].setdefault(thread["field"], dict.fromkeys(TALLY, 0)))
            for place in places:
                for member, count in _tally(world, thread, asked.actor).items():
                    place[member] += count
        found[name] = whole
    return {"data": found}


def list_events(world: World, asked: Any) -> Any:
    """Return the log after a cursor; never waits."""
    start, types = _number(asked.query.get("after"), "after"), [one for one in asked.query.get("types", "").split(",") if one]
    wanted = [(at, one) for at, one in enumerate(world.log[start:], start + 1) if not types or one["type"] in types]
    page = wanted[: asked.limit]
    reached = page[-1][0] if len(wanted) > len(page) else max(start, len(world.log))
    return {"data": [one for _, one in page], "next": str(reached)}


def stream(world: World, asked: Any) -> Any:
    """Tell what happened on a record since the cursor, then end the line: whoever listens comes again."""
    record = asked.query["record"]
    start = _number(asked.query.get("after"), "after") if "after" in asked.query else len(world.log)
    lines = [_line("subscribed", {"record": record}, start)]
    for at, one in enumerate(world.log[start:], start + 1):
        if world.former.get(one["record"], one["record"]) == world.former.get(record, record):
            lines.append(_line(one["type"], one, at))
    return httpx.Response(200, content="".join(lines).encode(), headers={"Content-Type": "text/event-stream"})


def _newest(world: World, asked: Any, **fixed: str) -> list[Shape]:
    wanted = {**dict(asked.query), **fixed}
    if "record" in wanted:
        wanted["record"] = world.former.get(wanted["record"], wanted["record"])
    found = [one for one in world.threads.values() if all(_FITS[n](world, one, v) for n, v in wanted.items() if n in _FITS)]
    return found[::-1]


def paged(asked: Any, everything: list[Shape]) -> Shape:
    """Cursors name the last item told, so that what comes later neither repeats nor hides any."""
    cursor = asked.query.get("cursor")
    start = 1 + [one["id"] for one in everything].index(cursor) if cursor else 0
    page = everything[start : start + asked.limit]
    return {"data": page, "next": page[-1]["id"] if start + len(page) < len(everything) else None}


def _overdue(thread: Shape) -> bool:
    due = thread["due_at"]
    return thread["status"] == "open" and due is not None and datetime.fromisoformat(due) < datetime.now(UTC)


def _tally(world: World, thread: Shape, viewer: str | None) -> dict[str, int]:
    unread = world.shown(thread, viewer, comments=False)["viewer"]["unread"]
    seq = world.read.get((thread["id"], viewer or ""), 0)
    mentions = sum(viewer in one["mentions"] and one["seq"] > seq for one in world.said_in(thread["id"]))
    is_open, is_resolved = thread["status"] == "open", thread["status"] == "resolved"
    return dict(zip(TALLY, (1, is_open, is_resolved, _overdue(thread), unread, mentions), strict=True))


def _number(cursor: str | None, name: str) -> int:
    if cursor is not None and not cursor.isdigit():
        raise wrong(name, "is a cursor that an earlier answer of the same list gave")
    return int(cursor or 0)


def _line(kind: str, said: Shape, cursor: int) -> str:
    return f"event: {kind}\nid: {cursor}\ndata: {json.dumps(said)}\n\n"


_FITS: dict[str, Callable[[World, Shape, str], bool]] = {
    "record": lambda _, thread, name: thread["record"] == name,
    "type": lambda _, thread, name: thread["record"].partition(":")[0] == name,
    "parent": lambda world, thread, name: world.records[thread["record"]].get("parent") == name,
    "field": lambda _, thread, path: f"{thread['field']}/".startswith(f"{path}/"),
    "status": lambda _, thread, status: thread["status"] == status,
    "sponsor": lambda _, thread, person: thread["sponsor"] == person,
    "participant": lambda world, thread, person: any(one["author"] == person for one in world.said_in(thread["id"])),
    "overdue": lambda _, thread, yes: _overdue(thread) == (yes == "true"),
    "unanswered": lambda world, thread, yes: (world.waiting_since(thread) is not None) == (yes == "true"),
    "label": lambda _, thread, label: label in thread["labels"],
    "q": says,
}
