"""Decisions and actions as callers see and write them."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..wire import ActionId, CommentId, Draft, Instant, Line, PersonId, Shape, Time, instant_of

Turn = Literal["comment", "question", "decision", "action"]


def _due(value: Any) -> int | date:
    if isinstance(value, str) and len(value) == len("2026-11-27"):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValueError("is a day such as 2026-11-27 or a time such as 2026-11-27T17:00:00Z") from None
        if not 1970 <= day.year <= 9998:  # noqa: PLR2004
            raise ValueError("is between the years 1970 and 9998")
        return day
    return instant_of(value)


Due = Annotated[
    int | date,
    BeforeValidator(_due),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}),
    Field(examples=["2026-11-27"]),
]
"""A time, or a day: then the end of that day where the assignee is, or the sponsor of a discussion."""


class Problem(Shape):
    """Why somebody does not agree."""

    person: str
    text: str
    at: Time


class Decision(Shape):
    """What became of a proposed decision, and what people think of it."""

    state: Literal["proposed", "recorded", "replaced"]
    agree: list[str]
    problems: list[Problem]
    replaced_by: str | None
    review_at: Time | None
    recorded_by: str | None
    recorded_at: Time | None


class Action(Shape):
    """Something to do."""

    id: str
    thread_id: str
    comment_id: str | None
    text: str
    assignee: str | None
    due_at: Time | None
    state: Literal["open", "done", "dropped"]
    reason: str | None
    done_at: Time | None
    done_by: str | None
    created_by: str | None
    created_at: Time
    version: int


class AnswerDraft(Draft):
    """The comment that answers a question."""

    comment_id: CommentId


class VoteDraft(Draft):
    """What a person thinks of a decision; a problem needs one line that says it."""

    vote: Literal["agree", "problem"]
    text: Line | None = None


class DecisionRecordDraft(Draft):
    """How to record a decision: when to look at it again, and which decision it replaces."""

    review_at: Instant | None = None
    replaces: CommentId | None = None


class ReviewPatch(Draft):
    """When to look at a recorded decision again; null for never."""

    review_at: Instant | None


class ActionDraft(Draft):
    """Something to do; `comment_id` is the comment it came from."""

    id: ActionId | None = None
    text: Line
    assignee: PersonId | None = None
    due_at: Due | None = None
    comment_id: CommentId | None = None


class ActionPatch(Draft):
    """What to change of an action; null takes assignee or due date away, and `dropped` needs a reason."""

    text: Line = ""
    assignee: PersonId | None = None
    due_at: Due | None = None
    state: Literal["open", "done", "dropped"] = "open"
    reason: Line | None = None


class TurnDraft(Draft):
    """What a comment becomes; `id`, `assignee` and `due_at` go with an action."""

    kind: Turn
    id: ActionId | None = None
    assignee: PersonId | None = None
    due_at: Due | None = None
