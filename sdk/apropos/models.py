"""What the service answers. A tolerant reader: members it does not know are passed over, new words are just text.

Law: times are aware datetimes, people are the host's own ids, and nothing here can be changed by accident.
"""

from typing import Any, Generic, TypeVar

from pydantic import AwareDatetime

from ._shape import Model as Model  # noqa: PLC0414 who adds a shape asks for it here
from .attachments import Attached
from .attachments import Attachment as Attachment  # noqa: PLC0414 the same
from .history import Removal
from .kinds import Action, Decision
from .snippets import Snippet

T = TypeVar("T")
Scalar = str | int | float | bool | None


class Page(Model, Generic[T]):
    """A page of a list; `next` is the cursor of the following page, `None` on the last."""

    data: list[T]
    next: str | None = None


class Person(Model):
    """Someone's card under the host's own id; `email` only for server keys and the person."""

    id: str
    name: str
    email: str | None = None
    avatar_url: str | None = None
    title: str | None = None
    department: str | None = None
    guest: bool = False


class Group(Model):
    """A group of people and who is in it, as ids."""

    id: str
    name: str
    members: list[str] = []


class Field(Model):
    """A value inside a record: a JSON scalar and how to show it.

    `type` is `text`, `number`, `money`, `date`, `percent` or `boolean`; `unit` for example `EUR`.
    """

    value: Scalar = None
    label: str | None = None
    type: str | None = None
    unit: str | None = None


class FieldChange(Model):
    """A field got another value. `by` is `None` when the host changed it itself; `before` and `after` when undescribed."""

    at: AwareDatetime
    by: str | None = None
    before: Field | None = None
    after: Field | None = None


class Record(Model):
    """The pointer to one thing in a host system, `record` being `type:key`. `id` is `None` before anybody spoke of it."""

    id: str | None = None
    record: str
    type: str
    key: str
    title: str | None = None
    url: str | None = None
    status: str | None = None
    fields: dict[str, Field] = {}
    owner: str | None = None
    roles: dict[str, str] = {}
    parent: str | None = None
    labels: list[str] = []
    archived_at: AwareDatetime | None = None
    version: int = 0


class Reaction(Model):
    """One emoji and who chose it."""

    emoji: str
    people: list[str] = []
    count: int = 0


class Comment(Model):
    """One message. `kind` is `comment`, `question` or `decision`; `author` is `None` when the host speaks for itself.

    `body` is Markdown, `html` is safe to insert as it is; both are empty once it is withdrawn. `value_then` is what the
    thread's field said when this was posted; `seq` is the thread's event that posted it. A question has `answer_id` once
    somebody accepted that comment; a decision has `decision`, one that a moderator took away `removed`. `number` is its
    place in the thread: 1, 2, 3.
    """

    id: str
    thread_id: str
    number: int = 0
    kind: str = "comment"
    author: str | None = None
    body: str = ""
    html: str | None = None
    nodes: list[Any] | None = None
    quote_id: str | None = None
    mentions: list[str] = []
    attachments: list[Attached] = []
    reactions: list[Reaction] = []
    seen_by: list[str] = []
    value_then: Field | None = None
    posted_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    withdrawn_at: AwareDatetime | None = None
    seq: int = 0
    version: int = 1
    answer_id: str | None = None
    accepted_by: str | None = None
    accepted_at: AwareDatetime | None = None
    decision: Decision | None = None
    removed: Removal | None = None


class Steps(Model):
    """How far a thread came: `answered` once a question has an accepted answer, `decided` while one stands undisputed."""

    asked: bool = False
    answered: bool = False
    decided: bool = False
    actions_done: int = 0
    actions: int = 0


class Outcome(Model):
    """What a thread came to; `value` is the figure agreed on, if there is one."""

    summary: str = ""
    by: str | None = None
    at: AwareDatetime
    value: Scalar = None


class Viewer(Model):
    """What a thread is to whoever asked. `watching` is `all`, `mentions` or `none`; `can` names what they may do."""

    unread: int = 0
    watching: str = "none"
    can: list[str] = []
    read_seq: int = 0


class Thread(Model):
    """One discussion. `status` is `open`, `resolved` or `archived`; `visibility` `internal`, `shared` or `restricted`.

    `value_then` is the field's value when it was opened and `value_now` as last described. `waiting_since` is when the
    oldest question was asked that nobody has replied to or answered. With one thread and with a conversation come, and are
    `None` in lists: `comments` (the last 20), `highlights` (of those before: the first, accepted answers with
    their questions, decisions that stand), `actions` (all), `changes` of the value since it was opened (the last 50),
    each oldest first, and `people` (id to card). A search adds the `snippet`.
    """

    id: str
    record: str
    field: str | None = None
    title: str | None = None
    status: str = "open"
    visibility: str = "internal"
    goal: str | None = None
    sponsor: str | None = None
    due_at: AwareDatetime | None = None
    template: str | None = None
    steps: Steps = Steps()
    waiting_since: AwareDatetime | None = None
    value_then: Field | None = None
    value_now: Field | None = None
    outcome: Outcome | None = None
    opened_by: str | None = None
    opened_at: AwareDatetime
    last_activity_at: AwareDatetime
    comment_count: int = 0
    participants: list[str] = []
    members: list[str] | None = None
    labels: list[str] = []
    metadata: dict[str, Any] = {}
    seq: int = 0
    version: int = 1
    viewer: Viewer | None = None
    comments: list[Comment] | None = None
    highlights: list[Comment] | None = None
    actions: list[Action] | None = None
    changes: list[FieldChange] | None = None
    people: dict[str, Person] | None = None
    snippet: Snippet | None = None


class RecordViewer(Model):
    """What a record is to whoever asked; `level` is `none`, `read`, `comment` or `manage`."""

    person_id: str | None = None
    level: str = "none"
    can: list[str] = []


class Conversation(Model):
    """Everything to paint a record's discussions at once. Live delivery goes on from `cursor`.

    `threads` come newest first, each with its last 20 comments; `next` is the cursor of older ones.
    """

    record: Record
    threads: list[Thread] = []
    people: dict[str, Person] = {}
    viewer: RecordViewer = RecordViewer()
    cursor: str
    next: str | None = None


class Tally(Model):
    """Threads by state (`total`, `open`, `resolved`, `overdue`) and comments that wait for the viewer."""

    total: int = 0
    open: int = 0
    resolved: int = 0
    overdue: int = 0
    unread: int = 0
    mentions: int = 0


class RecordTally(Tally):
    """A record's tally, and that of each field, by path."""

    fields: dict[str, Tally] = {}


class Tallies(Model):
    """Tallies by record, `type:key`."""

    data: dict[str, RecordTally]
