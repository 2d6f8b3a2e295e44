"""What happens on a record, from a seed: who does what, where, in any order (`tests/laws/test_replay.py`).

Law: a seed decides everything but the time, so a history that failed can be played again.
"""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import replay
from apropos import AsyncApropos, Conflict, Forbidden, Invalid, NotFound
from meanwhile import MEANWHILE
from moves import MOVES, SELDOM
from scenes import SCENES, Cast

RECORD = "forecast_line:a/b%2F ü:عربي"
OFTEN = SELDOM | {
    "record.merged": 0.3, "record.erased": 0.1, "record.archived": 0.1, "record.renamed": 0.3, "record.redacted": 0.3,
    "thread.archived": 0.3,
}  # fmt: skip
"""How often something is done, against everything else, which is 1."""
NEW, LONG, AGAIN = 0.15, 0.3, 0.5
"""How likely it is that a thread is opened, that it is long, that an earlier comment is taken up."""
BESIDES = 0.25
"""How likely it is that something goes on besides."""
ONLY_READ = {"ray"}
"""Who opens nothing, and is refused wherever they write."""
REFUSED = (Conflict, Forbidden, Invalid, NotFound)


class Nothing(Exception):
    """There is none that a move could take up."""


class History:
    """What happens on a record; `people` are clients by person, and `passer_by` is one of them, who may be erased.

    `turn` turns the service's clock so many hours ahead, and comes back once all is done that is owed by then.
    """

    def __init__(self, seed, host: AsyncApropos, people, without, turn):
        self.host, self.people = host, people
        self._turn, self._ahead = turn, 0
        self.record = f"{RECORD} {seed}"
        self.names = [self.record]
        self.random, self._besides = random.Random(seed), random.Random(f"{seed} besides")
        self.threads = []
        self.passer_by, self._came = "", 0
        self.comes_by()
        self._scenes = {kind: scene for kind, scene in SCENES.items() if kind not in without} | MOVES
        self._kinds = sorted(self._scenes)
        self._weights = [OFTEN.get(kind, 1) for kind in self._kinds]

    async def move(self):
        """Let something happen; what is refused has not happened."""
        if self.threads and self._besides.random() < BESIDES:
            await self._go_on()
        kind = self.random.choices(self._kinds, self._weights)[0]
        cast = self.cast(self.random)
        try:
            if not self.threads or self.random.random() < NEW:
                await cast.open()
            cast.thread = self.random.choice(self.threads)
            await self._scenes[kind](cast)
        except (*REFUSED, Nothing):
            pass
        self.record = cast.record
        self.names += [self.record] if self.record not in self.names else []

    async def end(self):
        """Open a last thread, which everybody hears of."""
        await self.host.records.describe(self.record, archived=False)
        return await self.host.threads.open(self.record, "the end", visibility="shared")

    def comes_by(self):
        """Let somebody new come by."""
        self._came += 1
        self.people.pop(self.passer_by, None)
        self.passer_by = f"passer-by {self._came}"
        self.people[self.passer_by] = self.host.acting_as(self.passer_by)

    async def wait(self, hours):
        """Let hours go by."""
        self._ahead += hours
        await self._turn(self._ahead)

    def hence(self, hours):
        """Return the moment in so many hours."""
        return datetime.now(UTC) + timedelta(hours=self._ahead + hours)

    def cast(self, drawing):
        """Return two people who act next, and how visible the threads are that they open."""
        visibility = drawing.choice(["internal", "shared", "restricted"])
        names = tuple(drawing.sample(sorted(set(self.people) - ONLY_READ), 2))
        about = {"visibility": visibility, "members": list(names) if visibility == "restricted" else []}
        about |= {"field": drawing.choice(["q3/amount", "q3/cost"])}
        author, other = (self.people[name] for name in names)
        drawn = random.Random(drawing.getrandbits(64))
        return Wanderer(
            self.host, author, other, names, self.record, "some *words*", about=about, history=self, luck=drawn,
        )  # fmt: skip

    async def _go_on(self):
        """Let something go on besides."""
        cast = self.cast(self._besides)
        cast.thread = self._besides.choice(self.threads)
        try:
            await self._besides.choice(MEANWHILE)(cast)
        except (*REFUSED, Nothing):
            pass


@dataclass
class Wanderer(Cast):
    """A cast that goes into any thread, and takes up what was said there before."""

    history: History | None = None
    luck: random.Random | None = None

    async def open(self, **draft):
        opened = self.found(await super().open(**draft))
        kinds = self.luck.choices(["comment", "question", "decision"], k=replay.LAST) if self.luck.random() < LONG else []
        await asyncio.gather(*(super(Wanderer, self).comment(kind) for kind in kinds))
        return opened

    def found(self, opened):
        """Take note of a thread."""
        self.thread = opened.id
        self.history.threads.append(opened.id)
        return opened

    async def comment(self, kind="comment"):
        mine = [one for one in await self.said() if (one.author, one.kind, one.withdrawn_at) == (self.names[0], kind, None)]
        return self.luck.choice(mine) if mine and self.luck.random() < AGAIN else await super().comment(kind)

    async def said(self):
        """Return all comments of the thread."""
        return [one async for one in self.host.threads.comments(self.thread)]

    async def any_comment(self, kind=None, *, withdrawn=False):
        """Return a comment, of that kind if one is named; `withdrawn` is whether it is, `None` for either."""
        said = [one for one in await self.said() if kind in (None, one.kind)]
        return self.any_of([one for one in said if withdrawn in (None, one.withdrawn_at is not None)])

    async def any_action(self):
        """Return an action of the thread."""
        return self.any_of([one async for one in self.host.actions.list(self.thread)])

    def any_of(self, rows):
        """Return one of these. Raises `Nothing`."""
        if not rows:
            raise Nothing
        return self.luck.choice(rows)

    def person(self, name):
        """Return the client of somebody; the host's, of whom nobody knows (any more)."""
        return self.history.people.get(name, self.host)

    def somebody(self):
        """Return the client of anybody."""
        return self.person(self.luck.choice(sorted(self.history.people)))

    def some_people(self):
        """Return ids of people, at least one."""
        people = sorted(self.history.people)
        return self.luck.sample(people, self.luck.randint(1, len(people)))

    def elsewhere(self):
        """Return the name of a record that nobody spoke of."""
        return f"{self.record} {self.luck.getrandbits(40)}"

    async def together(self, *moves):
        """Do several moves at once, each with its own luck; what is refused has not happened."""
        casts = [Wanderer(**{**vars(self), "luck": random.Random(self.luck.getrandbits(64))}) for _ in moves]
        done = await asyncio.gather(*(move(cast) for move, cast in zip(moves, casts, strict=True)), return_exceptions=True)
        for fault in done:
            if isinstance(fault, BaseException) and not isinstance(fault, (*REFUSED, Nothing)):
                raise fault
