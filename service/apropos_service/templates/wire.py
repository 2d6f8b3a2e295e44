"""Templates as callers see and describe them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from ..people.wire import Person
from ..wire import Draft, Filled, Line, PersonId, RecordType, RoleName, Shape, Text, Time
from .model import Template as Row

Name = Annotated[Filled, Field(max_length=128, examples=["Forecast line check"])]
Kind = Literal["comment", "question", "decision"]
Visibility = Literal["internal", "shared", "restricted"]


class Template(Shape):
    """How discussions about a type of record begin.

    Asked for with a `record`, it is resolved for it: `people` are ids of people who can see it, `sponsor` and `due_at` are
    whom and when, and `missing` names the roles and people that the record does not have.
    """

    record_type: str
    name: str
    title: str | None
    goal: str | None
    sponsor_role: str | None
    due_in_days: int | None
    people: list[str]
    question: str | None
    kind: Kind | None
    labels: list[str]
    visibility: Visibility | None
    position: int
    sponsor: str | None = None
    due_at: Time | None = None
    missing: list[str] = Field(default_factory=list)


class Templates(Shape):
    """Templates in their order, with the cards of the people that they name."""

    data: list[Template]
    next: str | None = None
    people: dict[str, Person] = Field(default_factory=dict)


class TemplateDraft(Draft):
    """A template, described by the host; what is not named stays, null takes it away.

    `people` and `sponsor_role` name roles of the record (`owner` is one); `people` may also name people by their ids.
    """

    record_type: RecordType
    name: Name
    title: Line | None = None
    goal: Line | None = None
    sponsor_role: RoleName | None = None
    due_in_days: int | None = Field(None, ge=0, le=250)
    people: list[PersonId] | None = Field(None, max_length=50)
    question: Annotated[Text, Field(max_length=10_000)] | None = None
    kind: Kind | None = None
    labels: list[Line] | None = Field(None, max_length=50)
    visibility: Visibility | None = None
    position: int | None = Field(None, ge=0, le=1_000_000)


class TemplatesDraft(Draft):
    """Up to 100 templates."""

    templates: list[TemplateDraft] = Field(min_length=1, max_length=100)


def template(row: Row, **resolved: Any) -> dict[str, Any]:
    """Return a template as it was described, or with what was `resolved` for a record."""
    return {
        "record_type": row.record_type, "name": row.name, "title": row.title, "goal": row.goal, "sponsor_role": row.sponsor_role,
        "due_in_days": row.due_in_days, "people": row.people, "question": row.question, "kind": row.kind, "labels": row.labels,
        "visibility": row.visibility, "position": row.position, **resolved,
    }  # fmt: skip
