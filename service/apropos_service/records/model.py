"""A record as the host described it, the names it had before, and what its fields said before."""

from typing import Any

from ..errors import Conflict
from ..rows import Foreign, Index, Json, Row, table


class RecordIsArchived(Conflict):
    """The record is archived: its discussions can be concluded, and no new one begins."""


@table("record", indexes=[
    Index(("workspace_id", "name"), unique=True), Index(("workspace_id", "parent"), where="parent IS NOT NULL"),
])  # fmt: skip
class Record(Row):
    """Our pointer to one thing in a host system; `name` is its `type:key`."""

    workspace_id: str
    id: str
    name: str
    type: str
    title: str | None
    url: str | None
    status: str | None
    fields: Json
    owner: str | None
    parent: str | None
    labels: Json
    access: Json
    archived_at: int | None
    seq: int
    version: int
    roles: Json = None

    def field(self, path: str | None) -> dict[str, Any] | None:
        """Return the field's value with its label, type and unit; `None` when the host did not describe it."""
        found: dict[str, Any] | None = self.fields.get(path) if path else None
        return found

    def must_take_threads(self) -> None:
        """Raise `RecordIsArchived` when the host put it away."""
        if self.archived_at is not None:
            raise RecordIsArchived


@table("record_name", key=("workspace_id", "name"), foreign=[Foreign(("workspace_id", "record_id"), "record")], indexes=[
    Index(("workspace_id", "record_id")),
])  # fmt: skip
class FormerName(Row):
    """A name that a record had before it was renamed, so that old links still lead there; `merged`: another record had it."""

    workspace_id: str
    name: str
    record_id: str
    merged: bool


@table("record_merge", key=("workspace_id", "merged_id"), indexes=[Index(("workspace_id", "into_id"))])
class Merge(Row):
    """A record that is gone went into another, whose `into_seq`-th event says so; that one may have gone on since."""

    workspace_id: str
    merged_id: str
    into_id: str
    into_seq: int


@table("field_change", key=("workspace_id", "record_id", "seq", "field"), indexes=[
    Index(("workspace_id", "record_id", "field", "seq")),
])  # fmt: skip
class FieldChange(Row):
    """A field's value as it was before and after the `seq`-th event of a record; `None`: not described.

    It stays with the record on which it happened, also when that was merged into another since.
    """

    workspace_id: str
    record_id: str
    seq: int
    field: str
    changed_at: int
    changed_by: str | None
    before: Json
    after: Json


@table(
    "record_watch",
    key=("workspace_id", "record_id", "person_id"),
    foreign=[Foreign(("workspace_id", "record_id"), "record")],
    indexes=[Index(("workspace_id", "person_id"))],
)
class RecordWatch(Row):
    """How much a person wishes to hear, since when, of the discussions on a record and on those under it."""

    workspace_id: str
    record_id: str
    person_id: str
    level: str
    since: int
