"""Hints that a workspace's log grew, or that something changed for one person; within this process and between processes.

Law: a hint may be lost. Everybody who waits for one also looks by himself every second; the log is the truth.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Protocol

from .lines import Line, nats_line, postgresql_line, redis_line

Woken = Callable[[set[str]], None]
Call = Callable[[], None]
LINES = {"postgresql": postgresql_line, "redis": redis_line, "rediss": redis_line, "nats": nats_line, "tls": nats_line}

MANY = 100
"""Where something changed for more people than this, everybody of the workspace is hinted at."""


def personal_hint(workspace_id: str, person_id: str) -> str:
    """Return the hint that something changed for one person; every bus can carry it, whatever their id is made of."""
    return f"{workspace_id}-{hashlib.sha256(person_id.encode()).hexdigest()[:20]}"


def personal_hints(workspace_id: str, people: Collection[str]) -> set[str]:
    """Return the hints that something changed for these people."""
    return {everybodys_hint(workspace_id)} if len(people) > MANY else {personal_hint(workspace_id, one) for one in people}


def everybodys_hint(workspace_id: str) -> str:
    """Return the hint that something may have changed for anybody of a workspace."""
    return f"{workspace_id}-"


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


class Wakes:
    """Who waits for which hint, in this process."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._waiting: dict[str, set[Call]] = defaultdict(set)
        self._following: set[News] = set()

    def wake(self, hints: set[str]) -> None:
        """Wake everybody who waits for one of these hints: a workspace's id, or a personal one."""
        for hint in hints & self._waiting.keys():
            for call in list(self._waiting[hint]):
                call()
        workspace_ids = {hint for hint in hints if "-" not in hint}
        for news in self._following if workspace_ids else ():
            news.hear(workspace_ids)

    @contextmanager
    def following(self) -> Iterator[News]:
        """Give the news of every workspace from now on."""
        news = News()
        self._following.add(news)
        try:
            yield news
        finally:
            self._following.discard(news)

    @asynccontextmanager
    async def listening(self, workspace_id: str) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set when the workspace's log grows from now on."""
        event = asyncio.Event()
        stop = self._wait({workspace_id}, event.set)
        try:
            yield event
        finally:
            stop()

    def personally(self, workspace_id: str, person_id: str, call: Call) -> Call:
        """Call when something changes for the person, until what is returned is called."""
        return self._wait({personal_hint(workspace_id, person_id), everybodys_hint(workspace_id)}, call)

    def _wait(self, hints: set[str], call: Call) -> Call:
        for hint in hints:
            self._waiting[hint].add(call)

        def stop() -> None:
            for hint in hints:
                self._waiting[hint].discard(call)
                if not self._waiting[hint]:
                    del self._waiting[hint]

        return stop


class Bus(Protocol):
    """Carries hints between processes."""

    def publish(self, hints: set[str]) -> None:
        """Tell the other processes; never waits, never fails."""

    def healthy(self) -> bool:
        """Tell whether hints get through at present."""

    async def close(self) -> None:
        """Stop."""


class MemoryBus:
    """One process: nobody else to tell."""

    def publish(self, hints: set[str]) -> None:
        """Do nothing; this process was woken already."""

    def healthy(self) -> bool:
        """Return true."""
        return True

    async def close(self) -> None:
        """Do nothing."""


def open_bus(url: str, woken: Woken) -> Bus:
    """Return the bus for `memory://`, `postgresql://…`, `redis://…` or `nats://…`; `woken` hears what others tell."""
    kind = url.partition(":")[0]
    if kind == "memory":
        return MemoryBus()
    if kind in LINES:
        return Line(LINES[kind](url, woken), kind)
    raise ValueError(f"BUS_URL is memory://, postgresql://…, redis://… or nats://…, not {kind}:")
