"""Finding templates, and what they come to for one record."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..access.model import Workspace
from ..access.verdicts import Verdicts
from ..database import Reading
from ..people.hours import zone
from ..people.model import Person
from ..people.queries import known_as
from ..records.model import Record
from ..records.queries import reaches
from .model import Template
from .workdays import due_at


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a template comes to: people who can see the record, by id; `missing` names the roles and people it lacks."""

    sponsor: str | None
    people: list[str]
    due_at: int | None
    missing: list[str]


async def templates_of(look: Reading, record_type: str | None = None) -> list[Template]:
    """Return the templates of a type of record, or of all, in their order."""
    where, given = ("record_type = :type", {"type": record_type}) if record_type else ("true", {})
    return await look.rows(Template, f"{where} ORDER BY record_type, position, name", **given)


async def resolve(
    look: Reading, record: Record | None, rows: Sequence[Template], *, now: int, verdicts: Verdicts | None
) -> list[Resolved]:
    """Return what each template comes to for a record, which may be undescribed; `now` is milliseconds since 1970.

    `verdicts` are those of whoever asks, where the host is asked live who may.
    """
    roles = roles_of(record)
    named = {roles.get(one, one) for row in rows for one in (row.sponsor_role, *row.people) if one}
    people = {row.id: row for row in await look.rows(Person, "id = ANY(:ids)", ids=sorted(named))} if named else {}
    workspace = await look.row(Workspace)
    name, access = (record.name, record.access) if record else ("", None)
    known = await known_as(look, people, verdicts if record else None, held_at=int(time.time() * 1000) if access else None)
    hidden = {one for one, them in known.items() if not reaches(them, name, access)}

    def one(row: Template) -> Resolved:
        asked = [name for name in (row.sponsor_role, *row.people) if name]
        missing = [name for name in dict.fromkeys(asked) if name not in roles and (name == row.sponsor_role or name not in people)]
        found = [roles.get(name, name) for name in row.people if name in roles or name in people]
        sponsor = roles.get(row.sponsor_role or "")
        sponsor = None if sponsor in hidden else sponsor
        card: Any = people.get(sponsor or "")
        where = zone(card.time_zone if card and card.time_zone else workspace.time_zone if workspace else None)
        due = None if row.due_in_days is None else due_at(now, row.due_in_days, where)
        return Resolved(sponsor, [who for who in dict.fromkeys(found) if who not in hidden], due, missing)

    return [one(row) for row in rows]


def roles_of(record: Record | None) -> dict[str, str]:
    """Return who has which role on a record; its owner has the role of that name unless the host says otherwise."""
    if record is None:
        return {}
    return {**({"owner": record.owner} if record.owner else {}), **(record.roles or {})}
