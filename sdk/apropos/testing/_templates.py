"""What the fake does with templates. Everybody can see everything, and working days end at 17:00 UTC."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from .._protocol import rfc3339
from ._world import Refused, Shape, World, wrong

EMPTY: Shape = {
    "title": None, "goal": None, "sponsor_role": None, "due_in_days": None, "people": [], "question": None, "kind": None,
    "labels": [], "visibility": None,
}  # fmt: skip
FILLED = ("title", "goal", "sponsor", "due_at", "kind", "labels", "visibility")
SATURDAY = 5


def describe_templates(world: World, asked: Any) -> Any:
    """Add or update templates; what is not named stays."""
    for place, draft in enumerate(asked.only("templates")["templates"]):
        if unknown := draft.keys() - {"record_type", "name", "position", *EMPTY}:
            raise wrong(f"templates.{place}.{min(unknown)}", "is not known")
    return {"data": [_described(world, draft) for draft in asked.body["templates"]], "next": None}


def list_templates(world: World, asked: Any) -> Any:
    """List templates, resolved for a record if one is asked for."""
    record = asked.query.get("record")
    kind = asked.query.get("type") if record is None else world.former.get(record, record).partition(":")[0]
    found = [one for one in world.templates.values() if kind in (None, one["record_type"])]
    ordered = sorted(found, key=lambda one: (one["record_type"], one["position"], one["name"]))
    return {"data": ordered if record is None else [resolved(world, record, one) for one in ordered], "next": None}


def remove_template(world: World, asked: Any) -> Any:
    """Take a template away."""
    which = asked.query["record_type"], asked.query["name"]
    if which not in world.templates:
        raise Refused(404, "not_found", f"There is no template {which[1]} for {which[0]}.")
    del world.templates[which]
    world.note("template.removed", "/".join(which))


def filled(world: World, record: Shape, draft: Shape) -> Shape:
    """Return a thread's draft with what its template says of everything that it does not name."""
    name = draft.get("template")
    if name is None:
        return draft
    template = world.templates.get((record["type"], name))
    if template is None:
        known = ", ".join(name for kind, name in world.templates if kind == record["type"]) or "none"
        raise wrong("template", f"is one of those for {record['type']}: {known}")
    found = resolved(world, record["record"], template)
    return {**{member: found[member] for member in FILLED if found[member]}, **draft}


def resolved(world: World, record: str, template: Shape) -> Shape:
    """Return what a template comes to for a record."""
    card = world.records.get(world.former.get(record, record), {})
    roles = {**({"owner": card["owner"]} if card.get("owner") else {}), **(card.get("roles") or {})}
    known = {**{one: one for one in world.people}, **roles}
    sponsor = template["sponsor_role"]
    lacking = [name for name in template["people"] if name not in known]
    return {
        **template, "people": list(dict.fromkeys(known[name] for name in template["people"] if name in known)),
        "sponsor": roles.get(sponsor), "due_at": _due(template["due_in_days"]),
        "missing": list(dict.fromkeys([*([sponsor] if sponsor and sponsor not in roles else []), *lacking])),
    }  # fmt: skip


def _described(world: World, draft: Shape) -> Shape:
    which = draft["record_type"], draft["name"]
    last = max((one["position"] for one in world.templates.values() if one["record_type"] == which[0]), default=-1)
    before = world.templates.get(which, {**EMPTY, "position": last + 1})
    empty = {**EMPTY, "position": before["position"]}
    world.note("template.described", "/".join(which))
    world.templates[which] = {**before, **{name: empty.get(name) if one is None else one for name, one in draft.items()}}
    return world.templates[which]


def _due(days: int | None) -> str | None:
    if days is None:
        return None
    now, evening = datetime.now(UTC), time(17, tzinfo=UTC)
    day = now.date()
    for _ in range(days):
        day = _next(day)
    if day.weekday() >= SATURDAY or datetime.combine(day, evening) <= now:
        day = _next(day)
    return rfc3339(datetime.combine(day, evening))


def _next(day: Any) -> Any:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
