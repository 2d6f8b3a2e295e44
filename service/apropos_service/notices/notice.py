"""What a notice is: one reason for one person to look at one thread; and what takes notices back. Pure."""

from dataclasses import dataclass
from typing import Final

RANK: Final = (
    "asked", "assigned", "due", "mention", "answered", "came_of_it", "decided", "resolved", "reopened", "visibility", "reply",
    "reaction", "later",
)  # fmt: skip
"""Every reason, the strongest first: of what one event is to one person, that is told."""
OWED: Final = frozenset({"asked", "assigned", "due"})
"""What is laid on a person: told whatever they chose to hear."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A reason to look at a thread.

    `cause` keeps reasons of the same kind apart: two with the same cause are one, the later. `by` caused it (`None`: the
    host or the clock), `comment_id` or `action_id` is what it is about, `event` the type of what happened. `seq` and
    `position` are the event's places in the thread and in the log, `at` its time in milliseconds.
    """

    thread_id: str
    reason: str
    cause: str
    event: str
    by: str | None
    at: int
    seq: int
    position: int
    comment_id: str | None = None
    action_id: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What may stand in the place of what was taken back: an earlier comment, or another's reaction."""

    by: str | None
    at: int
    seq: int
    comment_id: str | None


@dataclass(frozen=True, slots=True)
class Void:
    """Takes notices of a thread back: those with this `cause` or about this comment, of these reasons (none: of any).

    People in `but` keep theirs. What is coalesced goes back to the newest of `standing` that is not their own doing.
    """

    thread_id: str
    reasons: frozenset[str] = frozenset()
    cause: str | None = None
    comment_id: str | None = None
    but: frozenset[str] = frozenset()
    standing: tuple[Standing, ...] = ()


def stronger(one: Notice, other: Notice) -> Notice:
    """Return the one to tell of two that the same event is to the same person."""
    return one if RANK.index(one.reason) <= RANK.index(other.reason) else other
