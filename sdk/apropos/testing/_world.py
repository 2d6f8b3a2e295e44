"""What the fake keeps: one workspace, as the wire shows it, and the log of what happened.

Law: as in the real service, nothing changes without saying so in the log.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

from .._ids import new_id
from .._protocol import rfc3339

Shape = dict[str, Any]
PROPOSED: Shape = {
    "state": "proposed", "agree": [], "problems": [], "replaced_by": None, "review_at": None, "recorded_by": None,
    "recorded_at": None,
}  # fmt: skip

BY: Shape = {"kind": "key", "id": "key_01k0000000e00g0r40g30e209g", "name": "fake"}
"""By whose right everything is done here."""


class Refused(Exception):
    """A request that the service would refuse, with this status, code and further facts."""

    def __init__(self, status: int, code: str, detail: str, **facts: Any) -> None:
        """`detail` says what is wrong."""
        super().__init__(detail)
        self.status = status
        self.document = {
            "type": f"/problems/{code}", "title": detail, "status": status, "detail": detail, "code": code, **facts,
        }  # fmt: skip


def wrong(path: str, message: str) -> Refused:
    """Return the refusal of one wrong member."""
    return Refused(422, "validation_failed", f"{path}: {message}", errors=[{"path": path, "message": message}])


@dataclass
class World:
    """A workspace. Things are kept in the shape in which they go out; `log` in the order of happening."""

    workspace: Shape = field(default_factory=lambda: {"id": new_id("wsp"), "name": "Test", "version": 1})
    records: dict[str, Shape] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    people: dict[str, Shape] = field(default_factory=dict)
    threads: dict[str, Shape] = field(default_factory=dict)
    comments: dict[str, Shape] = field(default_factory=dict)
    actions: dict[str, Shape] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    doubted: set[tuple[str, str]] = field(default_factory=set)
    versions: dict[str, list[Shape]] = field(default_factory=dict)
    withdrawn: dict[str, Shape] = field(default_factory=dict)
    changes: dict[str, list[Shape]] = field(default_factory=dict)
    read: dict[tuple[str, str], int] = field(default_factory=dict)
    watching: dict[tuple[str, str], str] = field(default_factory=dict)
    marks: dict[tuple[str, str], Shape] = field(default_factory=dict)
    record_watches: dict[tuple[str, str], str] = field(default_factory=dict)
    liked: dict[str, Shape] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    requests: list[Shape] = field(default_factory=list)
    dismissed: set[str] = field(default_factory=set)
    group_names: dict[str, str] = field(default_factory=dict)
    templates: dict[tuple[str, str], Shape] = field(default_factory=dict)
    files: dict[str, tuple[Shape, bytes]] = field(default_factory=dict)
    keys: dict[str, dict[str, Shape]] = field(default_factory=lambda: {"key": {}, "signing": {}})
    hooks: dict[str, Shape] = field(default_factory=dict)
    owed: dict[str, dict[str, Shape]] = field(default_factory=dict)
    answered: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    record_seq: dict[str, int] = field(default_factory=dict)
    log: list[Shape] = field(default_factory=list)
    audit: list[Shape] = field(default_factory=list)

    def record(self, name: str) -> Shape:
        """Return the record of this name or former name, to change it; makes it when nobody spoke of it before."""
        kind, _, key = name.partition(":")
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,62}", kind) or not 1 <= len(key) <= 255:  # noqa: PLR2004 the contract's number
            raise wrong("record", "A record is written type:key, for example forecast_line:FL-7.")
        name = self.former.get(name, name)
        empty = {"id": new_id("rec"), "record": name, "type": kind, "key": key, "fields": {}, "labels": [], "version": 0}
        return self.records.setdefault(name, empty)

    def thread(self, thread_id: str) -> Shape:
        """Return the thread. Raises 404."""
        return _there(self.threads, thread_id)

    def comment(self, comment_id: str) -> Shape:
        """Return the comment. Raises 404."""
        return _there(self.comments, comment_id)

    def said_in(self, thread_id: str) -> list[Shape]:
        """Return the thread's comments, oldest first."""
        return [one for one in self.comments.values() if one["thread_id"] == thread_id]

    def actions_of(self, thread_id: str) -> list[Shape]:
        """Return the thread's actions, oldest first."""
        return [one for one in self.actions.values() if one["thread_id"] == thread_id]

    def steps(self, thread: Shape) -> Shape:
        """Return how far a thread came."""
        said = [one for one in self.said_in(thread["id"]) if not one["withdrawn_at"]]
        recorded = {one["id"] for one in said if (one.get("decision") or PROPOSED)["state"] == "recorded"}
        to_do = [one["state"] for one in self.actions_of(thread["id"]) if one["state"] != "dropped"]
        return {
            "asked": any(one["kind"] == "question" for one in said),
            "answered": any(one.get("answer_id") for one in said),
            "decided": bool(recorded) and not any(comment_id in recorded for comment_id, _ in self.doubted),
            "actions_done": to_do.count("done"), "actions": len(to_do),
        }  # fmt: skip

    def highlights(self, said: list[Shape]) -> list[Shape]:
        """Return what stays in sight of comments before the last 20."""
        answers = {one.get("answer_id") for one in said} - {None}
        standing = [one["id"] for one in said if (one.get("decision") or PROPOSED)["state"] == "recorded"]
        there = [one for one in said[1:-20] if not one["withdrawn_at"]]
        kept = [one for one in there if one.get("answer_id") or one["id"] in answers or one["id"] in standing]
        return [*said[:1], *kept] if len(said) > 20 else []  # noqa: PLR2004 the contract's number

    def waiting_since(self, thread: Shape) -> Any:
        """Return when the oldest question was asked that nobody else has written after and that has no accepted answer."""
        said = [one for one in self.said_in(thread["id"]) if not one["withdrawn_at"]] if thread["status"] == "open" else []
        for at, one in enumerate(said):
            replied = any(other["author"] != one["author"] for other in said[at:])
            if one["kind"] == "question" and not one.get("answer_id") and not replied:
                return one["posted_at"]
        return None

    def person(self, person_id: str) -> Shape:
        """Return somebody's card; of a stranger, one with their id for a name."""
        return self.people.get(person_id, {"id": person_id, "name": person_id, "guest": False})

    def why_blind(self, thread: Shape, person_id: str) -> str | None:
        """Return why somebody cannot see a thread: it is `restricted` to others, or `internal` and they a guest."""
        if thread["visibility"] == "restricted":
            return None if person_id in thread["members"] else "restricted"
        return "internal" if thread["visibility"] == "internal" and self.person(person_id).get("guest") else None

    def must_see(self, thread: Shape, mentions: list[str]) -> None:
        """Raise 422 when somebody is mentioned who cannot see the thread."""
        why = {one: self.why_blind(thread, one) for one in mentions if not one.startswith("group:")}
        blind = [{"id": one, "name": self.person(one)["name"], "why": found} for one, found in why.items() if found]
        if blind:
            detail = f"{', '.join(one['name'] for one in blind)} cannot see this discussion."
            raise Refused(422, "mention_refused", detail, people=blind, errors=[{"path": "body", "message": detail}])

    def tell(self, kind: str, actor: str | None, about: Shape, **data: Any) -> None:
        """Append to the log that this happened to a thread, or to a record when `about` is one."""
        is_record = "thread_id" not in about and "opened_at" not in about
        if is_record:
            seq = self.record_seq[about["id"]] = self.record_seq.get(about["id"], 0) + 1
        else:
            seq = about["seq"] = about["seq"] + 1
        shown = {name: dict(one) if isinstance(one, dict) else one for name, one in data.items()}
        self.log.append({
            "id": new_id("evt"), "type": kind, "timestamp": now(), "workspace": self.workspace["id"], "record": about.get("record"),
            "thread_id": None if is_record else about["id"], "actor": self.person(actor) if actor else None, "seq": seq,
            "data": {**shown, "record" if is_record else "thread": dict(about)},
        })  # fmt: skip
        happened = self.log[-1]
        self.audit.append({
            **{name: happened[name] for name in ("id", "type", "record", "thread_id", "actor")}, "at": happened["timestamp"],
            "by": BY, "origin": "127.0.0.1", "about": None, "data": {}, "seal": "",
        })  # fmt: skip

    def note(self, act: str, about: str, **facts: Any) -> None:
        """Say what was done to the workspace itself; only the audit log tells of it."""
        self.audit.append({
            "id": new_id("evt"), "type": act, "record": None, "thread_id": None, "actor": None, "at": now(), "by": BY,
            "origin": "127.0.0.1", "about": about, "data": facts, "seal": "",
        })  # fmt: skip

    def shown(self, thread: Shape, viewer: str | None, *, comments: bool = True) -> Shape:
        """Return a thread as it goes out, with its last 20 comments and people unless it is one of a list."""
        said = self.said_in(thread["id"])
        wrote = sorted({one["author"] for one in said if one["author"]})
        value = self.records[thread["record"]]["fields"].get(thread["field"])
        seq, here = self.read.get((thread["id"], viewer or ""), 0), (thread["id"], viewer or "")
        waiting = [one for one in said if one["seq"] > seq and one["author"] != viewer and not one.get("withdrawn_at")]
        mine = {"unread": len(waiting) if viewer else 0, "watching": self.watching.get(here, "mentions"), "read_seq": seq}
        whole = {
            **thread,
            "steps": self.steps(thread),
            "waiting_since": self.waiting_since(thread),
            "participants": wrote,
            "value_now": value,
            "viewer": {**mine, "can": ["read", "comment"]},
        }
        if not comments:
            return whole
        named = {*wrote, thread.get("sponsor"), thread["opened_by"]} - {None}
        return {
            **whole,
            "comments": said[-20:],
            "highlights": self.highlights(said),
            "changes": self.changes.get(thread["id"], [])[-50:],
            "actions": self.actions_of(thread["id"]),
            "people": {one: self.person(one) for one in sorted(named)},
        }


def now() -> str:
    """Return the time as the wire has it."""
    return rfc3339(datetime.now(UTC))


def rendered(body: str) -> Shape:
    """Return what goes with a body: safe HTML (plainer than the real one) and who is mentioned."""
    return {"body": body, "html": f"<p>{escape(body)}</p>", "mentions": list(dict.fromkeys(re.findall(r"<@([^>\s]+)>", body)))}


def _there(kept: dict[str, Shape], identity: str) -> Shape:
    if identity not in kept:
        raise Refused(404, "not_found", "There is nothing here that the caller can see.")
    return kept[identity]
