"""Looking people up."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from ..access.held import held_by
from ..access.model import HeldGrants
from ..access.policy import Caller
from ..access.verdicts import Verdicts
from ..database import Reading
from .model import Membership, Person
from .wire import person, stranger

NO_GROUPS: frozenset[str] = frozenset()


async def cards(look: Reading, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """Return the cards of these people by id; somebody undescribed gets one with the id as name."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    found = {row.id: person(row) for row in await look.rows(Person, "id = ANY(:ids)", ids=wanted)}
    return {one: found.get(one) or stranger(one) for one in wanted}


async def people_named(look: Reading, ids: Collection[str]) -> list[Person]:
    """Return these people in the order given; somebody undescribed as a stranger."""
    found = {row.id: row for row in await look.rows(Person, "id = ANY(:ids)", ids=list(ids))} if ids else {}
    return [found.get(one) or Person.stranger(look.workspace_id, one) for one in dict.fromkeys(ids)]


async def groups_of(look: Reading, person_ids: list[str]) -> dict[str, frozenset[str]]:
    """Return the groups that each person is in."""
    found: dict[str, set[str]] = {}
    for row in await look.rows(Membership, "person_id = ANY(:ids)", ids=person_ids):
        found.setdefault(row.person_id, set()).add(row.group_id)
    return {person_id: frozenset(groups) for person_id, groups in found.items()}


async def known_as(
    look: Reading, people: Collection[str], verdicts: Verdicts | None = None, *, held_at: int | None = None
) -> dict[str, Caller]:
    """Return these people as callers who hold nothing but what is known of them without their token.

    `verdicts` are those of whoever asks, where the host is asked live who may. With `held_at`, milliseconds since 1970, they hold
    what their tokens grant, too, of those with which they came and which last then.
    """
    ids = sorted(people)
    if not ids:
        return {}
    guests = {row.id for row in await look.rows(Person, "id = ANY(:ids)", ids=ids) if row.guest}
    groups, here = await groups_of(look, ids), look.workspace_id
    held = await held_by(look, ids, now=held_at) if held_at is not None else {}
    known = {
        one: Caller(
            here, name=one, person_id=one, role="member", groups=groups.get(one, NO_GROUPS), guest=one in guests, verdicts=verdicts
        )
        for one in ids
    }
    return known | {one: _holding(known[one], row) for one, row in held.items()}


def _holding(them: Caller, row: HeldGrants) -> Caller:
    role: Any = row.role
    return replace(them, role=role, grants=row.grants, groups=them.groups | frozenset(row.groups))
