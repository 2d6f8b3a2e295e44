"""What the fake does when people discuss: each write changes things and says so."""

import json
from typing import Any

from .._ids import new_id
from ._due import due_at
from ._filing import attached, waiting
from ._templates import filled
from ._world import PROPOSED, Refused, Shape, World, now, rendered, wrong

PURPOSE = ("title", "goal", "sponsor", "due_at", "labels", "metadata")


def open_thread(world: World, asked: Any) -> Any:
    """Open a thread with its first comment."""
    draft = asked.only("id", "record", "field", "body", "kind", "visibility", "members", "attachments", "template", *PURPOSE)
    before = world.threads.get(draft.get("id", ""))
    if before is not None:
        return _repeated_thread(world, before, draft, asked.actor)
    body, record = _body(draft), world.record(draft.get("record", ""))
    if record.get("archived_at") is not None:
        raise Refused(409, "record_is_archived", "Its discussions can be concluded, and no new one begins.")
    draft = filled(world, record, draft)
    must_be_restricted(draft)
    due = due_at(world, draft.get("due_at"), draft.get("sponsor"))
    purpose = {**{name: draft.get(name) for name in ("template", *PURPOSE)}, "due_at": due}
    thread = {
        "id": draft.get("id") or new_id("thr"), "record": record["record"], "field": draft.get("field"), "status": "open",
        "visibility": draft.get("visibility", "internal"), "members": draft.get("members"), **purpose,
        "labels": draft.get("labels") or [], "metadata": draft.get("metadata") or {}, "opened_by": asked.actor, "opened_at": now(),
        "last_activity_at": now(), "comment_count": 0, "seq": 0, "version": 1, "outcome": None,
        "value_then": record["fields"].get(draft.get("field")),
    }  # fmt: skip
    if thread["visibility"] == "restricted":
        thread["members"] = sorted({*(thread["members"] or ()), *([asked.actor] if asked.actor else ())})
    world.must_see(thread, rendered(body)["mentions"])
    files = waiting(world, record["record"], draft, asked.actor)
    world.threads[thread["id"]], world.drafts[thread["id"]] = thread, _fingerprint(asked.body)
    world.tell("thread.opened", asked.actor, thread)
    _say(world, thread, {"body": body, "kind": draft.get("kind", "comment")}, asked.actor, files)
    return 201, world.shown(thread, asked.actor)


def get_thread(world: World, asked: Any) -> Any:
    """Return a thread with its last comments."""
    return world.shown(world.thread(asked.id), asked.actor)


def change_thread(world: World, asked: Any) -> Any:
    """Change what a thread is for."""
    thread, patch = world.thread(asked.id), asked.only(*PURPOSE)
    asked.unless_stale(thread)
    empty: Shape = {"labels": [], "metadata": {}}
    changed = {name: empty.get(name) if value is None else value for name, value in patch.items()}
    if "due_at" in changed:
        changed["due_at"] = due_at(world, changed["due_at"], changed.get("sponsor", thread["sponsor"]), before=thread["due_at"])
    changed = {name: value for name, value in changed.items() if thread[name] != value}
    return alter(world, thread, asked.actor, "thread.changed", **changed)


def resolve_thread(world: World, asked: Any) -> Any:
    """End a discussion with an outcome."""
    thread, outcome = world.thread(asked.id), {"summary": "", "value": None, **asked.only("summary", "value")}
    asked.unless_stale(thread)
    kept = thread["outcome"] or {}
    if thread["status"] == "resolved" and {name: kept.get(name) for name in outcome} == outcome:
        return world.shown(thread, asked.actor)
    if thread["record"].partition(":")[0] in world.workspace.get("require_outcome", ()) and not outcome["summary"].strip():
        wanted = "says in a line what the discussion came to"
        raise Refused(422, "outcome_required", wanted, errors=[{"path": "summary", "message": wanted}])
    whole = {**outcome, "by": asked.actor, "at": now()}
    return alter(world, thread, asked.actor, "thread.resolved", status="resolved", outcome=whole)


def reopen_thread(world: World, asked: Any) -> Any:
    """Let a discussion go on."""
    thread = world.thread(asked.id)
    asked.unless_stale(thread)
    changed = {} if thread["status"] == "open" else {"status": "open", "outcome": None}
    return alter(world, thread, asked.actor, "thread.reopened", **changed)


def archive_thread(world: World, asked: Any) -> Any:
    """Put a discussion away."""
    thread = world.thread(asked.id)
    asked.unless_stale(thread)
    changed = {} if thread["status"] == "archived" else {"status": "archived"}
    return alter(world, thread, asked.actor, "thread.archived", **changed)


def watch_thread(world: World, asked: Any) -> Any:
    """Choose how much a person hears of a thread."""
    thread, level = world.thread(asked.id), asked.only("level").get("level")
    if level not in ("all", "mentions", "none"):
        raise wrong("level", "is all, mentions or none")
    world.watching[thread["id"], asked.person()] = level
    world.tell("watch.changed", asked.actor, thread, person_id=asked.actor, level=level)
    return world.shown(thread, asked.actor)


def read_thread(world: World, asked: Any) -> Any:
    """Take note of how far a person has read; never goes back."""
    thread, here = world.thread(asked.id), (asked.id, asked.person())
    world.read[here] = max(world.read.get(here, 0), min(asked.only("seq")["seq"], thread["seq"]))
    return world.shown(thread, asked.actor)["viewer"]


def post_comment(world: World, asked: Any) -> Any:
    """Post a comment to an open thread."""
    thread, draft = world.thread(asked.id), asked.only("id", "body", "kind", "quote_id", "attachments")
    before = world.comments.get(draft.get("id", ""))
    if before is not None:
        return _repeated_comment(world, before, {**draft, "thread_id": thread["id"]}, asked.actor)
    body = _body(draft)
    must_be_open(thread)
    world.must_see(thread, rendered(body)["mentions"])
    files = waiting(world, thread["record"], draft, asked.actor)
    return 201, _say(world, thread, {**draft, "body": body}, asked.actor, files)


def must_be_open(thread: Shape) -> None:
    """Raise 409 when the discussion is over."""
    if thread["status"] != "open":
        raise Refused(409, f"thread_is_{thread['status']}", f"The thread is {thread['status']}; reopen it to continue.")


def must_be_restricted(draft: Shape) -> None:
    """Raise 422 for members of a thread that is not restricted."""
    if draft.get("members") and draft.get("visibility") != "restricted":
        raise wrong("members", "goes with restricted: everybody else sees it by their access")


def _say(world: World, thread: Shape, draft: Shape, author: str | None, files: list[Shape]) -> Shape:
    comment = {
        "id": draft.get("id") or new_id("cmt"), "thread_id": thread["id"], "number": len(world.said_in(thread["id"])) + 1,
        "kind": draft.get("kind", "comment"), "author": author,
        **rendered(draft["body"]), "quote_id": draft.get("quote_id"), "attachments": [], "reactions": [], "seen_by": [],
        "posted_at": now(), "edited_at": None, "withdrawn_at": None, "version": 1, "seq": thread["seq"] + 1,
        "value_then": world.records[thread["record"]]["fields"].get(thread["field"]),
    }  # fmt: skip
    comment |= {"decision": dict(PROPOSED)} if comment["kind"] == "decision" else {}
    for card in files:
        card["comment_id"] = comment["id"]
    comment["attachments"] = [attached(card) for card in files]
    world.comments[comment["id"]] = comment
    thread.update(comment_count=thread["comment_count"] + 1, last_activity_at=now())
    world.tell("comment.posted", author, thread, comment=comment)
    if author:
        world.read[thread["id"], author] = thread["seq"]
    return comment


def alter(world: World, thread: Shape, actor: str | None, kind: str, **changed: Any) -> Shape:
    if changed:
        thread.update(changed, version=thread["version"] + 1)
        world.tell(kind, actor, thread)
    return world.shown(thread, actor)


def _body(draft: Shape) -> str:
    body = draft.get("body")
    if not isinstance(body, str) or not body.strip() or len(body) > 10_000:  # noqa: PLR2004 the contract's number
        raise wrong("body", "is a text of 1 to 10,000 characters")
    return body


def _repeated_thread(world: World, before: Shape, draft: Shape, actor: str | None) -> Shape:
    first = world.said_in(before["id"])[0]
    name = world.former.get(draft["record"], draft["record"])
    same = (before["record"], before["field"], before["opened_by"]) == (name, draft.get("field"), actor)
    same = same and world.drafts[before["id"]] == _fingerprint(draft)
    if not same or _first_text(world, first) != draft["body"]:
        raise Refused(409, "id_conflict", "Something else was already created with this id.")
    return world.shown(before, actor)


def _fingerprint(draft: Shape) -> str:
    apart = {"id", "record", "body", "attachments"}
    return json.dumps({name: value for name, value in draft.items() if name not in apart and value is not None}, sort_keys=True)


def _repeated_comment(world: World, before: Shape, draft: Shape, actor: str | None) -> Shape:
    same = (before["thread_id"], before["quote_id"], before["author"]) == (draft["thread_id"], draft.get("quote_id"), actor)
    if not same or _first_text(world, before) != draft["body"]:
        raise Refused(409, "id_conflict", "Something else was already created with this id.")
    return before


def _first_text(world: World, comment: Shape) -> Any:
    earlier = world.versions.get(comment["id"])
    return earlier[0]["body"] if earlier else comment["body"]
