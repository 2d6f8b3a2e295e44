"""Who is told of an entry, and what it takes back. Pure: what it needs is in the scene.

Law: nobody is told of what they did themselves; of what an event is to somebody the strongest reason is told, once (a
question put to somebody by name is a mention too). Whether they may know is asked elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..events.log import Entry
from ..threads.model import Comment
from .notice import OWED, Notice, Void, stronger
from .scene import Scene

SPONSOR, THREAD = "sponsor", "thread"
"""What causes an assignment or a date, where it is not an action."""
SAID = frozenset({"asked", "mention", "answered", "came_of_it", "decided", "due", "reply", "reaction"})
"""What goes when the comment that it is about goes."""
DUE = {"notice.due_soon", "notice.overdue", "notice.review_due"}
Told = tuple[Iterable[str | None], Notice]
"""To whom something is a notice."""


def told(entry: Entry, scene: Scene) -> list[tuple[str, Notice]]:
    """Return the notices that an entry is, each with the person to whom it is one."""
    thread_id = entry.thread_id or ""
    if thread_id not in scene.threads:
        return []
    comment = scene.comments.get(scene.facts[entry.position].get("comment_id") or "")
    if entry.type == "comment.restored" and comment is not None:  # it is what its author said then, whoever brought it back
        entry = replace(entry, actor_id=comment.author, at=comment.posted_at, seq=comment.seq)
    action = scene.actions.get(scene.facts[entry.position].get("action_id") or "")
    if entry.type == "action.reopened" and action is not None and action.assignee == entry.actor_id:  # it is owed again as it was
        entry = replace(entry, actor_id=action.created_by)
    hearing = scene.hearing.get(thread_id, {})
    asked: dict[str, Notice] = {}
    others: dict[str, Notice] = {}
    for people, one in _notices(entry, scene):
        found = asked if one.reason == "asked" and one.cause == one.comment_id else others
        for who in people:
            hears = hearing.get(who or "")
            if who is None or who == entry.actor_id or (hears and hears.level == "none" and one.reason not in OWED):
                continue
            found[who] = stronger(found[who], one) if who in found else one
    return [*asked.items(), *others.items()]


def _notices(entry: Entry, scene: Scene) -> Iterator[Told]:
    fact, thread = scene.facts[entry.position], scene.threads[entry.thread_id or ""]
    comment, action = scene.comments.get(fact.get("comment_id") or ""), scene.actions.get(fact.get("action_id") or "")
    match entry.type:
        case "thread.opened":
            yield _notice(entry, [thread.sponsor], "assigned", SPONSOR)
            yield _notice(entry, thread.members if thread.visibility == "restricted" else (), "visibility", THREAD)
        case "thread.changed" if "sponsor" in fact.get("members", ()):
            yield _notice(entry, [thread.sponsor], "assigned", SPONSOR)
        case "thread.widened" if thread.visibility == "restricted":
            yield _notice(entry, [one for one in fact["newly"] if one in thread.members], "visibility", THREAD)
        case "thread.resolved":
            yield from _used(entry, scene)
            yield _notice(entry, _watchers(entry, scene), "resolved", THREAD)
        case "thread.reopened":
            yield _notice(entry, _watchers(entry, scene), "reopened", THREAD)
        case "comment.posted" | "comment.restored" if comment is not None and comment.withdrawn_at is None:
            yield from _said(entry, comment, scene)
        case "mention.added" if comment is not None and comment.withdrawn_at is None:
            yield from _mentioned(entry, comment, [fact["person_id"]], scene)
        case "comment.turned" if comment is not None and comment.withdrawn_at is None and comment.kind == "question":
            yield from _mentioned(entry, comment, [one for one in comment.mentions if not _is_group(one)], scene)
        case "reaction.added" if comment is not None and comment.withdrawn_at is None:
            yield _notice(entry, [comment.author], "reaction", comment.id, comment_id=comment.id)
        case "answer.accepted" if comment is not None:
            answer = scene.comments.get(fact["answer_id"])
            yield _notice(entry, [answer.author] if answer else (), "came_of_it", fact["answer_id"], comment_id=fact["answer_id"])
            yield _notice(entry, [comment.author], "answered", THREAD, comment_id=fact["answer_id"])
        case "decision.recorded" if comment is not None:
            yield from _used(entry, scene)
            yield _notice(entry, [comment.author, *_watchers(entry, scene)], "decided", comment.id, comment_id=comment.id)
        case "action.added" | "action.reopened" if action is not None:
            yield _notice(entry, [action.assignee], "assigned", action.id, action_id=action.id, comment_id=action.comment_id)
        case "action.changed" if action is not None and "assignee" in fact.get("members", ()):
            yield _notice(entry, [action.assignee], "assigned", action.id, action_id=action.id, comment_id=action.comment_id)
        case "action.done" | "action.dropped" if action is not None:
            yield _notice(entry, [action.created_by], "came_of_it", action.id, action_id=action.id, comment_id=action.comment_id)
        case kind if kind in DUE:
            cause = fact.get("action_id") or fact.get("comment_id") or THREAD
            about = {"action_id": fact.get("action_id"), "comment_id": fact.get("comment_id")}
            yield _notice(entry, fact.get("owed_by", ()), "due", cause, **about)


def voids(entry: Entry, scene: Scene) -> list[Void]:
    """Return what an entry takes back."""
    fact, thread = scene.facts[entry.position], scene.threads.get(entry.thread_id or "")
    if thread is None:
        return []
    comment, action = scene.comments.get(fact.get("comment_id") or ""), scene.actions.get(fact.get("action_id") or "")
    members = fact.get("members", ())
    match entry.type:
        case "thread.changed":
            found = []
            if "sponsor" in members:
                found.append(_void(entry, "assigned", cause=SPONSOR, but=[thread.sponsor]))
            if "due_at" in members:
                found.append(_void(entry, "due", cause=THREAD))
            return found
        case "thread.resolved":
            return [_void(entry, "reopened"), _void(entry, "due", cause=THREAD)]
        case "thread.reopened":
            return [_void(entry, "resolved")]
        case "comment.withdrawn" if comment is not None and comment.withdrawn_at is not None:
            return [Void(thread.id, SAID, comment_id=comment.id, standing=scene.standing.get(thread.id, ()))]
        case "comment.edited" if comment is not None:
            return [_void(entry, "mention", "asked", cause=comment.id, but=_everybody(comment.mentions, scene))]
        case "comment.turned" if comment is not None and comment.kind != "question":
            return [_void(entry, "asked", cause=comment.id)]
        case "reaction.removed" if comment is not None:
            standing = scene.reactions.get(comment.id, ())
            return [Void(thread.id, frozenset({"reaction"}), cause=comment.id, standing=standing)]
        case "answer.withdrawn":
            return [_void(entry, "came_of_it", cause=fact["answer_id"])]
        case "action.done" | "action.dropped":
            return [_void(entry, "assigned", "due", cause=fact["action_id"])]
        case "action.reopened":
            return [_void(entry, "came_of_it", cause=fact["action_id"])]
        case "action.changed" if action is not None:
            due = [_void(entry, "due", cause=action.id)] if "due_at" in members or "assignee" in members else []
            return due + ([_void(entry, "assigned", cause=action.id, but=[action.assignee])] if "assignee" in members else [])
    return []


def _said(entry: Entry, comment: Comment, scene: Scene) -> Iterator[Told]:
    yield from _mentioned(entry, comment, comment.mentions, scene)
    askers = scene.askers.get((comment.thread_id, comment.number), ())
    yield _notice(entry, askers, "answered", THREAD, comment_id=comment.id)
    thread = scene.threads[comment.thread_id]
    opened_for = {thread.sponsor, *thread.members} if comment.number == 1 else ()  # they were told that it was opened
    people = [who for who in _watchers(entry, scene) if who not in opened_for]
    yield _notice(entry, people, "reply", THREAD, comment_id=comment.id)


def _mentioned(entry: Entry, comment: Comment, targets: Iterable[str], scene: Scene) -> Iterator[Told]:
    for target in targets:
        if _is_group(target):
            yield _notice(entry, scene.members.get(target.removeprefix("group:"), ()), "mention", comment.id, comment_id=comment.id)
        else:
            yield _notice(entry, [target], "mention", comment.id, comment_id=comment.id)
            if comment.kind == "question":
                yield _notice(entry, [target], "asked", comment.id, comment_id=comment.id)


def _used(entry: Entry, scene: Scene) -> Iterator[Told]:
    """Those whose accepted answers led there."""
    for answer_id, author in scene.answers.get(entry.thread_id or "", ()):
        yield _notice(entry, [author], "came_of_it", answer_id, comment_id=answer_id)


def _watchers(entry: Entry, scene: Scene) -> list[str]:
    return [who for who, hears in scene.hearing.get(entry.thread_id or "", {}).items() if hears.all_of(entry.seq, entry.at)]


def _notice(entry: Entry, people: Iterable[str | None], reason: str, cause: str, **about: Any) -> Told:
    where = entry.type, entry.actor_id, entry.at, entry.seq, entry.position
    return people, Notice(entry.thread_id or "", reason, cause, *where, **about)


def _void(entry: Entry, *reasons: str, cause: str | None = None, but: Iterable[str | None] = ()) -> Void:
    return Void(entry.thread_id or "", frozenset(reasons), cause, but=frozenset(who for who in but if who is not None))


def _everybody(targets: Iterable[str], scene: Scene) -> set[str]:
    """Return everybody whom these mentions reach."""
    return {who for one in targets for who in (scene.members.get(one.removeprefix("group:"), ()) if _is_group(one) else (one,))}


def _is_group(target: str) -> bool:
    return target.startswith("group:")
