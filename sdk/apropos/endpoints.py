"""Webhooks and what became of each delivery, as the service answers them."""

from pydantic import AwareDatetime, Field

from ._shape import Model


class Replay(Model):
    """How far a replay came: so many entries of the log are looked at, of so many."""

    done: int
    of: int
    begun_at: AwareDatetime | None = None


class Webhook(Model):
    """Where a system of yours hears of events; `secret`, which signs what it is sent, is there only when it was just made.

    `records` are types of records, `None` all. `failing_since` is when the first attempt failed since the last that did not,
    `problem` what came of the last one. `disabled_because` is `failing` (for five days), `gone` (it answered 410), `asked`, or
    `imported` (from where another secret is: rotate its secret, then enable it).
    """

    id: str
    url: str
    types: list[str] = Field(default_factory=list)
    records: list[str] | None = None
    description: str | None = None
    enabled: bool = True
    disabled_at: AwareDatetime | None = None
    disabled_because: str | None = None
    failing_since: AwareDatetime | None = None
    problem: str | None = None
    replay: Replay | None = None
    created_at: AwareDatetime | None = None
    version: int = 1
    secret: str | None = Field(None, repr=False)


class Tested(Model):
    """The event that a webhook is sent so that one sees whether it works."""

    event_id: str


class Attempt(Model):
    """One try. `answer` is its first 4 KB, `problem` why it counts as failed."""

    number: int
    at: AwareDatetime | None = None
    duration_ms: int = 0
    status: int | None = None
    problem: str | None = None
    answer: str | None = None


class Delivery(Model):
    """One event, owed to one webhook; with its last 20 attempts, the newest first.

    `state` is `owed`, `failing` (tried, and will be again at `next_attempt_at`), `delivered` or `failed` (given up).
    """

    id: str
    webhook_id: str
    event_id: str
    type: str
    record: str | None = None
    thread_id: str | None = None
    state: str
    created_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    next_attempt_at: AwareDatetime | None = None
    attempts: list[Attempt] = Field(default_factory=list)
