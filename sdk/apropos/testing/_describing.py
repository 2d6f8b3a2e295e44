"""What the fake does when a host describes its records and people, or changes its workspace."""

from typing import Any

from .._ids import new_id
from ._world import Refused, Shape, World, now, wrong

CARD = frozenset({
    "title", "url", "status", "owner", "roles", "parent", "labels", "access", "archived", "archived_at", "fields", "record",
})  # fmt: skip


def describe_records(world: World, asked: Any) -> Any:
    """Add or update records; what is not named stays, a field set to null goes."""
    drafts = asked.only("records")["records"]
    if not 1 <= len(drafts) <= 500:  # noqa: PLR2004 the contract's number
        raise wrong("records", "is 1 to 500 records")
    for draft in drafts:
        if unknown := draft.keys() - CARD:
            raise wrong(f"records.{min(unknown)}", "is not known")
    return {"data": [_described(world, draft, asked.actor) for draft in drafts], "next": None}


def get_records(world: World, asked: Any) -> Any:
    """Return the cards of these records; those that are unknown are left out."""
    names = [world.former.get(name, name) for name in asked.query.get_list("record")]
    return {"data": [world.records[name] for name in dict.fromkeys(names) if name in world.records], "next": None}


def rename_record(world: World, asked: Any) -> Any:
    """Give a record another name; its threads stay and the old name leads there."""
    old, new = known(world, asked.only("from", "to")["from"]), asked.body["to"]
    if new in world.records and world.records[new] is not old:
        raise Refused(409, "record_exists", f"{new} exists; merge {old['record']} into it.")
    before = old["record"]
    kind, _, key = new.partition(":")
    old.update(record=new, type=kind, key=key, version=old["version"] + 1)
    world.records[new] = world.records.pop(before)
    world.former.pop(new, None)
    world.merged.discard(new)
    _lead(world, before, new)
    world.tell("record.renamed", asked.actor, old, before=before)
    return old


def merge_records(world: World, asked: Any) -> Any:
    """Move all threads of one record to another."""
    source, target = known(world, asked.only("from", "into")["from"]), world.record(asked.body["into"])
    if source is target:
        raise Refused(409, "conflict", "A record cannot be merged into itself.")
    del world.records[source["record"]]
    world.merged |= {name for name, leads in world.former.items() if leads == source["record"]} | {source["record"]}
    _lead(world, source["record"], target["record"])
    for name in ("title", "url", "status", "owner", "parent"):
        if target.get(name) is None:
            target[name] = source.get(name)
    target.update(fields={**source["fields"], **target["fields"]}, labels=[*dict.fromkeys([*target["labels"], *source["labels"]])])
    target["version"] += 1
    world.tell("record.merged", asked.actor, target, merged=source["record"])
    return target


def describe_people(world: World, asked: Any) -> Any:
    """Add or update people; what is not named stays."""
    for card in asked.only("people")["people"]:
        world.people[card["id"]] = {**world.person(card["id"]), **card}
    return {"data": [world.people[card["id"]] for card in asked.body["people"]], "next": None}


def describe_groups(world: World, asked: Any) -> Any:
    """Take note of groups, so that a mention of one reaches its members."""
    for one in asked.only("groups")["groups"]:
        world.note("group.described", one["id"], members=len(one["members"]))
    world.groups.update({one["id"]: one["members"] for one in asked.only("groups")["groups"]})
    world.group_names.update({one["id"]: one["name"] for one in asked.body["groups"]})
    return {"data": asked.only("groups")["groups"], "next": None}


def access_changed(world: World, asked: Any) -> None:
    """Take note that access changed; the fake asks nobody."""
    given = asked.only("people", "records")
    world.note("access.changed", world.workspace["id"], **{name: len(some) for name, some in given.items()})


def request_access(world: World, asked: Any) -> Any:
    """Ask for access; the same within a day is the same request. The fake lets nobody see more for it."""
    draft = asked.only("id", "record", "thread_id", "person_id", "comment")
    if ("record" in draft) == ("thread_id" in draft):
        raise wrong("record", "goes without thread_id, and one of them is needed")
    thread = world.thread(draft["thread_id"]) if "thread_id" in draft else None
    record = world.record(thread["record"] if thread else draft["record"])
    about = (record["record"], draft.get("thread_id"), draft.get("person_id") or asked.person(), asked.actor)
    names = ("record", "thread_id", "person_id", "asked_by")
    for before in world.requests:
        if tuple(before[name] for name in names) == about:
            return before
    made = {"id": draft["id"], **dict(zip(names, about, strict=True)), "comment": draft.get("comment"), "asked_at": now()}
    world.requests.append(made)
    world.tell("access.requested", asked.actor, record, request=made, person_id=made["person_id"])
    return 201, made


def dismiss_request(world: World, asked: Any) -> None:
    """Put a request for access away, for everybody."""
    made = next((one for one in world.requests if one["id"] == asked.id), None)
    if made is None:
        raise Refused(404, "not_found", "There is nothing here that the caller can see.")
    if made["id"] not in world.dismissed:
        world.dismissed.add(made["id"])
        world.tell(
            "access.closed", asked.actor, world.record(made["record"]), request=made, person_id=made["person_id"], seen=False
        )


def find_people(world: World, asked: Any) -> Any:
    """Find people by name or id, those first whose name begins so, and groups; in a thread, those who can see it."""
    thread = world.thread(asked.query["thread"]) if "thread" in asked.query else None
    if ids := asked.query.get_list("id"):
        seeing = [one for one in ids if thread is None or world.why_blind(thread, one) is None]
        return {"data": [world.person(one) for one in seeing], "groups": [], "next": None}
    wanted = asked.query.get("query", "").casefold()
    matching = [one for one in world.people.values() if wanted in f"{one['name']}\n{one['id']}".casefold()]
    found = sorted(
        (one for one in matching if thread is None or world.why_blind(thread, one["id"]) is None),
        key=lambda one: (not one["name"].casefold().startswith(wanted), one["name"].casefold(), one["id"]),
    )
    groups = [
        {"id": one, "name": name, "member_count": len(world.groups[one]), "reach": len(world.groups[one])}
        for one, name in world.group_names.items()
        if wanted and wanted in name.casefold()
    ]
    return {"data": found[: asked.limit], "groups": groups, "next": None}


def get_workspace(world: World, _: Any) -> Any:
    """Return the settings."""
    return world.workspace


def change_workspace(world: World, asked: Any) -> Any:
    """Change the settings; what is not named stays."""
    asked.unless_stale(world.workspace)
    shown_once = {"access_secret": "whsec_ZmFrZQ=="} if asked.body.get("access_url") else {}
    changed = asked.only("name", "access_url", "require_outcome", "time_zone")
    world.note("workspace.changed", world.workspace["id"], changed={
        name: {"before": world.workspace.get(name), "after": value} for name, value in changed.items()
    })  # fmt: skip
    world.workspace.update(changed, version=world.workspace["version"] + 1)
    return {**world.workspace, **shown_once}


def list_keys(world: World, asked: Any) -> Any:
    """List keys, newest first, without what opens anything."""
    hidden = {"key", "secret"}
    shown = [{name: one[name] for name in one.keys() - hidden} for one in world.keys[asked.kept].values()]
    return {"data": shown[::-1], "next": None}


def make_key(world: World, asked: Any) -> Any:
    """Make a server key or a signing key; its text is in this answer only."""
    key_id = asked.body.get("id") or new_id("key")
    if key_id in world.keys[asked.kept]:
        return _repeated_key(world.keys[asked.kept][key_id], asked.body)
    text = {"key": f"apk_{key_id[4:]}_fake"} if asked.kept == "key" else {"kid": key_id, "secret": f"aps_{key_id[4:]}"}
    world.keys[asked.kept][key_id] = {"scope": "full", **asked.body, "id": key_id, "created_at": now(), **text}
    world.note("key.created" if asked.kept == "key" else "signing_key.added", key_id)
    return 201, world.keys[asked.kept][key_id]


def end_key(world: World, asked: Any) -> Any:
    """Revoke a server key, or take a signing key away."""
    key_id = asked.query["id"]
    if key_id not in world.keys[asked.kept]:
        raise Refused(404, "not_found", "There is no such key.")
    world.note("key.revoked" if asked.kept == "key" else "signing_key.removed", key_id)
    if asked.kept == "key":
        world.keys["key"][key_id]["revoked_at"] = now()
    else:
        del world.keys["signing"][key_id]


def _repeated_key(before: Shape, draft: Shape) -> Shape:
    """Return the key without its text. Raises 409 when it was made otherwise."""
    if any(before.get(name) != value for name, value in draft.items()):
        raise Refused(409, "id_conflict", "Something else was already created with this id.")
    return {name: value for name, value in before.items() if name not in ("key", "secret")}


def _described(world: World, draft: Shape, actor: str | None) -> Shape:
    record = world.record(draft["record"])
    before = dict(record["fields"])
    given = {name: value for name, value in draft.items() if name not in ("record", "fields", "archived", "archived_at", "access")}
    fields = {name: value for name, value in (draft.get("fields") or {}).items() if value is not None}
    after = {name: {**before.get(name, {}), **value} for name, value in fields.items()}
    kept = {name: value for name, value in before.items() if name not in (draft.get("fields") or {})}
    record.update(given, fields={**kept, **after}, version=record["version"] + 1)
    if "archived" in draft:
        record["archived_at"] = now() if draft["archived"] else None
    if "archived_at" in draft:
        record["archived_at"] = draft["archived_at"]
    changes = {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in draft.get("fields") or {}
        if before.get(name, {}).get("value") != after.get(name, {}).get("value")
    }
    put_away = draft.get("archived") or draft.get("archived_at")
    world.tell("record.archived" if put_away else "record.described", actor, record, changes=changes)
    for thread in world.threads.values():
        if thread["record"] == record["record"] and thread["field"] in changes:
            line = {"at": world.log[-1]["timestamp"], "by": actor, **changes[thread["field"]]}
            world.changes.setdefault(thread["id"], []).append(line)
    return record


def known(world: World, name: str) -> Shape:
    name = world.former.get(name, name)
    if name not in world.records:
        raise Refused(404, "not_found", f"No record is called {name}.")
    return world.records[name]


def _lead(world: World, before: str, after: str) -> None:
    """Let the name and those that led there lead to the new one, with all threads."""
    world.former = {name: after if leads == before else leads for name, leads in world.former.items()} | {before: after}
    for thread in world.threads.values():
        if thread["record"] == before:
            thread["record"] = after
