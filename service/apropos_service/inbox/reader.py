"""Learns from the log who is to look at what, and keeps each person's entries.

Law: the room `notices` says who is told and what is taken back; here it only comes to rows, so many people at a time that
nobody else's commit waits long. A group of thousands takes several steps.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..access.policy import Caller
from ..database import Reading, Transaction
from ..events.bus import personal_hints
from ..events.log import Entry
from ..events.readers import Learnt
from ..notices.audience import told, voids
from ..notices.notice import Notice, Void
from ..notices.scene import Scene, scene_of
from ..notices.telling import may_be_kept_for
from ..people.hours import quiet_until
from ..people.preferences import liked
from ..people.queries import known_as
from ..threads.model import Thread
from . import reasons
from .dates import moves_dates, set_dates
from .model import InboxEntry, InboxMark
from .putting_off import hold_back

AT_ONCE = 500
"""So many people's entries are changed in one commit."""
FEW = 8
"""Of so many entries it is looked up first what they are about."""
PUT_OFF = """reasons LIKE '%"later"%'"""
Whose = tuple[str, str]
"""A person and a thread."""


class Inbox:
    """The reader."""

    name = "inbox"

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock and `hint`."""
        self._state = state

    async def learn(self, entries: Sequence[Entry], inside: str) -> Learnt:
        """Plan whose entries change; stops inside an entry that concerns more people than fit."""
        here = entries[0].workspace_id
        async with self._state.database.reading(here, snapshot=True) as look:
            plan = Plan(look, self._state.clock.now())
            position, stopped = await plan.fill(entries, inside)
        wanted = [(cls, (here, *whose)) for whose in plan.changes for cls in (InboxEntry, InboxMark)]
        people = plan.turned | ({person_id for person_id, _ in plan.changes} - plan.quiet.keys())
        if not people and plan.is_empty():
            return Learnt(position, stopped)
        return Learnt(position, stopped, plan.write, wanted, then=lambda: self._state.hint(personal_hints(here, people)))

    async def forget(self, tx: Transaction) -> None:
        """Drop the entries, but for what somebody put off: that was their own doing."""
        await tx.fetch(f"DELETE FROM inbox_entry WHERE workspace_id = :workspace_id AND NOT {PUT_OFF}")  # noqa: S608 it is ours
        for row in await tx.rows(InboxEntry, PUT_OFF):
            row.reasons = [one for one in row.reasons if one["reason"] == "later"]
            _stand(row, await tx.find(InboxMark, row.person_id, row.thread_id))


class Plan:
    """What one step changes: for each entry its notices and what takes them back, in the order of the log."""

    def __init__(self, look: Reading, now: int) -> None:
        """Nothing is planned yet; `look` holds only while it is being filled."""
        self.changes: dict[Whose, list[Notice | Void]] = defaultdict(list)
        self.quiet: dict[str, int] = {}
        self.turned: set[str] = set()
        self._dated: dict[str, int] = {}
        self._look, self._now = look, now
        self._known: dict[str, Caller] = {}
        self._likes: dict[str, dict[str, Any]] = {}

    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self.changes and not self._dated

    async def fill(self, entries: Sequence[Entry], inside: str) -> tuple[int, str]:
        """Plan what the entries change, as far as there is room; returns how far that is, as `Learnt` says it.

        What entries are about is looked up for few of them, then for more each time: a few may concern as many people as fit.
        """
        done = 0
        while done < len(entries) and len(self.changes) < AT_ONCE:
            some = entries[done : 2 * done + FEW]
            rest = await self._fill(some, await scene_of(self._look, some), "" if done else inside)
            if rest is not None:
                return rest
            done += len(some)
        return entries[done - 1].position, ""

    async def write(self, tx: Transaction) -> None:
        """Change the entries, and set what is owed at a time."""
        for (person_id, thread_id), changes in self.changes.items():
            row = await tx.find(InboxEntry, person_id, thread_id)
            if row is None:
                if not any(isinstance(one, Notice) for one in changes):
                    continue
                row = tx.add(InboxEntry(tx.workspace_id, person_id, thread_id, 0, 0, 0, done=False, reasons=[]))
            for change in changes:
                _apply(row, change)
            _stand(row, await tx.find(InboxMark, person_id, thread_id))
        for person_id, until in sorted(self.quiet.items()):
            await hold_back(tx, person_id, until)
        for thread_id, since in sorted(self._dated.items()):
            await set_dates(tx, thread_id, since)

    async def _fill(self, entries: Sequence[Entry], scene: Scene, inside: str) -> tuple[int, str] | None:
        """Plan what these change, the first of them being read as far as `inside`; returns how far that is unless it is all."""
        for entry in entries:
            thread = scene.threads.get(entry.thread_id or "")
            if thread is None:
                continue
            if moves_dates(entry, scene.facts[entry.position], thread):
                self._dated[thread.id] = entry.at
            if scene.facts[entry.position].get("was"):  # others see it than before: their counts are other, too
                self.turned.update(await _told_before(self._look, Void(thread.id)))
            rest = await self._add(entry, thread, scene, after=inside if entry is entries[0] else "")
            if rest is not None:
                return entry.position - 1, rest
        return None

    async def _add(self, entry: Entry, thread: Thread, scene: Scene, *, after: str) -> str | None:
        """Plan what an entry changes for people whose ids come after `after`; returns the last of them when there are more."""
        concerned: dict[str, list[Notice | Void]] = defaultdict(list)
        for void in voids(entry, scene):
            for person_id in {*await _told_before(self._look, void), *self._told_now(void)}:
                concerned[person_id].append(void)
        for notice in told(entry, scene):
            concerned[notice.person_id].append(notice)
        people = sorted(one for one in concerned if one > after)
        some = people[: AT_ONCE - len(self.changes)]
        self._known |= await known_as(self._look, set(some) - self._known.keys())
        may = may_be_kept_for(thread, map(self._known.__getitem__, some))
        await self._learn_likes(may)
        for person_id in some:
            change = [one for one in concerned[person_id] if isinstance(one, Void) or (person_id in may and self._wishes(one))]
            if change:
                self.changes[person_id, thread.id] += change
        return (some[-1] if some else after) if len(some) < len(people) else None

    def _told_now(self, void: Void) -> list[str]:
        """Return whose entries may come to have, in this step, what is taken back."""
        return [person_id for person_id, thread_id in self.changes if thread_id == void.thread_id]

    async def _learn_likes(self, people: set[str]) -> None:
        fresh = await liked(self._look, people - self._likes.keys())
        self._likes |= fresh
        for person_id, likes in fresh.items():
            until = quiet_until(likes["quiet_hours"], likes["time_zone"], self._now)
            if until is not None:
                self.quiet[person_id] = until

    def _wishes(self, notice: Notice) -> bool:
        return bool(self._likes[notice.person_id]["channels"][notice.reason]["inbox"])


async def _told_before(look: Reading, void: Void) -> list[str]:
    """Return whose entries may have what is taken back."""
    word = void.comment_id or (void.cause if void.cause and "_" in void.cause else "")
    sql = "SELECT person_id FROM inbox_entry WHERE workspace_id = :workspace_id AND thread_id = :id AND reasons LIKE :word"
    return [row[0] for row in await look.fetch(sql, id=void.thread_id, word=f"%{word}%")]


def _apply(row: InboxEntry, change: Notice | Void) -> None:
    if isinstance(change, Void):
        row.reasons = reasons.taken_back(row.reasons, change, row.person_id)
    else:
        row.reasons = reasons.told(row.reasons, change)


def _stand(row: InboxEntry, mark: InboxMark | None) -> None:
    """Let the row say what its reasons come to, and whether the person was done with that."""
    live = reasons.standing(row.reasons)
    row.position, row.seq, row.at = (max((one[name] for one in live), default=0) for name in ("position", "seq", "at"))
    row.done = mark is not None and mark.done_position >= row.position > 0
