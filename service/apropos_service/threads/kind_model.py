"""What belongs to the kinds of a comment: votes on decisions, decisions that were recorded, actions."""

from ..errors import Conflict
from ..rows import Foreign, Index, Row, table


class CommentIsNoQuestion(Conflict):
    """Only a question has an answer; turn the comment into one first."""


class CommentIsNoDecision(Conflict):
    """Only a decision is voted on and recorded; turn the comment into one first."""


class QuestionIsAnswered(Conflict):
    """The question has an accepted answer; withdraw the acceptance first."""


class DecisionIsRecorded(Conflict):
    """The decision is recorded; propose another one that replaces it."""


class DecisionIsReplaced(Conflict):
    """The decision was replaced by another one."""


class DecisionIsNotRecorded(Conflict):
    """The decision is not recorded yet."""


class TooManyActions(Conflict):
    """The thread has as many actions as one can have; open another thread."""


@table("vote", key=("workspace_id", "comment_id", "person_id"), foreign=[Foreign(("workspace_id", "comment_id"), "comment")])
class Vote(Row):
    """A person agrees to a decision, or sees the problem that `text` says; `seq` is the event that said so last."""

    workspace_id: str
    comment_id: str
    person_id: str
    vote: str
    text: str | None
    at: int
    seq: int

    def troubles(self, decision: "Decision | None") -> bool:
        """Whether it sees a problem with a decision since that was recorded."""
        return decision is not None and self.vote == "problem" and self.seq > decision.recorded_seq


@table(
    "decision",
    key=("workspace_id", "comment_id"),
    foreign=[Foreign(("workspace_id", "comment_id"), "comment")],
    indexes=[Index(("workspace_id", "thread_id"))],
)
class Decision(Row):
    """What became of a proposed decision: it stands since `recorded_at`, or stood until another replaced it.

    A decision without this row is proposed. `problem_count` counts people who see a problem since it was recorded.
    """

    workspace_id: str
    comment_id: str
    thread_id: str
    recorded_by: str | None
    recorded_at: int | None
    recorded_seq: int
    review_at: int | None
    replaced_by: str | None
    problem_count: int

    @property
    def stands(self) -> bool:
        """Whether it is recorded and nothing has replaced it."""
        return self.recorded_at is not None and self.replaced_by is None


@table("action", foreign=[Foreign(("workspace_id", "thread_id"), "thread")], indexes=[
    Index(("id",), unique=True), Index(("workspace_id", "thread_id", "number"), unique=True),
    Index(("workspace_id", "assignee", "state", "due_at")),
])  # fmt: skip
class Action(Row):
    """Something to do; `number` is its place in the thread (1, 2, 3), `draft` the fingerprint of what asked for it."""

    workspace_id: str
    id: str
    thread_id: str
    number: int
    comment_id: str | None
    text: str
    assignee: str | None
    due_at: int | None
    state: str
    reason: str | None
    done_at: int | None
    done_by: str | None
    created_by: str | None
    created_at: int
    version: int
    draft: str
