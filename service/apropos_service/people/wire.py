"""People and groups as callers see them."""

from typing import Any

from pydantic import Field

from ..wire import Draft, Filled, Listing, PersonId, Shape, Text, Url
from .model import Person as Row


class Person(Shape):
    """Someone's card; `email` only for server keys and the person."""

    id: str
    name: str
    email: str | None = None
    avatar_url: str | None = None
    title: str | None = None
    department: str | None = None
    guest: bool = False


class PersonDraft(Draft):
    """A person, described by the host; what is not named stays."""

    id: PersonId
    name: Filled | None = Field(None, max_length=128)
    email: Text | None = Field(None, max_length=320)
    avatar_url: Url | None = None
    title: Text | None = Field(None, max_length=128)
    department: Text | None = Field(None, max_length=128)
    guest: bool | None = None
    locale: Text | None = Field(None, max_length=35)
    time_zone: Text | None = Field(None, max_length=64)


class PeopleDraft(Draft):
    """Up to 500 people."""

    people: list[PersonDraft] = Field(min_length=1, max_length=500)


class Group(Shape):
    """A group and who is in it."""

    id: str
    name: str
    members: list[str]


class FoundGroup(Shape):
    """A group that can be mentioned, how many are in it, and how many of these can see where; null: only the host knows."""

    id: str
    name: str
    member_count: int
    reach: int | None


class Found(Listing[Person]):
    """People who can be mentioned; the first page has groups as well, which are mentioned as `<@group:id>`."""

    groups: list[FoundGroup] = Field(default_factory=list)


class GroupDraft(Draft):
    """A group, described by the host; `members` replaces who is in it."""

    id: PersonId
    name: Filled = Field(max_length=128)
    members: list[PersonId] = Field(max_length=10_000)


class GroupsDraft(Draft):
    """Up to 100 groups."""

    groups: list[GroupDraft] = Field(min_length=1, max_length=100)


def person(row: Row, *, private: bool = False) -> dict[str, Any]:
    """Return the card; with the email address when `private`."""
    card = {
        "id": row.id,
        "name": row.name,
        "avatar_url": row.avatar_url,
        "title": row.title,
        "department": row.department,
        "guest": row.guest,
    }
    return {**card, "email": row.email} if private else card


def stranger(person_id: str) -> dict[str, Any]:
    """Return the card of somebody whom the host has not described."""
    return person(Row.stranger("", person_id))
