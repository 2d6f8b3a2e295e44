"""Hints that a workspace's log grew, or that something changed for one person; within this process and between processes.

Law: a hint may be lost. Everybody who waits for one also looks by himself every second; the log is the truth. A hint is
made of ids and hashes with dots between them, `wsp_….rec_…`, and perhaps `!` and a word; what is before that is its
subject, which a bus may sort by.
"""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Protocol

from .lines import Line, nats_line, postgresql_line, redis_line
from .log import Entry, begins

Woken = Callable[[set[str]], None]
Call = Callable[[], None]
LINES = {"postgresql": postgresql_line, "redis": redis_line, "rediss": redis_line, "nats": nats_line, "tls": nats_line}

MANY = 100
"""Where something changed for more people than this, everybody of the workspace is hinted at."""


EVERY_LOG = "*"
"""The subject of every hint that a workspace's log grew."""


def grown(entries: Collection[Entry]) -> set[str]:
    """Return the hints that these entries were added: of their workspaces, of their records, of what is new to others."""
    logs = {entry.workspace_id for entry in entries}
    records = {record_hint(entry.workspace_id, entry.record_id) for entry in entries if entry.record_id}
    return logs | records | {new_hint(entry.workspace_id) for entry in entries if begins(entry)}


def record_hint(workspace_id: str, place: str) -> str:
    """Return the hint of a record, by its id, or its name while nobody has spoken of it, whatever that is made of."""
    return f"{workspace_id}.{_hashed(place) if ':' in place else place}"


def new_hint(workspace_id: str) -> str:
    """Return the hint that something may concern those who listen to another record, or to one that nobody spoke of."""
    return f"{workspace_id}.new"


def personal_hint(workspace_id: str, person_id: str) -> str:
    """Return the hint that something changed for one person, whatever their id is made of."""
    return f"{workspace_id}.own!{_hashed(person_id)}"


def personal_hints(workspace_id: str, people: Collection[str]) -> set[str]:
    """Return the hints that something changed for these people."""
    return {everybodys_hint(workspace_id)} if len(people) > MANY else {personal_hint(workspace_id, one) for one in people}


def everybodys_hint(workspace_id: str) -> str:
    """Return the hint that something may have changed for anybody of a workspace."""
    return f"{workspace_id}.own!"


def subject(hint: str) -> str:
    """Return what a bus may sort a hint by."""
    return hint.partition("!")[0]


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


class News:
    """The workspaces whose logs grew since one last took note."""

    def __init__(self) -> None:
        """There is none yet."""
        self._workspace_ids: set[str] = set()
        self._event = asyncio.Event()

    def hear(self, workspace_ids: set[str]) -> None:
        """Take note of these."""
        self._workspace_ids |= workspace_ids
        self._event.set()

    async def wait(self, seconds: float) -> set[str]:
        """Return what there is, once there is something; after `seconds`, nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        self._event.clear()
        found, self._workspace_ids = self._workspace_ids, set()
        return found


class Bus(Protocol):
    """Carries hints between processes."""

    hears_all: bool
    """Whether a process hears also what it does not follow."""

    def publish(self, hints: set[str]) -> None:
        """Tell the other processes; never waits, never fails."""

    def follow(self, subject: str) -> None:
        """Hear the hints of a subject from now on; `*` in place of a workspace's id is every workspace."""

    def leave(self, subject: str) -> None:
        """Hear them no more."""

    def healthy(self) -> bool:
        """Tell whether hints get through at present."""

    async def close(self) -> None:
        """Stop."""


class MemoryBus:
    """One process: nobody else to tell."""

    hears_all = True

    def publish(self, hints: set[str]) -> None:
        """Do nothing; this process was woken already."""

    def follow(self, subject: str) -> None:
        """Do nothing."""

    def leave(self, subject: str) -> None:
        """Do nothing."""

    def healthy(self) -> bool:
        """Return true."""
        return True

    async def close(self) -> None:
        """Do nothing."""


class Wakes:
    """Who waits for which hint, in this process."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._waiting: dict[str, set[Call]] = defaultdict(set)
        self._following: set[News] = set()
        self._subjects: Counter[str] = Counter()
        self._bus: Bus = MemoryBus()

    def attend(self, bus: Bus) -> None:
        """Let the bus know from now on what is waited for here; to be called before anybody waits."""
        self._bus = bus

    def wake(self, hints: set[str]) -> None:
        """Wake everybody who waits for one of these hints."""
        for hint in hints & self._waiting.keys():
            for call in list(self._waiting[hint]):
                call()
        workspace_ids = {hint for hint in hints if "." not in hint}
        for news in self._following if workspace_ids else ():
            news.hear(workspace_ids)

    @contextmanager
    def following(self) -> Iterator[News]:
        """Give the news of every workspace from now on."""
        news = News()
        self._following.add(news)
        self._follow(EVERY_LOG)
        try:
            yield news
        finally:
            self._following.discard(news)
            self._leave(EVERY_LOG)

    @asynccontextmanager
    async def listening(self, workspace_id: str) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set when the workspace's log grows from now on."""
        event = asyncio.Event()
        stop = self.wait(workspace_id, event.set)
        try:
            yield event
        finally:
            stop()

    def personally(self, workspace_id: str, person_id: str, call: Call) -> Call:
        """Call when something changes for the person, until what is returned is called."""
        stops = [self.wait(hint, call) for hint in (personal_hint(workspace_id, person_id), everybodys_hint(workspace_id))]

        def stop() -> None:
            for each in stops:
                each()

        return stop

    def wait(self, hint: str, call: Call) -> Call:
        """Call whenever this hint comes, until what is returned is called."""
        self._waiting[hint].add(call)
        self._follow(subject(hint))

        def stop() -> None:
            self._waiting[hint].discard(call)
            if not self._waiting[hint]:
                del self._waiting[hint]
            self._leave(subject(hint))

        return stop

    def _follow(self, which: str) -> None:
        self._subjects[which] += 1
        if self._subjects[which] == 1:
            self._bus.follow(which)

    def _leave(self, which: str) -> None:
        self._subjects[which] -= 1
        if not self._subjects[which]:
            del self._subjects[which]
            self._bus.leave(which)


def open_bus(url: str, woken: Woken) -> Bus:
    """Return the bus for `memory://`, `postgresql://…`, `redis://…` or `nats://…`; `woken` hears what others tell."""
    kind = url.partition(":")[0]
    if kind == "memory":
        return MemoryBus()
    if kind in LINES:
        return Line(LINES[kind](url, woken), kind)
    raise ValueError(f"BUS_URL is memory://, postgresql://…, redis://… or nats://…, not {kind}:")
