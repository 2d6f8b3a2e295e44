"""One reader of a workspace's log per process, shared by everybody who listens to it.

Law: an entry is told once to each listener, in the log's order; it is looked up, rendered and written once, however many
listen.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog

from ..database import Database, Reading
from ..errors import Problem
from ..events.bus import Wakes, new_hint, record_hint
from ..events.log import Entry, entries_after
from ..paging import Cursors
from ..threads.telling import Told, tell
from .crowd import Ear
from .room import Room
from .saying import Saying

log = structlog.get_logger()
CHUNK = 200
EVERY = 1.0


class Tail:
    """Follows one workspace's log while somebody listens."""

    def __init__(self, database: Database, wakes: Wakes, cursors: Cursors, workspace_id: str) -> None:
        """Begin to follow from the log's end."""
        self._database, self._cursors = database, cursors
        self._workspace_id = workspace_id
        self._woken = asyncio.Event()
        self._heedless = wakes.wait(new_hint(workspace_id), self._woken.set)
        self.room = Room(lambda place: wakes.wait(record_hint(workspace_id, place), self._woken.set))
        self.position = 0
        self._started = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name=f"tail {workspace_id}")

    def look(self) -> None:
        """Look at the log soon."""
        self._woken.set()

    async def started(self) -> None:
        """Wait until it is known from where it follows."""
        await self._started.wait()

    def close(self) -> None:
        """Stop following; whoever waits for it to start waits no more, and finds it turned off."""
        self._heedless()
        self._task.cancel()
        self._started.set()

    async def _run(self) -> None:
        while not self._started.is_set():
            await self._safely(self._start)
        while True:
            await self._safely(self._advance)
            await self._wait()

    async def _start(self) -> None:
        async with self._database.reading(self._workspace_id) as look:
            self.position = await look.position()
        self._started.set()

    async def _advance(self) -> None:
        while True:
            before = self.position
            try:
                async with self._database.reading(self._workspace_id, snapshot=True) as look:
                    entries = await entries_after(look, before, limit=CHUNK)
                    told = await self._look_up(look, entries)
            except BaseException:
                self.position = before  # nothing is told yet, however far it was read: the reading's end may fail too
                raise
            if not entries:
                return
            for one in told:
                self._tell(one)

    async def _look_up(self, look: Reading, entries: list[Entry]) -> list[Told]:
        """Return what to tell of those entries that somebody here may hear of, and stand after them all.

        That is before anything is awaited: whoever enters meanwhile catches up with them by himself.
        """
        concerned = self.room.concerned(entries)
        if entries:
            self.position = entries[-1].position
        return await tell(look, concerned, render="both") if concerned else []

    def _tell(self, told: Told) -> None:
        if crowds := self.room.hearing(told):
            record_id = told.record.id if told.record is not None else None
            saying = Saying(told, self._cursors.seal_place(self._workspace_id, told.position, record_id))
            for crowd in crowds:
                crowd.tell(saying)

    async def _safely(self, step: Callable[[], Any]) -> None:
        try:
            await step()
        except Problem as problem:
            log.warning("the log cannot be read now", workspace=self._workspace_id, problem=problem.detail)
            await asyncio.sleep(EVERY)
        except Exception as fault:
            log.exception("the log could not be followed", workspace=self._workspace_id, problem=repr(fault))
            await asyncio.sleep(EVERY)

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(EVERY):
                await self._woken.wait()
        self._woken.clear()


class Tails:
    """The tails of this process."""

    def __init__(self, database: Database, wakes: Wakes, cursors: Cursors) -> None:
        """Nobody listens yet."""
        self._given = database, wakes, cursors
        self._tails: dict[str, Tail] = {}

    async def join(self, workspace_id: str, ear: Ear) -> int:
        """Let an ear hear what comes from now on; returns the position that this is after."""
        while True:
            tail = self._tails.get(workspace_id)
            if tail is None:
                tail = self._tails[workspace_id] = Tail(*self._given, workspace_id)
            await tail.started()
            if self._tails.get(workspace_id) is tail:  # else the last one left meanwhile, and turned it off
                tail.room.enter(ear, known=False)
                return tail.position

    def place(self, workspace_id: str, ear: Ear, record_id: str | None) -> None:
        """Let an ear be of this record, whether it hears already or not."""
        tail = self._tails.get(workspace_id)
        joined = tail is not None and tail.room.leave(ear)
        ear.record_id = record_id
        if tail is not None and joined:
            tail.room.enter(ear)
            tail.look()  # nobody waited for the hints of this record until now

    def unsettle(self, workspace_id: str, ear: Ear) -> None:
        """Ask it again before it is told anything more."""
        tail = self._tails.get(workspace_id)
        if tail is not None:
            tail.room.unsettle(ear)

    def position(self, workspace_id: str) -> int:
        """Return how far the log was read here; -1 where nobody listens."""
        tail = self._tails.get(workspace_id)
        return tail.position if tail is not None else -1

    def ears(self, workspace_id: str, place: str) -> list[Ear]:
        """Return who listens to a record in this process: by its id, or its name while nobody has spoken of it."""
        tail = self._tails.get(workspace_id)
        return tail.room.at(place) if tail is not None else []

    def leave(self, workspace_id: str, ear: Ear) -> None:
        """Let it hear no more; the last one turns the tail off."""
        tail = self._tails.get(workspace_id)
        if tail is not None:
            tail.room.leave(ear)
            if not tail.room:
                self._tails.pop(workspace_id).close()

    def close(self) -> None:
        """Turn all off."""
        for tail in self._tails.values():
            tail.close()
