"""Describing people and groups."""

from typing import Any

from ..access.commands import doubt
from ..access.held import hold
from ..access.policy import Caller
from ..database import Transaction
from ..events.catalog import PersonDescribed
from .model import Group, Membership, Person
from .wire import GroupDraft, PersonDraft

CARD = ("name", "email", "avatar_url", "title", "department", "guest", "locale", "time_zone")


async def describe_people(tx: Transaction, drafts: list[PersonDraft]) -> list[Person]:
    """Add or update people; what a draft does not name stays. Appends `PersonDescribed` for each that changed."""
    strangers = [draft.id for draft in drafts if draft.guest and await tx.find(Person, draft.id) is None]
    people = [await describe_person(tx, draft.id, draft.model_dump(exclude={"id"}, exclude_unset=True)) for draft in drafts]
    if strangers:
        await doubt(tx)  # a token that says nothing of it may have let them in as one of the house
    return people


async def describe_person(tx: Transaction, person_id: str, card: dict[str, Any]) -> Person:
    """Add or update one person. Appends `PersonDescribed` when something changed."""
    person = await tx.find(Person, person_id)
    known = {name: card[name] for name in CARD if name in card}
    if person is None:
        person = tx.add(Person.stranger(tx.workspace_id, person_id))
    elif all(getattr(person, name) == value for name, value in known.items()):
        return person
    elif known.get("guest", person.guest) != person.guest:
        await doubt(tx)
    for name, value in known.items():
        if value is not None or name not in ("name", "guest"):
            setattr(person, name, value)
    person.fold()
    tx.append(PersonDescribed(person_id=person_id), on=person)
    return person


async def introduce(tx: Transaction, caller: Caller, card: dict[str, Any], token: str) -> None:
    """Keep what a token says of its person: their card, and what it grants while it lasts; `token` is its digest."""
    if card:
        await describe_person(tx, caller.must_be_person(), card)
    await hold(tx, caller, token)


async def describe_groups(tx: Transaction, drafts: list[GroupDraft]) -> list[GroupDraft]:
    """Add or update groups; `members` replaces who is in them."""
    for draft in drafts:
        known = await tx.find(Group, draft.id)
        called = known.name if known else None
        group = known or tx.add(Group(tx.workspace_id, draft.id, draft.name))
        group.name = draft.name
        group.fold()
        now, rows = set(draft.members), await tx.rows(Membership, "group_id = :group_id", group_id=draft.id)
        before = {member.person_id for member in rows}
        for member in rows:
            if member.person_id not in now:
                tx.remove(member)
        for person_id in sorted(now - before):
            tx.add(Membership(tx.workspace_id, draft.id, person_id))
        if (now, draft.name) != (before, called):
            tx.note("group.described", draft.id, members=len(now), added=len(now - before), removed=len(before - now))
        if now != before:
            await doubt(tx)
    return drafts
