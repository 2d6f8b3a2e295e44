"""Actions: something to do, by somebody, until some day.

Law: whoever may comment may add and change actions, and nobody is assigned what they cannot see. Work goes on after a
discussion is resolved, so what was added can still be changed; an archived thread takes nothing (docs/decisions).
"""

import hashlib
from typing import Any

import orjson

from ..database import Transaction
from ..errors import IdConflict, ValidationFailed, Versions, unless_stale
from ..events import settling as events
from ..ids import new
from ..records.model import Record
from .audience import Sight, blind
from .commands import reach
from .due import moment
from .kind_model import Action, TooManyActions
from .kind_wire import ActionDraft, ActionPatch
from .model import Comment, Thread

MOST = 500
TOLD = {"done": events.ActionDone, "dropped": events.ActionDropped, "open": events.ActionReopened}


class AssigneeCannotSee(ValidationFailed):
    """Whoever shall do it cannot see the record or the thread."""


async def add_action(tx: Transaction, thread_id: str, draft: ActionDraft, *, asked: str | None = None) -> tuple[Action, bool]:
    """Add something to do to an open thread. Tells whether it was added now; `asked` is the fingerprint of another draft.

    Appends `ActionAdded`. Raises `AssigneeCannotSee`, `TooManyActions`, and `ThreadIsResolved` or `ThreadIsArchived` when
    the discussion is over.
    """
    thread, record, _ = await reach(tx, thread_id, "comment")
    asked = asked or fingerprint(**draft.model_dump(exclude={"id"}))
    before = await tx.find(Action, draft.id) if draft.id else None
    if before is not None:
        await reach(tx, before.thread_id, "read")
        if (before.thread_id, before.created_by, before.draft) != (thread.id, tx.actor_id, asked):
            raise IdConflict
        return before, False
    thread.must_be_open()
    if draft.comment_id:
        came_from = await tx.look(Comment, draft.comment_id)
        if came_from is None or came_from.thread_id != thread.id:
            raise ValidationFailed.at("comment_id", "is a comment of the same thread")
    if thread.action_count >= MOST:
        raise TooManyActions(most=MOST)
    await _must_see(tx, thread, record, draft.assignee)
    due = await _due(tx, draft.due_at, draft.assignee)
    thread.action_count += 1
    thread.last_activity_at = tx.now
    action = tx.add(Action(
        tx.workspace_id, draft.id or new("act"), thread.id, thread.action_count, draft.comment_id, draft.text, draft.assignee, due,
        "open", reason=None, done_at=None, done_by=None, created_by=tx.actor_id, created_at=tx.now, version=1, draft=asked,
    ))  # fmt: skip
    tx.append(events.ActionAdded(action_id=action.id, assignee=action.assignee), on=thread, **thread.where())
    return action, True


def fingerprint(**asked: Any) -> str:
    """Return what tells whether two drafts ask for the same."""
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def change_action(tx: Transaction, action_id: str, patch: ActionPatch, version: Versions | None) -> Action:
    """Change an action: only what the patch names; done, dropped with a reason, or open again.

    Appends `ActionChanged`, and `ActionDone`, `ActionDropped` or `ActionReopened`. Raises `AssigneeCannotSee` and
    `ThreadIsArchived`.
    """
    found = await tx.look(Action, action_id)
    thread, record, _ = await reach(tx, found.thread_id if found else "", "comment")
    action = await tx.get(Action, action_id)
    unless_stale(action, version)
    thread.must_not_be_archived()
    changed = await _changed(tx, thread, record, action, patch)
    state = patch.state if "state" in patch.model_fields_set else action.state
    if not changed and state == action.state:
        return action
    for name, value in changed.items():
        setattr(action, name, value)
    action.version += 1
    thread.last_activity_at = tx.now
    members = tuple(sorted(name for name in changed if name != "reason" or state == action.state))
    if members:
        told = events.ActionChanged(action_id=action.id, members=members, assignee=action.assignee)
        tx.append(told, on=thread, **thread.where())
    if state != action.state:
        _move(tx, thread, action, state)
    return action


async def _changed(tx: Transaction, thread: Thread, record: Record, action: Action, patch: ActionPatch) -> dict[str, Any]:
    """Return the members that the patch gives another value."""
    given = {name: getattr(patch, name) for name in patch.model_fields_set if name != "state"}
    given["reason"] = _reason(action, patch)
    if given.get("assignee") not in (None, action.assignee):
        await _must_see(tx, thread, record, given["assignee"])
    if "due_at" in given:
        given["due_at"] = await _due(tx, patch.due_at, given.get("assignee", action.assignee), before=action.due_at)
    return {name: value for name, value in given.items() if getattr(action, name) != value}


def _reason(action: Action, patch: ActionPatch) -> str | None:
    """Return the reason that the patch leads to; only what is dropped has one."""
    named = "reason" in patch.model_fields_set
    if (patch.state if "state" in patch.model_fields_set else action.state) != "dropped":
        if patch.reason is not None:
            raise ValidationFailed.at("reason", "goes with the state dropped")
        return None
    reason = patch.reason if named else action.reason
    if reason is None:
        raise ValidationFailed.at("reason", "is one line that says why it is dropped")
    return reason


def _move(tx: Transaction, thread: Thread, action: Action, state: str) -> None:
    thread.done_count += (state == "done") - (action.state == "done")
    thread.dropped_count += (state == "dropped") - (action.state == "dropped")
    action.state = state
    action.done_at, action.done_by = (tx.now, tx.actor_id) if state == "done" else (None, None)
    tx.append(TOLD[state](action_id=action.id), on=thread, **thread.where())


async def _must_see(tx: Transaction, thread: Thread, record: Record, person_id: str | None) -> None:
    if person_id is None or person_id == tx.actor_id:
        return
    if await blind(await tx.reading(), tx.caller, [person_id], Sight.of(thread, record)):
        raise AssigneeCannotSee.at("assignee", "is somebody who can see the record and the thread")


async def _due(tx: Transaction, due: Any, assignee: str | None, *, before: int | None = None) -> int | None:
    at = await moment(tx, due, assignee)
    if at is not None and at != before and at <= tx.now:
        raise ValidationFailed.at("due_at", "is later than now")
    return at
