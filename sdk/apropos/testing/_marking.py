"""What the fake does with a comment that is there: edit, withdraw, restore, react, see."""

import re
from difflib import SequenceMatcher
from typing import Any

from ._discussing import must_be_open
from ._filing import files_of
from ._settling import must_be_proposed, must_stand, unaccept
from ._world import Refused, Shape, World, now, rendered, wrong

INFORMATION = "\N{INFORMATION SOURCE}"
"""The one emoji that is a letter."""


def edit_comment(world: World, asked: Any) -> Any:
    """Change what a comment says; its history keeps what it said."""
    comment, body = _own(world, asked), asked.only("body").get("body")
    asked.unless_stale(comment)
    must_be_open(world.thread(comment["thread_id"]))
    if not isinstance(body, str) or not body.strip():
        raise wrong("body", "is a text of 1 to 10,000 characters")
    must_stand(comment)
    if body != comment["body"]:
        must_be_proposed(comment)
        before = _version(comment, replaced_by=asked.actor, replaced_at=now())
        world.versions.setdefault(comment["id"], []).append(before)
        _tell(world, asked, comment, "comment.edited", before=before["body"], **rendered(body), edited_at=now())
    return comment


def withdraw_comment(world: World, asked: Any) -> Any:
    """Take one's own comment back, or another's away; its place stays."""
    comment, reason = world.comment(asked.id), asked.query.get("reason")
    removes = comment["author"] != asked.actor
    if reason is not None and not removes:
        raise wrong("reason", "goes with removing what somebody else wrote")
    asked.unless_stale(comment)
    if comment["withdrawn_at"] is None:
        world.thread(comment["thread_id"])["comment_count"] -= 1
        world.withdrawn[comment["id"]] = {name: comment[name] for name in ("body", "html", "mentions")}
        removed = {"by": asked.actor, "reason": reason, "at": now()} if removes else None
        gone: Shape = {"body": "", "html": "", "mentions": [], "attachments": [], "withdrawn_at": now(), "removed": removed}
        _tell(world, asked, comment, "comment.withdrawn", **gone)
        for question in [one for one in world.said_in(comment["thread_id"]) if one.get("answer_id") == comment["id"]]:
            unaccept(world, asked.actor, question)
    return comment


def restore_comment(world: World, asked: Any) -> Any:
    """Bring a withdrawn comment back."""
    comment = world.comment(asked.id)
    if comment["withdrawn_at"] is not None:
        world.thread(comment["thread_id"])["comment_count"] += 1
        said = world.withdrawn.pop(comment["id"])
        said["attachments"] = files_of(world, comment["id"])
        _tell(world, asked, comment, "comment.restored", **said, withdrawn_at=None, removed=None)
    return comment


def comment_history(world: World, asked: Any) -> Any:
    """Return every version of a comment, oldest first, each told apart from the one before."""
    comment = world.comment(asked.id)
    last = _version({**comment, **world.withdrawn.get(comment["id"], {})}, replaced_by=None, replaced_at=None)
    told: list[Shape] = []
    for one in (*world.versions.get(comment["id"], []), last):
        before = told[-1] if told else {"replaced_by": comment["author"], "replaced_at": comment["posted_at"], "body": None}
        pieces = None if before["body"] is None else _difference(before["body"], one["body"])
        told.append({**one, "written_by": before["replaced_by"], "written_at": before["replaced_at"], "difference": pieces})
    return {"data": told, "next": None}


def add_reaction(world: World, asked: Any) -> Any:
    """Put a person's emoji on a comment."""
    return _react(world, asked, add=True)


def remove_reaction(world: World, asked: Any) -> Any:
    """Take a person's emoji back."""
    return _react(world, asked, add=False)


def mark_seen(world: World, asked: Any) -> Any:
    """Say that a person saw a comment."""
    comment, person_id = world.comment(asked.id), asked.person()
    if person_id not in comment["seen_by"]:
        must_stand(comment)
        _tell(world, asked, comment, "comment.seen", version=comment["version"] - 1, seen_by=[*comment["seen_by"], person_id])
    return comment


def unmark_seen(world: World, asked: Any) -> Any:
    """Take back that a person saw a comment."""
    comment, person_id = world.comment(asked.id), asked.person()
    if person_id in comment["seen_by"]:
        others = [one for one in comment["seen_by"] if one != person_id]
        _tell(world, asked, comment, "comment.seen", version=comment["version"] - 1, seen_by=others)
    return comment


def _react(world: World, asked: Any, *, add: bool) -> Shape:
    comment, person_id, emoji = world.comment(asked.id), asked.person(), asked.emoji
    if emoji.isascii() or any(char.isspace() or (char.isalpha() and char != INFORMATION) for char in emoji):
        raise wrong("emoji", "is exactly one emoji, such as 👍")
    chosen = {one["emoji"]: one["people"] for one in comment["reactions"]}
    people = chosen.get(emoji, [])
    if add != (person_id in people):
        if add:
            must_stand(comment)
        chosen[emoji] = [*people, person_id] if add else [one for one in people if one != person_id]
        reactions = [{"emoji": name, "people": who, "count": len(who)} for name, who in chosen.items() if who]
        kind = "reaction.added" if add else "reaction.removed"
        _tell(world, asked, comment, kind, version=comment["version"] - 1, reactions=reactions)
    return comment


def _own(world: World, asked: Any) -> Shape:
    comment = world.comment(asked.id)
    if comment["author"] != asked.actor:
        raise Refused(403, "forbidden", "Only its author may do that.")
    return comment


def _tell(
    world: World, asked: Any, comment: Shape, kind: str, *, before: Any = None, version: int | None = None, **changed: Any
) -> None:
    """Change the comment, and its version by one; a mark gives `version` so that it stays."""
    comment.update(changed, version=(comment["version"] if version is None else version) + 1)
    facts = {"before": before} if before is not None else {}
    world.tell(kind, asked.actor, world.thread(comment["thread_id"]), comment=comment, **facts)


def _difference(before: str, after: str) -> list[tuple[str, str]]:
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        pieces += [(" ", "".join(old[a:b]))] if kind == "equal" else [("-", "".join(old[a:b])), ("+", "".join(new[c:d]))]
    return [piece for piece in pieces if piece[1]]


def _version(comment: Shape, **replaced: Any) -> Shape:
    return {"version": comment["version"], "body": comment["body"], "html": comment["html"], **replaced}
