"""Webhooks and deliveries as callers see them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from ..events.catalog import CATALOG
from ..wire import Draft, Line, RecordType, Shape, Time, Url, WebhookId, instant, rfc3339
from .model import EVERYTHING, Endpoint, Turn
from .model import Attempt as AttemptRow
from .model import Delivery as DeliveryRow
from .model import Replay as ReplayRow

State = Literal["owed", "failing", "delivered", "failed"]


def _known(value: str) -> str:
    if value != EVERYTHING and value not in CATALOG:
        raise ValueError(f"is {EVERYTHING} or one of {', '.join(sorted(CATALOG))}")
    return value


EventType = Annotated[str, AfterValidator(_known), Field(examples=["thread.resolved"])]
Types = Annotated[list[EventType], Field(min_length=1, max_length=100)]
Records = Annotated[list[RecordType], Field(min_length=1, max_length=100)]


class Replay(Shape):
    """How far a replay came: so many entries of the log are looked at, of so many."""

    done: int
    of: int
    begun_at: Time


class Webhook(Shape):
    """Where another system hears of events; `secret`, which signs what it is sent, only when that was made just now.

    `failing_since` is when the first attempt failed since the last that did not, `problem` what came of the last one.
    `disabled_because` is `failing` (for five days), `gone` (it answered 410), `asked`, or
    `imported` (from where another secret is: rotate its secret, then enable it).
    """

    id: str
    url: str
    types: list[str]
    records: list[str] | None
    description: str | None
    enabled: bool
    disabled_at: Time | None
    disabled_because: Literal["failing", "gone", "asked", "imported"] | None
    failing_since: Time | None
    problem: str | None
    replay: Replay | None
    created_at: Time
    version: int
    secret: str | None = None


class WebhookDraft(Draft):
    """A webhook to make; with an `id` of your own, safe to repeat. `types` are event types, `records` types of records."""

    id: WebhookId | None = None
    url: Url
    types: Types = Field(default_factory=lambda: [EVERYTHING])
    records: Records | None = None
    description: Line | None = None
    enabled: bool = True


class WebhookPatch(Draft):
    """What to change of a webhook."""

    url: Url = ""
    types: Types = Field(default_factory=list)
    records: Records | None = None
    description: Line | None = None
    enabled: bool = True


class Tested(Shape):
    """The event that a webhook is sent so that one sees whether it works."""

    event_id: str


class Attempt(Shape):
    """One try. `answer` is its first 4 KB, `problem` why it counts as failed; with neither, no answer came or it was erased."""

    number: int
    at: Time
    duration_ms: int
    status: int | None
    problem: str | None
    answer: str | None


class Delivery(Shape):
    """One event, owed to one webhook; with its last 20 attempts, the newest first.

    `failing` was tried and will be again, at `next_attempt_at`; `failed` was given up.
    """

    id: str
    webhook_id: str
    event_id: str
    type: str
    record: str | None
    thread_id: str | None
    state: State
    created_at: Time
    delivered_at: Time | None
    next_attempt_at: Time | None
    attempts: list[Attempt]


class ReplayDraft(Draft):
    """Which part of the log to send again: after a time or a cursor of the log, up to another or its end."""

    after: Annotated[str, Field(max_length=2000, examples=["2026-11-24T09:00:00.000Z"])]
    before: Annotated[str, Field(max_length=2000)] | None = None


def webhook(row: Endpoint, turn: Turn | None, going_on: ReplayRow | None, secret: str | None = None) -> dict[str, Any]:
    """Return a webhook, with its secret when that was made just now."""
    shown = {
        "id": row.id, "url": row.url, "types": row.types, "records": row.records, "description": row.description,
        "enabled": row.enabled, "disabled_at": instant(row.disabled_at), "disabled_because": row.disabled_because,
        "failing_since": instant(turn.failing_since) if turn else None, "problem": turn.problem if turn else None,
        "replay": going_on and {
            "done": going_on.position - going_on.begins, "of": going_on.ends - going_on.begins,
            "begun_at": rfc3339(going_on.begun_at),
        },
        "created_at": rfc3339(row.created_at), "version": row.version,
    }  # fmt: skip
    return {**shown, "secret": secret} if secret else shown


def delivery(row: DeliveryRow, attempts: Sequence[AttemptRow], record: str | None, thread_id: str | None) -> dict[str, Any]:
    """Return a delivery with its attempts, and the record and thread that its event is about."""
    return {
        "id": row.id, "webhook_id": row.endpoint_id, "event_id": row.event_id, "type": row.type, "record": record,
        "thread_id": thread_id, "state": row.state, "created_at": rfc3339(row.created_at),
        "delivered_at": instant(row.delivered_at), "next_attempt_at": instant(row.due_at),
        "attempts": [_attempt(one) for one in attempts],
    }  # fmt: skip


def _attempt(row: AttemptRow) -> dict[str, Any]:
    return {
        "number": row.number, "at": rfc3339(row.at), "duration_ms": row.duration, "status": row.status, "problem": row.problem,
        "answer": row.answer,
    }  # fmt: skip
