"""Records as callers see and describe them."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictFloat, StrictInt, model_validator

from ..wire import Draft, FieldPath, Instant, Line, PersonId, RecordName, RoleName, Shape, Text, Time, Url, instant
from .model import Record as Row

Scalar = (
    StrictBool | StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)] | Annotated[Text, Field(max_length=1000)] | None
)
Levels = Literal["read", "comment", "manage"]
Watching = Literal["all", "mentions", "none"]


class FieldValue(Shape):
    """A described value: a JSON scalar, with how to show it."""

    value: Scalar
    label: str | None = None
    type: str | None = None
    unit: str | None = None


class FieldChange(Shape):
    """A field got another value; null: it was not described before, or is not any more."""

    at: Time
    by: str | None
    before: FieldValue | None
    after: FieldValue | None


class Record(Shape):
    """Our pointer to one thing in a host system."""

    id: str | None
    record: str
    type: str
    key: str
    title: str | None
    url: str | None
    status: str | None
    fields: dict[str, FieldValue]
    owner: str | None
    roles: dict[str, str]
    parent: str | None
    labels: list[str]
    archived_at: Time | None
    version: int


class FieldDraft(Draft):
    """A value with how to show it."""

    value: Scalar
    label: Line | None = None
    type: Literal["text", "number", "money", "date", "percent", "boolean"] | None = None
    unit: Annotated[Text, Field(max_length=32)] | None = None


class AccessDraft(Draft):
    """Who may what on a record; `everyone` is everybody of the workspace but guests."""

    people: dict[PersonId, Levels] = Field(default_factory=dict)
    groups: dict[PersonId, Levels] = Field(default_factory=dict)
    everyone: Levels | None = None


def _whole(value: Any) -> Any:
    """A bare scalar is short for `{"value": scalar}`."""
    return value if isinstance(value, dict | FieldDraft) or value is None else {"value": value}


class RecordDraft(Draft):
    """A record, described by the host; what is not named stays, a field set to null goes.

    It is put away by `archived`, now, or by `archived_at`, as its card says it; null brings it back.
    """

    record: RecordName
    title: Line | None = None
    url: Url | None = None
    status: Line | None = None
    fields: dict[FieldPath, Annotated[FieldDraft | None, BeforeValidator(_whole)]] = Field(default_factory=dict, max_length=1000)
    owner: PersonId | None = None
    roles: dict[RoleName, PersonId] | None = Field(None, max_length=50)
    parent: RecordName | None = None
    labels: list[Line] = Field(default_factory=list, max_length=50)
    access: AccessDraft | None = None
    archived: bool = False
    archived_at: Instant | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        both = {"archived", "archived_at"} <= self.model_fields_set
        if both and self.archived != (self.archived_at is not None):
            raise ValueError("archived and archived_at say the same")
        return self

    def archived_since(self, now: int, before: int | None) -> int | None:
        """Return since when it is archived: what is said, or what was `before`; milliseconds since 1970."""
        if "archived_at" in self.model_fields_set:
            return self.archived_at
        if "archived" in self.model_fields_set:
            return (before or now) if self.archived else None
        return before


class RecordsDraft(Draft):
    """Up to 500 records."""

    records: list[RecordDraft] = Field(min_length=1, max_length=500)


class RenameDraft(Draft):
    """A record's old and new name."""

    old: RecordName = Field(alias="from")
    new: RecordName = Field(alias="to")


class RecordWatchDraft(Draft):
    """How much to hear of a record and those under it."""

    record: RecordName
    level: Watching


class Watch(Shape):
    """How much the caller hears of a record: `level` is what they chose there (null: nothing), `watching` what it comes to.

    A watch on a record covers those under it: where nothing was chosen, the nearest record above it counts.
    """

    record: str
    level: Watching | None
    watching: Watching


class MergeDraft(Draft):
    """The record that goes and the one that takes its threads."""

    old: RecordName = Field(alias="from")
    into: RecordName


def record(row: Row) -> dict[str, Any]:
    """Return the card of a record."""
    return {
        "id": row.id, "record": row.name, "type": row.type, "key": row.name.partition(":")[2], "title": row.title, "url": row.url,
        "status": row.status, "fields": row.fields, "owner": row.owner, "roles": row.roles or {}, "parent": row.parent,
        "labels": row.labels, "archived_at": instant(row.archived_at), "version": row.version,
    }  # fmt: skip


def undescribed(name: str) -> dict[str, Any]:
    """Return the card of a record that nobody has described or discussed yet."""
    kind, _, key = name.partition(":")
    return {
        "id": None, "record": name, "type": kind, "key": key, "title": None, "url": None, "status": None, "fields": {},
        "owner": None, "roles": {}, "parent": None, "labels": [], "archived_at": None, "version": 0,
    }  # fmt: skip
