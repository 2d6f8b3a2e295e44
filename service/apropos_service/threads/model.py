"""Threads and comments as they are stored, with the invariants a row can hold by itself."""

from ..errors import Conflict
from ..records.model import Record
from ..rows import Foreign, Index, Json, Row, table


class ThreadIsResolved(Conflict):
    """The thread is resolved; reopen it to continue."""


class ThreadIsArchived(Conflict):
    """The thread is archived; reopen it to continue."""


class CommentIsWithdrawn(Conflict):
    """The comment was withdrawn; restore it first."""


class CommentIsErased(Conflict):
    """What the comment said was erased for good; it cannot be restored."""


@table("thread", foreign=[Foreign(("workspace_id", "record_id"), "record")], indexes=[
    Index(("id",), unique=True), Index(("workspace_id", "record_id", "opened_at", "id")),
    Index(("workspace_id", "opened_at", "id")), Index(("workspace_id", "last_activity_at", "id")),
    Index(("workspace_id", "asked_by", "waiting_since", "id")),
])  # fmt: skip
class Thread(Row):
    """One discussion about a record or a field of it.

    `last_number` counts every comment ever posted here, `comment_count` those not withdrawn. The counts after `seq` are
    what `steps` shows (rooms `steps` and `actions` keep them): questions with an accepted answer, decisions that stand,
    those of them with a newer problem, actions ever added, done, dropped. `waiting_since` is when the oldest question was
    asked that nobody but its asker, `asked_by`, has written after. `draft` is the fingerprint of what asked for it; empty:
    nobody did.
    """

    workspace_id: str
    id: str
    record_id: str
    field: str | None
    title: str | None
    status: str
    visibility: str
    members: Json
    goal: str | None
    sponsor: str | None
    due_at: int | None
    template: str | None
    labels: Json
    metadata: Json
    outcome: Json
    value_then: Json
    opened_by: str | None
    opened_at: int
    last_activity_at: int
    comment_count: int
    last_number: int
    question_count: int
    version: int
    seq: int
    answered_count: int = 0
    recorded_count: int = 0
    troubled_count: int = 0
    action_count: int = 0
    done_count: int = 0
    dropped_count: int = 0
    waiting_since: int | None = None
    asked_by: str | None = None
    opened_on: str = ""
    opened_on_seq: int = 0
    draft: str = ""

    follows = ("record_id", Record)

    def where(self) -> dict[str, str]:
        """Return the ids that an entry about this thread carries."""
        return {"record_id": self.record_id, "thread_id": self.id}

    def must_be_open(self) -> None:
        """Raise `ThreadIsResolved` or `ThreadIsArchived` unless it is open."""
        if self.status == "resolved":
            raise ThreadIsResolved
        self.must_not_be_archived()

    def must_not_be_archived(self) -> None:
        """Raise `ThreadIsArchived` when it is put away: work goes on after a discussion is resolved, not then."""
        if self.status == "archived":
            raise ThreadIsArchived


@table("comment", foreign=[Foreign(("workspace_id", "thread_id"), "thread")], indexes=[
    Index(("id",), unique=True), Index(("workspace_id", "thread_id", "number"), unique=True),
    Index(("workspace_id", "thread_id", "answer_id"), where="answer_id IS NOT NULL"),
])  # fmt: skip
class Comment(Row):
    """One message; `number` is its place in the thread (1, 2, 3), `seq` the event that posted it.

    It was posted as one `kind` and may have been turned into another since. `answer_id` is the accepted answer of a question.
    `attachments` are the ids of the files it was posted with, also of those that were removed since.
    `removed` is by whom, when and why a moderator took it away: then only a moderator brings it back.
    """

    workspace_id: str
    id: str
    thread_id: str
    number: int
    seq: int
    kind: str
    author: str | None
    body: str
    html: str
    nodes: str
    mentions: Json
    quote_id: str | None
    value_then: Json
    posted_at: int
    edited_at: int | None
    withdrawn_at: int | None
    version: int
    posted_as: str = "comment"
    attachments: Json = None
    answer_id: str | None = None
    accepted_by: str | None = None
    accepted_at: int | None = None
    removed: Json = None

    def must_stand(self) -> None:
        """Raise `CommentIsWithdrawn` when it was taken back, or away."""
        if self.withdrawn_at is not None:
            raise CommentIsWithdrawn


@table(
    "comment_version", key=("workspace_id", "comment_id", "version"), foreign=[Foreign(("workspace_id", "comment_id"), "comment")]
)
class CommentVersion(Row):
    """What a comment said in an earlier version, and who replaced it when."""

    workspace_id: str
    comment_id: str
    version: int
    body: str
    html: str
    nodes: str
    replaced_by: str | None
    replaced_at: int


@table(
    "mention",
    key=("workspace_id", "comment_id", "target"),
    foreign=[Foreign(("workspace_id", "comment_id"), "comment")],
    indexes=[Index(("workspace_id", "target", "thread_id", "number")), Index(("workspace_id", "thread_id"))],
)
class Mention(Row):
    """A comment mentions `target`: a person's id, or `group:` and a group's."""

    workspace_id: str
    comment_id: str
    target: str
    thread_id: str
    number: int


@table(
    "reaction",
    key=("workspace_id", "comment_id", "emoji", "person_id"),
    foreign=[Foreign(("workspace_id", "comment_id"), "comment")],
)
class Reaction(Row):
    """A person's emoji on a comment."""

    workspace_id: str
    comment_id: str
    emoji: str
    person_id: str
    at: int


@table("seen", key=("workspace_id", "comment_id", "person_id"), foreign=[Foreign(("workspace_id", "comment_id"), "comment")])
class Seen(Row):
    """A person said that they saw a comment."""

    workspace_id: str
    comment_id: str
    person_id: str
    at: int


@table(
    "participation",
    key=("workspace_id", "thread_id", "person_id"),
    foreign=[Foreign(("workspace_id", "thread_id"), "thread")],
    indexes=[Index(("workspace_id", "person_id", "thread_id"))],
)
class Participation(Row):
    """What a thread is to one person: whether they wrote, how much they chose to hear, and how far they read.

    They follow it since the thread's event `since_seq`: since they wrote first, or chose to hear everything.
    Unread is `last_number - read_number - skipped`, where `skipped` counts comments past `read_number` that are
    their own or withdrawn: a difference, never a count (MEASURES §2).
    """

    workspace_id: str
    thread_id: str
    person_id: str
    wrote: bool
    watching: str | None
    read_seq: int
    read_number: int
    skipped: int
    since_seq: int = 0

    def unread(self, thread: Thread) -> int:
        """Return how many comments wait for this person."""
        return max(0, thread.last_number - self.read_number - self.skipped)

    def wrote_next(self, thread: Thread) -> None:
        """Take note that this person wrote the newest comment."""
        if self.read_number + self.skipped == thread.last_number - 1:
            self.read_number, self.read_seq, self.skipped = thread.last_number, thread.seq, 0
        else:
            self.skipped += 1
        if not self.wrote:
            self.wrote, self.since_seq = True, thread.seq
