"""The audit log as callers see it."""

from typing import Any, Literal

from ..events.log import Entry
from ..events.sealing import MARK, kept
from ..people import wire as people
from ..wire import Shape, Time, rfc3339
from .queries import Page


class By(Shape):
    """By whose right something was done: a server key, an operator, the person's own token, or the service itself."""

    kind: Literal["key", "operator", "person", "service"]
    id: str | None
    name: str | None


class AuditEntry(Shape):
    """What was done: an event of a discussion, or something done to the workspace itself, which `about` names.

    `actor` is the person, `null` when nobody acted as one; `origin` the address it came from, `null` once that was forgotten.
    `data` says more, never what anybody wrote. `seal` is over this entry and all before it.
    """

    id: str
    type: str
    at: Time
    actor: people.Person | None
    by: By
    origin: str | None
    record: str | None
    thread_id: str | None
    about: str | None
    data: dict[str, Any]
    seal: str


def entries(page: Page) -> list[dict[str, Any]]:
    """Return a page's entries."""
    return [_entry(entry, page) for entry in page.entries]


def _entry(entry: Entry, page: Page) -> dict[str, Any]:
    facts = kept(entry.type, entry.data)
    return {
        "id": entry.id, "type": entry.type, "at": rfc3339(entry.at), "actor": page.people.get(entry.actor_id or ""),
        "by": _by(entry, page), "origin": None if MARK.fullmatch(entry.origin or "") else entry.origin,
        "record": page.records.get(entry.record_id or ""), "thread_id": entry.thread_id, "about": facts.pop("about", None),
        "data": facts, "seal": entry.seal,
    }  # fmt: skip


def _by(entry: Entry, page: Page) -> dict[str, str | None]:
    kind, _, name = (entry.caller or "").partition(":")
    if kind == "operator":
        return {"kind": "operator", "id": None, "name": name}
    if entry.caller is None:
        return {"kind": "person" if entry.actor_id else "service", "id": entry.actor_id, "name": None}
    return {"kind": "key", "id": entry.caller, "name": page.keys.get(entry.caller)}
