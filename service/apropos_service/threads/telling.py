"""Entries into envelopes: thin in the log, whole on the way out.

Law: what goes out is looked up now, so an erasure is an erasure everywhere, and each envelope knows who may hear it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..access.model import Workspace
from ..access.policy import Caller, level, may_see
from ..database import Reading
from ..events.catalog import AccessClosed, AccessRequested, RecordDescribed, RecordErased, RecordRedacted
from ..events.log import Entry
from ..people.queries import cards
from ..records import wire as record_wire
from ..records.model import Record
from ..wire import rfc3339
from . import changes, kinds, present
from .kind_model import Action
from .model import Comment, CommentVersion, Thread
from .queries import shown_comments, writers
from .request_model import AccessRequest
from .request_wire import request

THIN = {"comment_id", "action_id", "request_id", "mentions", "version", "changed", "was", "newly"}
"""Facts that do not go out as they are: what they point to does."""


@dataclass(frozen=True, slots=True)
class Told:
    """An envelope, and what decides who hears it. `before` goes only to those who may manage.

    `formerly` is the name that led to the record before it was renamed or merged here; `epoch` the workspace's, as it was
    when this was looked up: nobody hears it who is known from an earlier one. `was` is who saw the thread before, as its
    `{visibility, members}`, where that changed.
    """

    position: int
    envelope: dict[str, Any]
    thread: Thread | None
    record: Record | None
    before: str | None = None
    merged_id: str | None = None
    erased_id: str | None = None
    formerly: str | None = None
    epoch: int = 0
    was: dict[str, Any] | None = None

    def turns(self, caller: Caller) -> bool:
        """Tell whether the caller, who sees the record, sees the thread from here on and did not before, or no longer does."""
        if self.was is None or self.thread is None:
            return False
        before = may_see(caller, self.was["visibility"], self.was["members"])
        return before != may_see(caller, self.thread.visibility, self.thread.members)

    @property
    def anew(self) -> bool:
        """Whether no frame tells all that comes of it: the beginnings of what a merge brings, what is gone for good."""
        return self.merged_id is not None or self.envelope["type"] == RecordRedacted.type

    @property
    def plain(self) -> bool:
        """Whether all who see the record hear the same of it (guests only what is shared), and nobody has to read anew."""
        turned = self.record is None or self.was is not None or self.anew or self.formerly is not None
        restricted = self.thread is not None and self.thread.visibility == "restricted"
        return not (turned or restricted or self.before is not None or self.for_servers)

    @property
    def for_servers(self) -> bool:
        """Whether only the host's servers hear this."""
        return self.envelope["type"] in (AccessRequested.type, AccessClosed.type)

    def whole_for(self, caller: Caller) -> bool:
        """Tell whether this caller hears what was there before, too."""
        return self.before is not None and self.record is not None and level(caller, self.record.name, self.record.access) > 2  # noqa: PLR2004

    def spoken(self, *, whole: bool) -> dict[str, Any]:
        """Return the envelope as it is heard, `whole` by those who may manage."""
        return {**self.envelope, "data": {**self.envelope["data"], "before": self.before}} if whole else self.envelope

    def envelope_for(self, caller: Caller) -> dict[str, Any]:
        """Return the envelope as this caller hears it."""
        return self.spoken(whole=self.whole_for(caller))


async def tell(look: Reading, entries: Sequence[Entry], *, render: present.Render = "html") -> list[Told]:
    """Return what to tell of each entry, in order."""
    facts = [orjson.loads(entry.data) for entry in entries]
    threads = {row.id: row for row in await look.rows(Thread, "id = ANY(:ids)", ids=_ids(entry.thread_id for entry in entries))}
    records = {row.id: row for row in await look.rows(Record, "id = ANY(:ids)", ids=_ids(entry.record_id for entry in entries))}
    comments = await _comments(look, _ids(fact.get(name) for fact in facts for name in ("comment_id", "answer_id")), render=render)
    actions = await _actions(look, _ids(fact.get("action_id") for fact in facts))
    requests = await _requests(look, _ids(fact.get("request_id") for fact in facts))
    wrote = await writers(look, list(threads))
    shown = {
        row.id: present.thread(row, records[row.record_id], participants=wrote.get(row.id, []))
        for row in threads.values()
        if row.record_id in records
    }
    named = (
        present.people_of([*shown.values(), *comments.values(), *actions.values()])
        | {entry.actor_id for entry in entries}
        | {fact.get("person_id") for fact in facts}
        | {one for fact in facts for one in fact.get("owed_by", ())}
    )
    people, workspace = await cards(look, named), await look.row(Workspace)
    changed = await changes.told(look, entries)
    told = []
    for entry, fact in zip(entries, facts, strict=True):
        record = records.get(entry.record_id or "")
        about = {
            name: found.get(fact[f"{name}_id"])
            for name, found in (("comment", comments), ("answer", comments), ("action", actions), ("request", requests))
            if f"{name}_id" in fact
        }
        about |= {"thread": shown.get(entry.thread_id or "")} if entry.thread_id else {}
        about |= {"changes": changed[entry.position]} if entry.type == RecordDescribed.type else {}
        data = _data(entry, fact, about, record, people)
        envelope = {
            "id": entry.id, "type": entry.type, "timestamp": rfc3339(entry.at), "workspace": entry.workspace_id,
            "record": record.name if record else None, "thread_id": entry.thread_id,
            "actor": people.get(entry.actor_id or ""), "seq": entry.seq, "data": data,
        }  # fmt: skip
        before, thread_row = await _before(look, entry, fact), threads.get(entry.thread_id or "")
        erased_id = entry.record_id if entry.type == RecordErased.type else None
        formerly = fact.get({"record.merged": "merged", "record.renamed": "before"}.get(entry.type, ""))
        told.append(Told(
            entry.position, envelope, thread_row, record, before, fact.get("merged_id"), erased_id, formerly,
            epoch=workspace.epoch if workspace else 0, was=fact.get("was"),
        ))  # fmt: skip
    return told


def _data(
    entry: Entry, fact: dict[str, Any], about: dict[str, Any], record: Record | None, people: dict[str, Any]
) -> dict[str, Any]:
    if entry.type == "person.described":
        return {"person": people.get(fact["person_id"])}
    extra = {name: value for name, value in fact.items() if name not in THIN}
    if entry.type.startswith("record."):
        return {"record": record_wire.record(record) if record else None, **about, **extra}
    named = present.people_of(row for row in about.values() if row) | {
        entry.actor_id,
        fact.get("person_id"),
        *fact.get("owed_by", ()),
    }
    cards = {one: people[one] for one in sorted(named - {None}) if one in people}  # type: ignore[type-var]
    return {**about, "people": cards, **extra}


async def _comments(look: Reading, ids: list[str], *, render: present.Render) -> dict[str, dict[str, Any]]:
    rows = await look.rows(Comment, "id = ANY(:ids)", ids=ids)
    return {shown["id"]: shown for shown in await shown_comments(look, rows, render=render)}


async def _actions(look: Reading, ids: list[str]) -> dict[str, dict[str, Any]]:
    return {row.id: kinds.action(row) for row in await look.rows(Action, "id = ANY(:ids)", ids=ids)} if ids else {}


async def _requests(look: Reading, ids: list[str]) -> dict[str, dict[str, Any]]:
    rows = await look.rows(AccessRequest, "id = ANY(:ids)", ids=ids) if ids else []
    records = {row.id: row for row in await look.rows(Record, "id = ANY(:ids)", ids=_ids(row.record_id for row in rows))}
    return {row.id: request(row, records[row.record_id]) for row in rows}


async def _before(look: Reading, entry: Entry, fact: dict[str, Any]) -> str | None:
    if entry.type == "comment.withdrawn":
        row = await look.row(Comment, id=fact["comment_id"])
        return row.body if row else None
    if entry.type != "comment.edited":
        return None
    earlier = await look.row(CommentVersion, comment_id=fact["comment_id"], version=fact["version"] - 1)
    return earlier.body if earlier else None


def _ids(found: Any) -> list[str]:
    return sorted({one for one in found if one})
