"""Threads and comments as callers see and write them."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field, JsonValue

from ..attachments.wire import Attached, Attachments
from ..people.wire import Person
from ..records.wire import FieldChange, FieldValue, Record, Scalar
from ..wire import CommentId, Draft, FieldPath, Filled, Line, PersonId, RecordName, Shape, Text, ThreadId, Time
from .kind_wire import Action, Decision, Due

LIMIT = 10_000
Body = Annotated[Filled, Field(max_length=LIMIT, examples=["Which figure do we lock?"])]
Kind = Literal["comment", "question", "decision"]
Status = Literal["open", "resolved", "archived"]
Metadata = Annotated[dict[Annotated[Text, Field(max_length=64)], JsonValue], Field(max_length=50)]
Labels = Annotated[list[Line], Field(max_length=50)]


Render = Annotated[Literal["html", "nodes"], Query()]
Emoji = Annotated[str, Path(description="Exactly one emoji, as Unicode lists them, percent-encoded UTF-8", examples=["👍"])]


class Reactions(Shape):
    """One emoji and who chose it."""

    emoji: str
    people: list[str]
    count: int


class Removal(Shape):
    """By whom and when a comment was removed, and what they said why; `by` is null when the host did."""

    by: str | None
    reason: str | None
    at: Time


class Comment(Shape):
    """One message; with `?render=nodes`, `nodes` instead of `html`. `number` is its place in the thread: 1, 2, 3.

    A question has `answer_id`, `accepted_by` and `accepted_at`, a decision `decision`, one that was removed `removed`.
    """

    id: str
    thread_id: str
    number: int
    kind: Kind
    author: str | None
    body: str
    html: str | None = None
    nodes: list[Any] | None = None
    quote_id: str | None
    mentions: list[str]
    attachments: list[Attached]
    reactions: list[Reactions]
    seen_by: list[str]
    value_then: FieldValue | None
    posted_at: Time
    edited_at: Time | None
    withdrawn_at: Time | None
    seq: int
    version: int
    answer_id: str | None = None
    accepted_by: str | None = None
    accepted_at: Time | None = None
    decision: Decision | None = None
    removed: Removal | None = None


class Steps(Shape):
    """Asked, answered, decided, done."""

    asked: bool
    answered: bool
    decided: bool
    actions_done: int
    actions: int


class Outcome(Shape):
    """What a discussion came to."""

    summary: str
    by: str | None
    at: Time
    value: Scalar = None


class Viewer(Shape):
    """What a thread is to whoever asks."""

    unread: int
    watching: Literal["all", "mentions", "none"]
    can: list[str]
    read_seq: int


class Snippet(Shape):
    """Where a discussion was found, with what was looked for in `mark`; `html` is safe to insert, `nodes` are the same as a tree.

    `comment_id` is there where a comment says it; otherwise its purpose or outcome, one of its actions or its record does.
    """

    source: Literal["thread", "comment", "action", "record"]
    comment_id: str | None
    html: str | None = None
    nodes: list[Any] | None = None


class Thread(Shape):
    """One discussion; `waiting_since` is when the oldest question was asked that nobody has replied to or answered.

    `highlights` stay in sight when what comes before `comments` is folded: the first comment, questions with an accepted
    answer and that answer, decisions that stand.
    """

    id: str
    record: str
    field: str | None
    title: str | None
    status: Status
    visibility: Literal["internal", "shared", "restricted"]
    goal: str | None
    sponsor: str | None
    due_at: Time | None
    template: str | None
    steps: Steps
    waiting_since: Time | None
    value_then: FieldValue | None
    value_now: FieldValue | None
    outcome: Outcome | None
    opened_by: str | None
    opened_at: Time
    last_activity_at: Time
    comment_count: int
    participants: list[str]
    members: list[str] | None
    labels: list[str]
    metadata: dict[str, Any]
    seq: int
    version: int
    viewer: Viewer | None = None
    comments: list[Comment] | None = None
    highlights: list[Comment] | None = None
    actions: list[Action] | None = None
    changes: list[FieldChange] | None = None
    people: dict[str, Person] | None = None
    snippet: Snippet | None = None


class RecordViewer(Shape):
    """What a record is to whoever asks."""

    person_id: str | None
    level: Literal["none", "read", "comment", "manage"]
    can: list[str]


class Conversation(Shape):
    """Everything to paint a record's discussions at once; live delivery goes on from `cursor`."""

    record: Record
    threads: list[Thread]
    people: dict[str, Person]
    viewer: RecordViewer
    cursor: str
    next: str | None


class ThreadDraft(Draft):
    """A discussion with its first comment; one line is always enough. A `template` fills in what is not named.

    `due_at` is a time, or a day: then the end of that day where the sponsor is.
    """

    id: ThreadId | None = None
    comment_id: CommentId | None = None
    record: RecordName
    field: FieldPath | None = None
    body: Body
    kind: Kind = "comment"
    title: Line | None = None
    goal: Line | None = None
    sponsor: PersonId | None = None
    due_at: Due | None = None
    visibility: Literal["internal", "shared", "restricted"] = "internal"
    members: list[PersonId] = Field(default_factory=list, max_length=500)
    template: Annotated[Filled, Field(max_length=128)] | None = None
    labels: Labels = Field(default_factory=list)
    metadata: Metadata = Field(default_factory=dict)
    attachments: Attachments = Field(default_factory=list)


class ThreadPatch(Draft):
    """What to change of a thread's purpose; null takes it away."""

    title: Line | None = None
    goal: Line | None = None
    sponsor: PersonId | None = None
    due_at: Due | None = None
    labels: Labels | None = None
    metadata: Metadata | None = None


class CommentDraft(Draft):
    """A comment to post."""

    id: CommentId | None = None
    body: Body
    kind: Kind = "comment"
    quote_id: CommentId | None = None
    attachments: Attachments = Field(default_factory=list)


class CommentPatch(Draft):
    """A comment's new text."""

    body: Body


class ResolutionDraft(Draft):
    """What it came to."""

    summary: Annotated[Text, Field(max_length=2000)] = ""
    value: Scalar = None


class VisibilityDraft(Draft):
    """Who shall see a thread; `members` of a restricted one. `confirm` is who will newly see it, as `newly_visible_to` said."""

    visibility: Literal["internal", "shared", "restricted"]
    members: list[PersonId] | None = Field(None, max_length=500)
    confirm: list[Filled] | None = Field(None, max_length=1000)


class ThreadWatchDraft(Draft):
    """How much to hear."""

    level: Literal["all", "mentions", "none"]


class ThreadReadDraft(Draft):
    """The `seq` up to which the caller has read."""

    seq: int = Field(ge=0, le=2**53)
