"""What the fake does when a host erases a record or a person."""

from typing import Any
from uuid import uuid4

from ._describing import known
from ._world import Refused, Shape, World, now


def erase_record(world: World, asked: Any) -> Any:
    """Erase a record with all its discussions."""
    record = known(world, asked.query["record"])
    name = record["record"]
    if asked.query["record"] in world.merged and asked.query["record"] != name:
        raise Refused(409, "record_is_merged", f"{asked.query['record']} went into {name}.", record=name)
    gone = {thread_id for thread_id, thread in world.threads.items() if thread["record"] == name}
    world.comments = {one: comment for one, comment in world.comments.items() if comment["thread_id"] not in gone}
    world.threads = {one: thread for one, thread in world.threads.items() if one not in gone}
    world.former = {old: new for old, new in world.former.items() if new != name}
    world.log = [_redacted(one) if one["thread_id"] in gone or one["record"] == name else one for one in world.log]
    del world.records[name]
    world.tell("record.erased", asked.actor, {"id": record["id"], "record": None})
    world.log[-1]["data"] = {"record": None}


def erase_person(world: World, asked: Any) -> None:
    """Erase a person: what they wrote is a stub of somebody whom nobody knows."""
    gone, mark = asked.query["person_id"], f"~{uuid4().hex[:22]}"
    theirs = [comment for comment in world.comments.values() if comment["author"] == gone]
    if not theirs and world.people.pop(gone, None) is None:
        raise Refused(404, "not_found", f"Nobody is known as {gone}.")
    world.people.pop(gone, None)
    world.people[mark] = {"id": mark, "name": "Erased person", "guest": False}
    for comment in theirs:
        thread = world.threads[comment["thread_id"]]
        thread["comment_count"] -= comment["withdrawn_at"] is None
        comment.update(author=mark, body="", html="", mentions=[], attachments=[], withdrawn_at=now())
        world.tell("comment.withdrawn", asked.actor, thread, comment=comment)
    world.note("person.erased", mark)


def _redacted(envelope: Shape) -> Shape:
    """What happened stays, what was said does not."""
    data: Shape = {name: {} if name == "changes" else None for name in envelope["data"]}
    return {**envelope, "record": None, "data": data}
