"""The second page of what can happen: how a discussion is settled, by answers, decisions and actions."""

from dataclasses import dataclass
from typing import ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class AnswerAccepted(Event):
    """The question `comment_id` got `answer_id` for its answer; `before` is the one that was accepted until now."""

    type: ClassVar[str] = "answer.accepted"
    comment_id: str
    answer_id: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn(Event):
    """The question `comment_id` has no accepted answer any more; it was `answer_id`."""

    type: ClassVar[str] = "answer.withdrawn"
    comment_id: str
    answer_id: str


@dataclass(frozen=True, slots=True)
class DecisionVoted(Event):
    """A person agreed to a decision, or sees a problem; a later vote of theirs replaces it. Proposing is `comment.posted`."""

    type: ClassVar[str] = "decision.voted"
    comment_id: str
    vote: str


@dataclass(frozen=True, slots=True)
class DecisionVoteWithdrawn(Event):
    """A person took their vote on a decision back."""

    type: ClassVar[str] = "decision.vote_withdrawn"
    comment_id: str
    vote: str


@dataclass(frozen=True, slots=True)
class DecisionRecorded(Event):
    """A decision stands, from now on and whatever was said against it until now."""

    type: ClassVar[str] = "decision.recorded"
    comment_id: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionReplaced(Event):
    """Another decision, `replaced_by`, stands in the place of this one."""

    type: ClassVar[str] = "decision.replaced"
    comment_id: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class DecisionChanged(Event):
    """The review date of a recorded decision changed; `members` names what."""

    type: ClassVar[str] = "decision.changed"
    comment_id: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionAdded(Event):
    """There is something to do; `assignee` is who shall do it."""

    type: ClassVar[str] = "action.added"
    says: ClassVar[tuple[str, ...]] = ("assignee",)
    action_id: str
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class ActionChanged(Event):
    """Text, assignee or due date of an action changed; `members` names which, `assignee` is who shall do it now."""

    type: ClassVar[str] = "action.changed"
    says: ClassVar[tuple[str, ...]] = ("assignee",)
    action_id: str
    members: tuple[str, ...] = ()
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class ActionDone(Event):
    """An action was done."""

    type: ClassVar[str] = "action.done"
    action_id: str


@dataclass(frozen=True, slots=True)
class ActionDropped(Event):
    """An action will not be done; the action says why."""

    type: ClassVar[str] = "action.dropped"
    action_id: str


@dataclass(frozen=True, slots=True)
class ActionReopened(Event):
    """An action that was done or dropped is open again."""

    type: ClassVar[str] = "action.reopened"
    action_id: str
