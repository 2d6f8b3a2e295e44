"""Templates of discussions, as the service answers them."""

from pydantic import AwareDatetime, Field

from ._shape import Model


class Template(Model):
    """How discussions about a type of record begin; `due_in_days` counts working days.

    Asked for with a record, it is resolved for it: `people` are ids of people who can see it, `sponsor` and `due_at` are
    whom and when, and `missing` names the roles and people that the record does not have.
    """

    record_type: str
    name: str
    title: str | None = None
    goal: str | None = None
    sponsor_role: str | None = None
    due_in_days: int | None = None
    people: list[str] = Field(default_factory=list)
    question: str | None = None
    kind: str | None = None
    labels: list[str] = Field(default_factory=list)
    visibility: str | None = None
    position: int = 0
    sponsor: str | None = None
    due_at: AwareDatetime | None = None
    missing: list[str] = Field(default_factory=list)
