"""What happened, as the service tells it: the same envelope from the feed and from live delivery.

Eight families say what an event is about; `type` says what happened. The set only grows: a type that this SDK does
not know yet is a plain `Event`.

    match event:
        case CommentEvent(type="comment.posted"): print(event.data.comment.body)
        case ThreadEvent(type="thread.resolved"): print(event.data.thread.outcome.summary)
"""

from typing import Annotated, Any

from pydantic import AwareDatetime, ConfigDict, Discriminator, Field, Tag, TypeAdapter

from ._shape import Model
from .kinds import Action
from .models import Comment, Person, Record, Thread
from .people import AccessRequest

_FAMILIES = {
    "record": "record", "person": "person", "thread": "thread", "watch": "thread", "comment": "comment",
    "reaction": "comment", "mention": "comment", "answer": "comment", "decision": "comment", "attachment": "comment",
    "action": "action", "notice": "notice", "access": "access", "webhook": "webhook",
}  # fmt: skip


class About(Model):
    """What an event tells beside its envelope. What was erased since is `None`; further facts are kept as they came."""

    model_config = ConfigDict(extra="allow")

    people: dict[str, Person] = Field(default_factory=dict)


class AboutRecord(About):
    """The record as of now; `changes` is `{field: {"before", "after"}}` of `record.described`."""

    record: Record | None = None
    changes: dict[str, Any] = Field(default_factory=dict)


class AboutPerson(About):
    """The person as of now."""

    person: Person | None = None


class AboutThread(About):
    """The thread as of now, with the cards of those it names; without `viewer`."""

    thread: Thread | None = None


class AboutComment(AboutThread):
    """The comment and its thread as of now; `before` is what it said, for those who may manage.

    Of `answer.*`, `comment` is the question, `answer` the comment that answers it, and `before` the id of the one that
    was accepted until then. `again` is whether what a moderator removed had been withdrawn already.
    """

    comment: Comment | None = None
    answer: Comment | None = None
    before: str | None = None
    again: bool = False


class AboutAction(AboutThread):
    """The action and its thread as of now; `members` names what `action.changed` changed."""

    action: Action | None = None
    members: list[str] = Field(default_factory=list)


class AboutNotice(AboutAction):
    """The thread that is due at `due_at`, or the `action` or the decision (`comment`) in it; `owed_by` to whom that falls."""

    comment: Comment | None = None
    due_at: AwareDatetime | None = None
    owed_by: list[str] = Field(default_factory=list)


class AboutAccess(About):
    """What the host is asked for: that a person may see a record, or a thread on it. `seen`: it is over since they see it."""

    request: AccessRequest | None = None
    seen: bool = False


class AboutWebhook(About):
    """The webhook that was tested, or disabled for this `reason`: `failing` (for five days) or `gone` (it answered 410)."""

    webhook_id: str | None = None
    url: str | None = None
    reason: str | None = None


class Event(Model):
    """Something that happened. `seq` counts the events of one thread (of the record, for `record.*`): 1, 2, 3.

    `actor` is `None` when the host acted itself. `cursor` is a place to go on from later that skips nothing: from
    live delivery just after this event, from the feed at most one page before it; `None` is the log's beginning.
    """

    id: str
    type: str
    timestamp: AwareDatetime
    workspace: str
    record: str | None = None
    thread_id: str | None = None
    actor: Person | None = None
    seq: int = 0
    data: Any = None
    cursor: str | None = None


class RecordEvent(Event):
    """`record.described`, `.renamed`, `.merged`, `.archived` or `.erased`."""

    data: AboutRecord


class PersonEvent(Event):
    """`person.described`."""

    data: AboutPerson


class ThreadEvent(Event):
    """`thread.opened`, `.changed`, `.widened`, `.resolved`, `.reopened` or `.archived`, and `watch.changed`."""

    data: AboutThread


class CommentEvent(Event):
    """`comment.posted`, `.edited`, `.withdrawn`, `.restored`, `.seen` or `.turned`, and what happens to one.

    That is `reaction.added` or `.removed`, `mention.added`, `answer.accepted` or `.withdrawn`, `attachment.removed`,
    `decision.voted`, `.vote_withdrawn`, `.recorded`, `.changed` or `.replaced`.
    """

    data: AboutComment


class ActionEvent(Event):
    """`action.added`, `.changed`, `.done`, `.dropped` or `.reopened`."""

    data: AboutAction


class NoticeEvent(Event):
    """`notice.due_soon`, `.overdue` or `.review_due`: what time brings about, so there is no actor."""

    data: AboutNotice


class AccessEvent(Event):
    """`access.requested` or `.closed`: only servers hear of it, since only the host can give access."""

    data: AboutAccess


class WebhookEvent(Event):
    """`webhook.tested` or `.disabled`: only servers hear of it."""

    data: AboutWebhook


def _family(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", "")
    return _FAMILIES.get(str(kind).partition(".")[0], "other")


AnyEvent = Annotated[
    Annotated[RecordEvent, Tag("record")]
    | Annotated[PersonEvent, Tag("person")]
    | Annotated[ThreadEvent, Tag("thread")]
    | Annotated[CommentEvent, Tag("comment")]
    | Annotated[ActionEvent, Tag("action")]
    | Annotated[NoticeEvent, Tag("notice")]
    | Annotated[AccessEvent, Tag("access")]
    | Annotated[WebhookEvent, Tag("webhook")]
    | Annotated[Event, Tag("other")],
    Discriminator(_family),
]
_ADAPTER: TypeAdapter[Event] = TypeAdapter(AnyEvent)


class EventPage(Model):
    """Events in commit order; `next` is the cursor to ask again with, always there."""

    data: list[AnyEvent]
    next: str


def read_event(envelope: Any, *, cursor: str | None) -> Event:
    """Return the event that an envelope (parsed JSON) tells of; `cursor` is the place just after it."""
    return _ADAPTER.validate_python(envelope).model_copy(update={"cursor": cursor})
