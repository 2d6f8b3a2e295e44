"""On which shelves of the inbox an entry lies. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

SHELVES: Final = ("for-you", "mentions", "assigned", "asked", "due", "followed", "waiting", "later", "done")
OUTCOMES = frozenset({"resolved", "came_of_it", "later"})
FOLLOWED = frozenset({"reply", "resolved", "reopened", "decided"})
BY_REASON = {
    "mentions": frozenset({"mention"}), "assigned": frozenset({"assigned"}), "asked": frozenset({"asked"}),
    "due": frozenset({"due"}), "followed": FOLLOWED,
}  # fmt: skip
OPEN_ONLY = frozenset({"assigned", "asked", "due"})


@dataclass(frozen=True, slots=True)
class Lying:
    """An entry, with what decides where it lies. `reasons` are those that stand, the strongest first."""

    thread_id: str
    record_id: str
    status: str
    position: int
    at: int
    unread: bool
    done: bool
    done_at: int | None
    snoozed_until: int | None
    reasons: list[dict[str, Any]]

    def shelves(self, now: int) -> frozenset[str]:
        """Return where it lies: on `done` or `later` alone, or on all that its reasons put it on."""
        if self.done:
            return frozenset({"done"})
        if self.snoozed_until is not None and self.snoozed_until > now:
            return frozenset({"later"})
        stands = {one["reason"] for one in self.reasons}
        waits = stands if self.status == "open" else {one["reason"] for one in self.reasons if self._outlives(one)}
        found = {name for name, reasons in BY_REASON.items() if (waits if name in OPEN_ONLY else stands) & reasons}
        return frozenset(found | {"for-you"} if waits else found)

    def _outlives(self, reason: dict[str, Any]) -> bool:
        """Whether a reason waits for somebody though the discussion is over: what came of it, and work that goes on."""
        works_on = self.status == "resolved" and reason["action_id"] is not None and reason["reason"] in OPEN_ONLY
        return reason["reason"] in OUTCOMES or works_on


def counts(entries: Iterable[Lying], *, waiting: int, requests: int, now: int) -> dict[str, int]:
    """Return how many lie on each shelf but `done`, how many of `for-you` are unread, and how many requests for access wait."""
    found = {**dict.fromkeys(SHELVES[:-1], 0), "waiting": waiting, "unread": 0, "requests": requests}
    for one in entries:
        on = one.shelves(now) - {"done"}
        for name in on:
            found[name] += 1
        found["unread"] += one.unread and "for-you" in on
    return found
