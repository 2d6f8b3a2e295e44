"""Templates as the host described them."""

from ..rows import Json, Row, table


@table("template", key=("workspace_id", "record_type", "name"))
class Template(Row):
    """How discussions about a type of record begin.

    `sponsor_role` is a role that records have; `people` are roles, or ids of people; `due_in_days` counts working days.
    Templates of a type stand in the order of `position`, then of their names.
    """

    workspace_id: str
    record_type: str
    name: str
    title: str | None
    goal: str | None
    sponsor_role: str | None
    due_in_days: int | None
    people: Json
    question: str | None
    kind: str | None
    labels: Json
    visibility: str | None
    position: int
