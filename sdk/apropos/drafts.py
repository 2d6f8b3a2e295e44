"""What callers send, as keywords: what is not named is not sent, so it keeps its value or its default.

Times are aware datetimes, people the host's own ids, records `type:key`, fields paths such as `lines/L-30/amount`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Required, TypedDict

from .models import Field

Level = Literal["read", "comment", "manage"]
Role = Literal["member", "moderator", "admin"]
Kind = Literal["comment", "question", "decision"]
Status = Literal["open", "resolved", "archived"]
Visibility = Literal["internal", "shared", "restricted"]
Watching = Literal["all", "mentions", "none"]
Shelf = Literal["for-you", "mentions", "assigned", "asked", "due", "followed", "waiting", "later", "done"]
DeliveryState = Literal["owed", "failing", "delivered", "failed"]
Value = str | int | float | bool | Decimal | date | datetime | None
FieldDraft = Value | Field | Mapping[str, Any]
"""A bare value, or `{"value", "label", "type", "unit"}`; `None` takes the field away."""


class Access(TypedDict, total=False):
    """Who may what on a record, by id; `everyone` is everybody of the workspace but guests."""

    people: Mapping[str, Level]
    groups: Mapping[str, Level]
    everyone: Level | None


class RecordDraft(TypedDict, total=False):
    """What to describe of a record; `url` is where a person opens it."""

    title: str | None
    url: str | None
    status: str | None
    fields: Mapping[str, FieldDraft]
    owner: str | None
    roles: Mapping[str, str] | None
    parent: str | None
    labels: Sequence[str]
    access: Access | None
    archived: bool
    archived_at: datetime | None


class NamedRecordDraft(RecordDraft):
    """A record to describe among others."""

    record: Required[str]


class ThreadDraft(TypedDict, total=False):
    """A thread beside its record and first comment; `kind` is that comment's, `members` those of a restricted thread.

    `attachments` are the ids of at most 10 files that the same caller uploaded for this record. `id` is made for you; give
    your own (`thr_…`) to repeat the same thread from another process. `due_at` is a time, or a day: then the end of it where
    the sponsor is.
    """

    id: str
    field: str | None
    kind: Kind
    title: str | None
    goal: str | None
    sponsor: str | None
    due_at: datetime | date | None
    visibility: Visibility
    members: Sequence[str]
    template: str | None
    labels: Sequence[str]
    metadata: Mapping[str, Any]
    attachments: Sequence[str]


class TemplateDraft(TypedDict, total=False):
    """A template to describe. `people` and `sponsor_role` name roles of the record (`owner` is one); `people` ids too."""

    record_type: Required[str]
    name: Required[str]
    title: str | None
    goal: str | None
    sponsor_role: str | None
    due_in_days: int | None
    people: Sequence[str] | None
    question: str | None
    kind: Kind | None
    labels: Sequence[str] | None
    visibility: Literal["internal", "shared", "restricted"] | None
    position: int | None


class ThreadPatch(TypedDict, total=False):
    """What to change of a thread; `None` takes it away. `due_at` is a time, or a day: then the end of it where the sponsor is."""

    title: str | None
    goal: str | None
    sponsor: str | None
    due_at: datetime | date | None
    labels: Sequence[str] | None
    metadata: Mapping[str, Any] | None


class ThreadFilter(TypedDict, total=False):
    """Which threads to list; `sort` is `opened` (newest first) or `activity` (a moving order: one may come again).

    `q` are words that all are to be found in a thread, `"in this order"` or `-without`; the last one may be a beginning.
    """

    q: str
    record: str
    type: str
    parent: str
    status: Status
    sponsor: str
    participant: str
    assignee: str
    overdue: bool
    unanswered: bool
    label: str
    sort: Literal["opened", "activity"]


class ActionDraft(TypedDict, total=False):
    """An action beside its text. `due_at` is a time, or a day: then the end of it where the assignee is.

    `comment_id` is the comment it came from; `id` is made for you.
    """

    id: str
    assignee: str | None
    due_at: datetime | date | None
    comment_id: str | None


class ActionPatch(TypedDict, total=False):
    """What to change of an action; `None` takes assignee or due date away, `dropped` needs a `reason`."""

    text: str
    assignee: str | None
    due_at: datetime | date | None
    state: Literal["open", "done", "dropped"]
    reason: str | None


class WorkspacePatch(TypedDict, total=False):
    """What to change of the settings; `require_outcome` lists record types whose threads need one to be resolved."""

    name: str
    access_url: str | None
    require_outcome: Sequence[str]
    time_zone: str | None


class WebhookPatch(TypedDict, total=False):
    """What to change of a webhook; `records` are types of records, `None` all."""

    url: str
    types: Sequence[str]
    records: Sequence[str] | None
    description: str | None
    enabled: bool


class PreferencesPatch(TypedDict, total=False):
    """What a person chooses; `None` goes back to the default.

    `quiet_hours` is `{"from": "22:00", "to": "07:00", "days"?: ["mon", …]}`, `channels` `{reason: {"inbox"?: bool, "mail"?:
    "now", "digest" or "off"}}`.
    """

    time_zone: str | None
    locale: str | None
    quiet_hours: Mapping[str, Any] | None
    channels: Mapping[str, Mapping[str, Any] | None] | None
    enter_sends: bool | None
    letter_keys: bool | None
    hide_presence: bool | None
