"""What the fake shows of a person's inbox: found anew from its log at every look, by the main rules of the real one."""

from datetime import UTC, datetime
from typing import Any

from ._world import Refused, Shape, World, now, wrong

SHELVES = ("for-you", "mentions", "assigned", "asked", "due", "followed", "waiting", "later")
ON = {"mention": "mentions", "assigned": "assigned", "asked": "asked", "due": "due", "reply": "followed", "resolved": "followed"}
RANK = ("asked", "assigned", "due", "mention", "answered", "came_of_it", "resolved", "reply", "reaction", "later")


def list_inbox(world: World, asked: Any) -> Any:
    """List what waits for a person, newest first."""
    person, shelf = asked.person(), asked.query.get("filter", "for-you")
    entries = _entries(world, person)
    lying = {name: [one for one in entries if name in _shelves(one)] for name in (*SHELVES, "done")}
    lying["waiting"] = _waiting(world, person)
    if shelf not in lying:
        raise wrong("filter", f"is one of {', '.join(lying)}")
    start = int(asked.query.get("cursor", 0))
    page = lying[shelf][start : start + asked.limit]
    requests = _requests(world, person)
    counts = {**{name: len(lying[name]) for name in SHELVES}, "unread": sum(one["unread"] for one in lying["for-you"])}
    counts["requests"] = len(requests)
    named = {why["by"] for one in page for why in one["reasons"]} - {None}
    named |= {who for one in requests for who in (one["request"]["person_id"], one["request"]["asked_by"])} - {None}
    following = start + len(page)
    return {
        "data": page, "next": str(following) if following < len(lying[shelf]) else None, "counts": counts,
        "requests": requests if shelf == "for-you" and start == 0 else [],
        "people": {one: world.person(one) for one in sorted(named)},
    }  # fmt: skip


def read_entries(world: World, asked: Any) -> Any:
    """Take note of what a person has read in their inbox."""
    draft, person = asked.only("thread_ids", "all_before"), asked.person()
    if not draft.get("thread_ids") and draft.get("all_before") is None:
        raise wrong("body", "name thread_ids, or all_before with a time")
    for one in _entries(world, person):
        if one["thread"]["id"] in draft.get("thread_ids", ()) or one["at"] <= (draft.get("all_before") or ""):
            _mark(world, person, one["thread"]["id"]).update(read=len(world.log), unread=False)


def unread_entries(world: World, asked: Any) -> Any:
    """Take back that a person has read some of their inbox."""
    draft, person = asked.only("thread_ids"), asked.person()
    if not draft.get("thread_ids"):
        raise wrong("thread_ids", "names at least one")
    for one in _entries(world, person):
        if one["thread"]["id"] in draft["thread_ids"]:
            _mark(world, person, one["thread"]["id"])["unread"] = True


def snooze(world: World, asked: Any) -> Any:
    """Put an entry off; a thread that was not in the inbox comes into it."""
    until, person = asked.only("until").get("until"), asked.person()
    if until is not None and datetime.fromisoformat(until) <= datetime.now(UTC):
        raise wrong("until", "is a time to come, or null to bring it back now")
    mark = _mark(world, person, world.thread(asked.id)["id"])
    mark.update(snoozed_until=until, done=0, done_at=None)
    mark.setdefault("wanted", [now(), len(world.log)])
    return _one(world, person, asked.id)


def be_done(world: World, asked: Any) -> Any:
    """Put an entry away until something new comes."""
    _one(world, asked.person(), asked.id)
    _mark(world, asked.person(), asked.id).update(
        done=len(world.log), done_at=now(), read=len(world.log), unread=False, snoozed_until=None
    )
    return _one(world, asked.person(), asked.id)


def undo(world: World, asked: Any) -> Any:
    """Bring an entry back."""
    _one(world, asked.person(), asked.id)
    _mark(world, asked.person(), asked.id).update(done=0, done_at=None)
    return _one(world, asked.person(), asked.id)


def watch_record(world: World, asked: Any) -> Any:
    """Choose how much a person hears of a record."""
    draft, person = asked.only("record", "level"), asked.person()
    if draft.get("level") not in ("all", "mentions", "none"):
        raise wrong("level", "is all, mentions or none")
    world.record_watches[world.record(draft["record"])["id"], person] = draft["level"]
    return _watch(world, draft["record"], person)


def get_watch(world: World, asked: Any) -> Any:
    """Return how much a person hears of a record."""
    return _watch(world, asked.query["record"], asked.person())


def _watch(world: World, name: str, person: str) -> Shape:
    record = world.records.get(world.former.get(name, name), {"record": name})
    own = world.record_watches.get((record.get("id", ""), person))
    return {"record": record["record"], "level": own, "watching": _on_record(world, record, person) or "mentions"}


def _on_record(world: World, record: Shape, person: str) -> str | None:
    own = world.record_watches.get((record.get("id", ""), person))
    above = world.records.get(record.get("parent") or "")
    return own or (_on_record(world, above, person) if above and above is not record else None)


def _entries(world: World, person: str) -> list[Shape]:
    found: dict[str, list[Shape]] = {}
    for position, event in enumerate(world.log, 1):
        thread = world.threads.get(event["thread_id"] or "")
        if thread is None or (event["actor"] or {}).get("id") == person:
            continue
        for reason in _reasons(world, event, thread, person, position):
            reasons = found.setdefault(thread["id"], [])
            cause = _cause(event) if reason not in ("reply", "answered") else ""
            reasons[:] = [one for one in reasons if (one["reason"], one["cause"]) != (reason, cause)]
            reasons.append({
                "reason": reason, "cause": cause, "event": event["type"], "by": (event["actor"] or {}).get("id"),
                "at": event["timestamp"], "comment_id": event["data"].get("comment", {}).get("id"),
                "action_id": event["data"].get("action", {}).get("id"), "position": position, "seq": event["seq"],
            })  # fmt: skip
    for (thread_id, who), mark in world.marks.items():
        if who == person and "wanted" in mark and thread_id in world.threads and thread_id not in found:
            at, position = mark["wanted"]
            found[thread_id] = [{"reason": "later", "event": "inbox.snoozed", "by": who, "at": at, "position": position, "seq": 0}]
    entries = [_entry(world, person, thread_id, reasons) for thread_id, reasons in found.items()]
    return sorted(entries, key=lambda one: -one["position"])


def _entry(world: World, person: str, thread_id: str, reasons: list[Shape]) -> Shape:
    thread, mark = world.threads[thread_id], world.marks.get((thread_id, person), {})
    position, seq = max(one["position"] for one in reasons), max(one["seq"] for one in reasons)
    read = not mark.get("unread") and (position <= mark.get("read", 0) or seq <= world.read.get((thread_id, person), 0))
    until = mark.get("snoozed_until")
    return {
        "thread": world.shown(thread, person, comments=False), "record": world.records[thread["record"]], "position": position,
        "reasons": sorted(reasons, key=lambda one: (RANK.index(one["reason"]), -one["position"])),
        "at": max(one["at"] for one in reasons), "unread": not read, "due_at": thread["due_at"], "waiting_since": None,
        "snoozed_until": until if until and datetime.fromisoformat(until) > datetime.now(UTC) else None,
        "done_at": mark.get("done_at") if mark.get("done", 0) >= position else None,
    }  # fmt: skip


def _requests(world: World, person: str) -> list[Shape]:
    """Return the requests for access that wait, the newest first: the fake tells everybody but who asked and guests."""
    waits = [one for one in reversed(world.requests) if one["id"] not in world.dismissed and one["asked_by"] != person]
    return [
        {"request": one, "record": world.records[one["record"]], "thread": one["thread_id"] and world.shown(
            world.threads[one["thread_id"]], person, comments=False
        )}
        for one in waits
        if one["record"] in world.records and not world.person(person).get("guest")
    ]  # fmt: skip


def _waiting(world: World, person: str) -> list[Shape]:
    found = []
    for thread in world.threads.values():
        since = world.waiting_since(thread)
        if since and any(one["posted_at"] == since and one["author"] == person for one in world.said_in(thread["id"])):
            own = {"position": 0, "seq": 0, "reason": "later", "event": "", "by": None, "at": since}
            found.append({**_entry(world, person, thread["id"], [own]), "reasons": [], "unread": False, "waiting_since": since})
    return found[::-1]


def _shelves(entry: Shape) -> set[str]:
    if entry["done_at"] or entry["snoozed_until"]:
        return {"done" if entry["done_at"] else "later"}
    reasons = {one["reason"] for one in entry["reasons"]}
    here = entry["thread"]["status"] == "open" or reasons & {"resolved", "came_of_it"}
    return {ON[one] for one in reasons if one in ON} | ({"for-you"} if here else set())


def _reasons(world: World, event: Shape, thread: Shape, person: str, position: int) -> list[str]:
    """Return what an event is to a person: the strongest reason, and that a question put to them by name is a mention too."""
    data, kind = event["data"], event["type"]
    chosen = world.watching.get((thread["id"], person))
    follows = chosen or ("all" if _drawn(world, thread, person, position) else None)
    action = world.actions.get(data.get("action", {}).get("id", ""), {})
    comment = world.comments.get(data.get("comment", {}).get("id", ""), {})
    found: dict[str, Any] = {
        "thread.opened": lambda: ["assigned"] if thread["sponsor"] == person else [],
        "thread.changed": lambda: ["assigned"] if thread["sponsor"] == person and _new_sponsor(world, event, position) else [],
        "thread.resolved": lambda: ["resolved"] if thread["status"] == "resolved" and follows == "all" else [],
        "action.added": lambda: ["assigned"] if action["assignee"] == person and action["state"] == "open" else [],
        "answer.accepted": lambda: ["came_of_it"] if _author(world, comment["answer_id"]) == person else [],
        "reaction.added": lambda: ["reaction"] if comment["author"] == person and comment["reactions"] else [],
        "comment.posted": lambda: [] if comment["withdrawn_at"] else _said(world, thread, comment, person, follows),
    }
    return found[kind]() if kind in found else []


def _author(world: World, comment_id: str | None) -> Any:
    return world.comments.get(comment_id or "", {}).get("author")


def _said(world: World, thread: Shape, comment: Shape, person: str, follows: str | None) -> list[str]:
    if person in comment["mentions"] and follows != "none":
        return ["asked", "mention"] if comment["kind"] == "question" else ["mention"]
    groups = [one.removeprefix("group:") for one in comment["mentions"] if one.startswith("group:")]
    if follows != "none" and any(person in world.groups.get(one, ()) for one in groups):
        return ["mention"]
    told_already = thread["sponsor"] == person and world.said_in(thread["id"])[0] is comment
    hears_all = (follows or _on_record(world, world.records[thread["record"]], person)) == "all"
    return [_reply(world, thread, comment, person)] if hears_all and not told_already else []


def _reply(world: World, thread: Shape, comment: Shape, person: str) -> str:
    before = [one for one in world.said_in(thread["id"]) if one["seq"] < comment["seq"] and not one["withdrawn_at"]]
    asked = [one["seq"] for one in before if one["kind"] == "question" and one["author"] == person]
    replied = [one for one in before if asked and one["seq"] > asked[0] and one["author"] != person]
    return "answered" if asked and not replied else "reply"


def _drawn(world: World, thread: Shape, person: str, position: int) -> bool:
    told = {event["data"]["comment"]["id"] for event in world.log[: position - 1] if event["type"] == "comment.posted"}
    said = [one for one in world.said_in(thread["id"]) if one["id"] in told]
    return thread["sponsor"] == person or any(one["author"] == person or person in one["mentions"] for one in said)


def _new_sponsor(world: World, event: Shape, position: int) -> bool:
    before = [one for one in world.log[: position - 1] if one["thread_id"] == event["thread_id"]]
    return bool(before) and before[-1]["data"]["thread"]["sponsor"] != event["data"]["thread"]["sponsor"]


def _cause(event: Shape) -> str:
    data = event["data"]
    return str((data.get("action") or data.get("comment") or {"id": "thread"})["id"])


def _mark(world: World, person: str, thread_id: str) -> Shape:
    return world.marks.setdefault((thread_id, person), {})


def _one(world: World, person: str, thread_id: str) -> Shape:
    for one in _entries(world, person):
        if one["thread"]["id"] == thread_id:
            return one
    raise Refused(404, "not_found", "There is nothing here that the caller can see.")
