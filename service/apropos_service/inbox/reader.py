"""Learns from the log who is to look at what, and keeps each person's entries.

Law: the room `notices` says who is told and what is taken back, `plan` whose rows that is; here it comes to rows, so many people
at a time that nobody else's commit waits long. A group of thousands takes several steps.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..database import Transaction
from ..events.bus import personal_hints
from ..events.log import Entry
from ..events.readers import Learnt
from ..notices.notice import Notice, Void
from . import reasons
from .dates import set_dates
from .model import InboxEntry, InboxMark
from .plan import Plan, Step, plan_of
from .putting_off import hold_back

PUT_OFF = """reasons LIKE '%"later"%'"""


class Inbox:
    """The reader."""

    name = "inbox"
    chunk = 1_000

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock and `hint`."""
        self._state = state

    async def learn(self, entries: Sequence[Entry], inside: str) -> Learnt:
        """Plan whose entries change; stops inside a plan that concerns more people than fit."""
        before, here = entries[0].position - 1, entries[0].workspace_id
        async with self._state.database.reading(here, snapshot=True) as look:
            plan = await plan_of(look, entries, inside)
            return self._learnt(here, before, plan, await plan.step(look, self._state.clock.now()))

    async def forget(self, tx: Transaction) -> None:
        """Drop the entries, but for what somebody put off: that was their own doing."""
        await tx.fetch(f"DELETE FROM inbox_entry WHERE workspace_id = :workspace_id AND NOT {PUT_OFF}")  # noqa: S608 it is ours
        for row in await tx.rows(InboxEntry, PUT_OFF):
            row.reasons = [one for one in row.reasons if one["reason"] == "later"]
            _stand(row, await tx.find(InboxMark, row.person_id, row.thread_id))

    async def _go_on(self, here: str, before: int, plan: Plan) -> Learnt:
        async with self._state.database.reading(here, snapshot=True) as look:
            return self._learnt(here, before, plan, await plan.step(look, self._state.clock.now()))

    def _learnt(self, here: str, before: int, plan: Plan, step: Step) -> Learnt:
        """Return what a step of a plan comes to, whose first entry comes right after the place `before`."""
        position = before if step.inside else plan.until
        rest = partial(self._go_on, here, before, plan) if step.inside else None
        people = step.people()
        if not people and step.is_empty():
            return Learnt(position, step.inside, rest=rest)
        wanted = [(cls, (here, *whose)) for cls in (InboxEntry, InboxMark) for whose in step.changes]
        then = partial(self._state.hint, personal_hints(here, people))
        return Learnt(position, step.inside, partial(_write, step), wanted, then, rest)


async def _write(step: Step, tx: Transaction) -> None:
    """Change the entries, and set what is owed at a time."""
    for (person_id, thread_id), changes in step.changes.items():
        row = await tx.find(InboxEntry, person_id, thread_id)
        if row is None:
            if not any(isinstance(one, Notice) for one in changes):
                continue
            row = tx.add(InboxEntry(tx.workspace_id, person_id, thread_id, 0, 0, 0, done=False, reasons=[]))
        for change in changes:
            _apply(row, change)
        _stand(row, await tx.find(InboxMark, person_id, thread_id))
    for person_id, until in sorted(step.quiet.items()):
        await hold_back(tx, person_id, until)
    for thread_id, since in sorted(step.dated.items()):
        await set_dates(tx, thread_id, since)


def _apply(row: InboxEntry, change: Notice | Void) -> None:
    if isinstance(change, Void):
        row.reasons = reasons.taken_back(row.reasons, change, row.person_id)
    else:
        row.reasons = reasons.told(row.reasons, change)


def _stand(row: InboxEntry, mark: InboxMark | None) -> None:
    """Let the row say what its reasons come to, and whether the person was done with that."""
    live = reasons.live(row.reasons)
    row.position, row.seq, row.at = (max([one[name] for one in live], default=0) for name in ("position", "seq", "at"))
    row.done = mark is not None and mark.done_position >= row.position > 0
