"""The third page of what can happen: what time brings about. The clock is nobody, so these have no actor."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from .event import Event


def _named(event: Event) -> dict[str, Any]:
    """Return what the log keeps: it is about an action only where it names one."""
    return {name: value for name, value in asdict(event).items() if value is not None}


@dataclass(frozen=True, slots=True)
class NoticeDueSoon(Event):
    """A thread, or an action in it, is due soon, at `due_at`; `owed_by` are those to whom it falls."""

    type: ClassVar[str] = "notice.due_soon"
    due_at: str
    owed_by: tuple[str, ...] = ()
    action_id: str | None = None

    facts = _named


@dataclass(frozen=True, slots=True)
class NoticeOverdue(Event):
    """A thread, or an action in it, was due at `due_at` and is still open."""

    type: ClassVar[str] = "notice.overdue"
    due_at: str
    owed_by: tuple[str, ...] = ()
    action_id: str | None = None

    facts = _named


@dataclass(frozen=True, slots=True)
class NoticeReviewDue(Event):
    """A recorded decision, `comment_id`, is to be looked at again, since `due_at`."""

    type: ClassVar[str] = "notice.review_due"
    due_at: str
    comment_id: str
    owed_by: tuple[str, ...] = ()
