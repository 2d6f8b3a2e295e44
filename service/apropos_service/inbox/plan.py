"""What some entries of the log change in people's inboxes, and how that is cut into steps.

Law: what entries are to one person in one thread is written together, in the order of the log, so that many replies are one
change of a row. The pairs of a person and a thread have an order; where a step ends, they are done up to there.
"""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..database import Reading
from ..events.log import Entry
from ..notices.audience import told, voids
from ..notices.notice import Notice, Void
from ..notices.scene import Scene, scene_of
from ..notices.telling import may_be_kept_for
from ..people.hours import quiet_until
from ..people.preferences import liked
from ..people.queries import known_as
from ..threads.model import Thread
from .dates import moves_dates

AT_ONCE = 500
"""So many people's entries are changed in one commit."""
MOST = 5_000
"""So many are planned together, unless one entry of the log concerns more."""
FEW = 8
"""Of so many entries it is looked up first what they are about, which tells how many more will fit."""
Whose = tuple[str, str]
"""A person and a thread."""
Changes = dict[Whose, list[Notice | Void]]


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit changes: notices and what takes them back, the ends of people's quiet hours, dates, who is to count anew.

    `inside` says how far a plan is done with it ('': it is done).
    """

    changes: Changes
    quiet: dict[str, int]
    inside: str = ""
    dated: dict[str, int] = field(default_factory=dict)
    turned: frozenset[str] = frozenset()

    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self.changes and not self.dated

    def people(self) -> frozenset[str]:
        """Return whose counts may be other with it, and who may hear that now."""
        return self.turned | ({person_id for person_id, _ in self.changes} - self.quiet.keys())


class Plan:
    """What entries up to `until`, a place in the log, change."""

    def __init__(self, look: Reading, *, after: Whose) -> None:
        """Nothing is planned yet; pairs up to `after` are done. `look` holds only while it is being made."""
        self.until = 0
        self._look, self._after = look, after
        self._changes: dict[str, dict[str, list[Notice | Void]]] = defaultdict(dict)
        self._threads: dict[str, Thread] = {}
        self._dated: dict[str, int] = {}
        self._turned: set[str] = set()
        self._left: list[Whose] = []

    async def make(self, entries: Sequence[Entry], *, most: int) -> None:
        """Plan what the entries change, until that are `most` people's or more."""
        done = 0
        while done < len(entries) and (planned := sum(map(len, self._changes.values()))) < most:
            some = entries[done : done + max(FEW, done * (most - planned) // max(planned, 1))]
            scene = await scene_of(self._look, some)
            self._threads |= scene.threads
            for entry in some:
                await self._add(entry, scene)
                await asyncio.sleep(0)  # a plan may take long: who waits for an answer has a turn between two entries
            done += len(some)
        self.until = entries[done - 1].position
        whose = ((person_id, thread_id) for thread_id, people in self._changes.items() for person_id in people)
        self._left = sorted((one for one in whose if one > self._after), reverse=True)

    async def step(self, look: Reading, now: int) -> Step:
        """Take the next pairs out, at most `AT_ONCE`, without the notices that are not for them or that they do not wish."""
        some = [self._left.pop() for _ in range(min(AT_ONCE, len(self._left)))]
        people = {person_id for person_id, _ in some}
        likes, kept = await liked(look, people), await self._kept(look, some)
        changes: Changes = {}
        for whose in some:
            person_id, thread_id = whose
            wishes, may = likes[person_id]["channels"], whose in kept
            planned = self._changes[thread_id][person_id]
            found = [one for one in planned if isinstance(one, Void) or (may and wishes[one.reason]["inbox"])]
            if found:
                changes[whose] = found
        quiet = {one: until for one in people if (until := quiet_until(likes[one]["quiet_hours"], likes[one]["time_zone"], now))}
        if self._left:
            return Step(changes, quiet, "\t".join((*some[-1], str(self.until))))
        return Step(changes, quiet, "", self._dated, frozenset(self._turned))

    async def _add(self, entry: Entry, scene: Scene) -> None:
        thread = scene.threads.get(entry.thread_id or "")
        if thread is None:
            return
        if moves_dates(entry, scene.facts[entry.position], thread):
            self._dated[thread.id] = entry.at
        if scene.facts[entry.position].get("was"):  # others see it than before: their counts are other, too
            self._turned.update(await _told_before(self._look, Void(thread.id)))
        changes = self._changes[thread.id]
        for void in voids(entry, scene):
            for person_id in {*await _told_before(self._look, void), *changes}:
                changes.setdefault(person_id, []).append(void)
        for person_id, notice in told(entry, scene):
            before = changes.setdefault(person_id, [])
            if len(before) > 1 and _same(before[-1], notice) and _same(before[-2], notice):
                before.pop()  # of many of a kind only the first and the last count
            before.append(notice)

    async def _kept(self, look: Reading, some: Sequence[Whose]) -> set[Whose]:
        known = await known_as(look, {person_id for person_id, _ in some})
        by_thread = defaultdict(list)
        for person_id, thread_id in some:
            by_thread[thread_id].append(known[person_id])
        return {(one, at) for at, people in by_thread.items() for one in may_be_kept_for(self._threads[at], people)}


async def plan_of(look: Reading, entries: Sequence[Entry], inside: str) -> Plan:
    """Return what entries change, as many of them as fit; `inside` says how far another plan of them was done."""
    if not inside:
        plan = Plan(look, after=("", ""))
        await plan.make(entries, most=MOST)
        return plan
    person_id, thread_id, until = [*inside.split("\t"), "", ""][:3]
    plan, last = Plan(look, after=(person_id, thread_id)), int(until or entries[0].position)
    await plan.make([one for one in entries if one.position <= last], most=sys.maxsize)
    return plan


def _same(one: Notice | Void, notice: Notice) -> bool:
    return isinstance(one, Notice) and one.reason == notice.reason and one.cause == notice.cause


async def _told_before(look: Reading, void: Void) -> list[str]:
    """Return whose entries may have what is taken back."""
    word = void.comment_id or (void.cause if void.cause and "_" in void.cause else "")
    sql = "SELECT person_id FROM inbox_entry WHERE workspace_id = :workspace_id AND thread_id = :id AND reasons LIKE :word"
    return [row[0] for row in await look.fetch(sql, id=void.thread_id, word=f"%{word}%")]
