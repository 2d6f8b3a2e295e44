"""Endpoints, and what is owed to them.

Law: text that somebody wrote is in `Message.body` and `Attempt.answer` only, beside the record that it is about, so that an
erasure finds it; a delivery is ids and times.
"""

from ..errors import Conflict
from ..rows import Foreign, Index, Json, Row, table

EVERYTHING = "*"


class WebhookIsDisabled(Conflict):
    """The webhook is disabled; enable it first."""


@table("endpoint", foreign=[Foreign(("workspace_id",), "workspace")], indexes=[Index(("id",), unique=True)])
class Endpoint(Row):
    """Where a host's other system hears of events of these `types`, about these types of `records` (`None`: all).

    Its secrets are sealed; `former_secret` signs as well until a day after `rotated_at`. Nothing up to the place `since` in the
    log is told by itself. `seq` counts the events that are about the endpoint.
    """

    workspace_id: str
    id: str
    url: str
    types: Json
    records: Json
    description: str | None
    secret: str
    former_secret: str | None
    rotated_at: int
    enabled: bool
    disabled_at: int | None
    disabled_because: str | None
    since: int
    created_at: int
    seq: int
    version: int

    def must_be_enabled(self) -> None:
        """Raise `WebhookIsDisabled` when nothing is sent there."""
        if not self.enabled:
            raise WebhookIsDisabled

    def hears_from(self, position: int, at: int) -> bool:
        """Tell whether what happened at a place in the log, at that time, is told by itself; until it was disabled, it is."""
        return position > self.since and (self.enabled or at <= (self.disabled_at or 0))

    def wants(self, kind: str, record_type: str | None) -> bool:
        """Tell whether it hears of this type of event; what is about no record goes to whoever hears of all records."""
        return (EVERYTHING in self.types or kind in self.types) and (self.records is None or record_type in self.records)


@table("endpoint_turn", key=("workspace_id", "endpoint_id"), foreign=[Foreign(("workspace_id", "endpoint_id"), "endpoint")])
class Turn(Row):
    """Whose turn it is to pay at an endpoint: that process's alone until `taken_until`, which it moves on while it pays.

    Nothing is sent before `held_until`, which the endpoint asked for. `failing_since` is when the first attempt failed since the
    last that did not, `problem` what came of the last one.
    """

    follows = ("endpoint_id", Endpoint)
    workspace_id: str
    endpoint_id: str
    holder: str
    taken_until: int
    held_until: int
    failing_since: int | None
    problem: str | None


@table("delivery", foreign=[Foreign(("workspace_id", "endpoint_id"), "endpoint")], indexes=[
    Index(("id",), unique=True), Index(("workspace_id", "endpoint_id", "position"), unique=True),
    Index(("workspace_id", "endpoint_id", "due_at"), where="due_at IS NOT NULL"),
    Index(("workspace_id", "endpoint_id", "state", "position"), where="state <> 'delivered'"), Index(("created_at",)),
])  # fmt: skip
class Delivery(Row):
    """One entry of the log, owed to one endpoint: there is never a second one for the two.

    `state` is owed, failing (it was tried and will be again), delivered or failed (given up). It is tried next at `due_at`;
    `attempts` counts since it was owed the last time, `tried` all of them.
    """

    workspace_id: str
    id: str
    endpoint_id: str
    position: int
    event_id: str
    type: str
    state: str
    due_at: int | None
    attempts: int
    tried: int
    created_at: int
    delivered_at: int | None


@table("attempt", key=("workspace_id", "delivery_id", "number"), foreign=[
    Foreign(("workspace_id", "delivery_id"), "delivery"),
], indexes=[Index(("at",)), Index(("workspace_id", "record_id"))])  # fmt: skip
class Attempt(Row):
    """One try: what came back within how many milliseconds. `answer` is its beginning, `problem` why it counts as failed."""

    workspace_id: str
    delivery_id: str
    number: int
    at: int
    duration: int
    status: int | None
    problem: str | None
    answer: str | None
    record_id: str | None


@table("message", key=("workspace_id", "position"), indexes=[Index(("at",)), Index(("workspace_id", "record_id"))])
class Message(Row):
    """What is told of an entry, as it was when it was owed; the same to every endpoint."""

    workspace_id: str
    position: int
    body: str
    record_id: str | None
    at: int


@table("replay", key=("workspace_id", "endpoint_id"), foreign=[Foreign(("workspace_id", "endpoint_id"), "endpoint")])
class Replay(Row):
    """A range of the log that is being owed to an endpoint once more: all after `begins` up to `ends`, so far to `position`."""

    workspace_id: str
    endpoint_id: str
    begins: int
    position: int
    ends: int
    begun_at: int
