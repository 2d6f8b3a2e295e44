"""Server-sent events: the same that pages hear on WebSockets, for whoever cannot have one.

Law: what is told waits here until it is sent, at most `MOST` of it; who falls behind is told `resync`, and it ends.
Source: HTML Living Standard, server-sent events.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

from ..access.policy import Caller
from ..errors import Problem
from . import frames
from .listener import Listener
from .saying import Saying
from .subscription import Subscription

MOST = 500
BEAT = 15.0
"""Seconds of silence after which a line says that it is alive."""
LAST = {"resync", "error"}
"""After these nothing comes: a stream is of one record."""


class Stream:
    """One stream of one record's events."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self._waiting: deque[bytes] = deque()
        self._ready, self._empty = asyncio.Event(), asyncio.Event()
        self._over = False

    async def open(
        self, state: Any, record: str, after: str | None, *, caller: Caller, bearer: str, actor: str | None
    ) -> AsyncGenerator[bytes, None]:
        """Return what is told of a record after a cursor, line by line; where it is unknown `resync`, and what comes from now on.

        Raises `NotFound` when the record cannot be seen.
        """
        listener = Listener(state, self, caller, bearer, actor)
        try:
            await Subscription(state, listener, record).check()
        except BaseException:
            listener.leave()
            raise
        if not listener.subscribe(record, after):
            self._put(frames.event("resync", {"record": record}))
        return self._lines(listener)

    @property
    def straight(self) -> None:
        """Nothing: what is told waits here."""

    async def room(self) -> None:
        """Wait until everything was sent."""
        if self._waiting:
            self._empty.clear()
            await self._empty.wait()

    def tell(self, saying: Saying, *, whole: bool) -> None:
        """Tell of an entry."""
        if len(self._waiting) < MOST:
            self._put(saying.whole_event if whole else saying.event)
        elif not self._over:
            self.say("resync", {"record": saying.told.envelope["record"]}, saying.cursor)

    def say(self, kind: str, said: Any, cursor: str | None = None) -> None:
        """Say something else."""
        self._put(frames.event(kind, said, cursor))
        self._over = self._over or kind in LAST

    def whisper(self, frame: bytes) -> None:
        """Say nothing of what does not last: a stream tells what happened."""

    def beat(self) -> None:
        """Do nothing: a silent stream says by itself that it is alive."""

    def end(self, problem: Problem) -> None:
        """Say what is wrong, and end."""
        self.say("error", problem.document())

    def stop(self, wait: int) -> None:
        """Say to come again in `wait` milliseconds, and end: this process stops."""
        self._put(f"retry: {wait}\n\n".encode())
        self._over = True

    def _put(self, line: bytes) -> None:
        if not self._over:
            self._waiting.append(line)
            self._ready.set()

    async def _lines(self, listener: Listener) -> AsyncGenerator[bytes, None]:
        try:
            while self._waiting or not self._over:
                while self._waiting:
                    yield self._waiting.popleft()
                self._empty.set()
                self._ready.clear()
                if not self._over and not await self._told():
                    yield b": beat\n\n"
        finally:
            self._over = True
            self._empty.set()
            listener.leave()

    async def _told(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT):
                return await self._ready.wait()
        return False
