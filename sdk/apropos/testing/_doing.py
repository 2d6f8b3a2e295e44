"""What the fake does with actions: add, change, do, drop, list."""

import json
from typing import Any

from .._ids import new_id
from ._discussing import must_be_open
from ._due import due_at
from ._looking import paged
from ._settling import turn_comment
from ._world import Refused, Shape, World, now, wrong

TOLD = {"done": "action.done", "dropped": "action.dropped", "open": "action.reopened"}


def list_actions(world: World, asked: Any) -> Any:
    """List the actions of a thread, oldest first."""
    return paged(asked, world.actions_of(world.thread(asked.id)["id"]))


def add_action(world: World, asked: Any) -> Any:
    """Add something to do to an open thread."""
    return _add(world, asked, world.thread(asked.id), asked.only("id", "text", "assignee", "due_at", "comment_id"))


def turn_into(world: World, asked: Any) -> Any:
    """Make a comment another kind, or an action of its first line."""
    if asked.body.get("kind") != "action":
        return turn_comment(world, asked)
    comment = world.comment(asked.id)
    draft = {name: value for name, value in asked.only("kind", "id", "assignee", "due_at").items() if name != "kind"}
    text = comment["body"].strip().partition("\n")[0][:500]
    return _add(world, asked, world.thread(comment["thread_id"]), {**draft, "text": text, "comment_id": comment["id"]})


def change_action(world: World, asked: Any) -> Any:
    """Change an action, do it, drop it or open it again."""
    if asked.id not in world.actions:
        raise Refused(404, "not_found", "There is nothing here that the caller can see.")
    action, patch = world.actions[asked.id], dict(asked.only("text", "assignee", "due_at", "state", "reason"))
    asked.unless_stale(action)
    thread = world.thread(action["thread_id"])
    if thread["status"] == "archived":
        must_be_open(thread)
    state, reason = patch.pop("state", action["state"]), patch.pop("reason", action["reason"])
    if (state == "dropped") != bool(reason) and (state == "dropped" or "reason" in asked.body):
        raise wrong("reason", "is one line that says why it is dropped, and goes with that")
    if "due_at" in patch:
        patch["due_at"] = due_at(world, patch["due_at"], patch.get("assignee", action["assignee"]), before=action["due_at"])
    members = sorted(name for name, value in patch.items() if action[name] != value)
    moves = state != action["state"]
    if members or moves:
        ends = {"done_at": now(), "done_by": asked.actor} if state == "done" else {"done_at": None, "done_by": None}
        action.update(patch, reason=reason if state == "dropped" else None, version=action["version"] + 1)
        action.update({"state": state, **ends} if moves else {})
    if members:
        world.tell("action.changed", asked.actor, thread, action=action, members=members)
    if moves:
        world.tell(TOLD[state], asked.actor, thread, action=action)
    return action


def _add(world: World, asked: Any, thread: Shape, draft: Shape) -> Any:
    print_ = json.dumps([asked.actor, thread["id"], draft], sort_keys=True)
    before = world.actions.get(draft.get("id", ""))
    if before is not None:
        if world.drafts[before["id"]] != print_:
            raise Refused(409, "id_conflict", "Something else was already created with this id.")
        return before
    must_be_open(thread)
    text = draft.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > 500:  # noqa: PLR2004 the contract's number
        raise wrong("text", "is one line of 1 to 500 characters")
    assignee = draft.get("assignee")
    action = {
        "id": draft.get("id") or new_id("act"), "thread_id": thread["id"], "comment_id": draft.get("comment_id"), "text": text,
        "assignee": assignee, "due_at": due_at(world, draft.get("due_at"), assignee), "state": "open", "reason": None,
        "done_at": None, "done_by": None, "created_by": asked.actor, "created_at": now(), "version": 1,
    }  # fmt: skip
    world.actions[action["id"]], world.drafts[action["id"]] = action, print_
    world.tell("action.added", asked.actor, thread, action=action)
    return 201, action
