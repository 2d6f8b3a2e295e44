"""Many commands, one commit: those that wait while a commit is under way share the next one.

Law: an answer follows the commit; a refused command leaves no trace and harms no neighbour.
Source: the measured facts of group commit, docs/decisions/0002.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog

from ..clock import Clock
from ..errors import NotFound, Overloaded, Problem
from ..events.bus import grown
from ..events.log import number
from ..events.sealing import Sealing
from .batch import Batch, Wanted
from .changes import inserts
from .transaction import Transaction

log = structlog.get_logger()
TOGETHER = 128
RACES = 5
"""How often a command is run when others, in other processes or in the background, are faster."""
WAITING = 2_000
PATIENCE = 5
"""Seconds that a commit may take before those who wait for the next one are told to come again."""
AGAIN, SELDOM = 1, 60
"""Seconds until what could not be scrubbed is tried again: twice as many each time, up to so many."""
STUCK = "The database takes no changes just now."


class Spoiled(Exception):
    """A command wrote to the database and was then refused, or failed: its neighbours must be run without it."""


@dataclass(slots=True, eq=False)
class Job:
    """A command on its way to a commit."""

    workspace_id: str
    caller: Any
    command: Callable[[Transaction], Awaitable[Any]]
    wanted: Sequence[Wanted]
    alone: bool
    answer: "asyncio.Future[Any]"
    outcome: Any = None
    refusal: Problem | None = None


class Writer:
    """One lane of commits: a process has one for requests, and one for its readers and senders."""

    def __init__(self, store: Any, committed: Callable[[set[str]], None], clock: Clock, sealing: Sealing) -> None:
        """`committed` hears the hints of what was added to the log, `sealing` seals it."""
        self._store = store
        self._committed = committed
        self._clock = clock
        self._sealing = sealing
        self._waiting: list[Job] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._stuck = False
        self._scrubbing: asyncio.Task[None] | None = None
        self._loop = asyncio.create_task(self._run(), name="writer")

    async def submit(
        self,
        workspace_id: str,
        caller: Any,
        command: Callable[[Transaction], Awaitable[Any]],
        *,
        wanted: Sequence[Wanted] = (),
        alone: bool = False,
    ) -> Any:
        """Run `command` in a commit and return its result once that is durable.

        `wanted` names rows that it will look at, so that a batch loads them together; `alone` gives it a commit of its
        own. The command may be run more than once: it must do nothing but change its transaction. Raises `Overloaded`
        when too many wait, or a commit takes so long that nobody knows when the next one begins.
        """
        if self._closing:
            raise Overloaded("The service is stopping.", retry_after=1)
        if self._stuck:
            raise Overloaded(STUCK, retry_after=1)
        if len(self._waiting) >= WAITING:
            raise Overloaded("Too many changes are waiting.", retry_after=1)
        job = Job(workspace_id, caller, command, wanted, alone, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._wake.set()
        return await job.answer

    def scrub_later(self) -> None:
        """Let what was erased leave the database's files in a moment, beside what goes on."""
        if self._scrubbing is None or self._scrubbing.done():
            self._scrubbing = asyncio.create_task(self._scrub_again(), name="scrubbing")

    async def scrubbed(self) -> None:
        """Wait until what was erased has left the database's files."""
        if self._scrubbing:
            await self._scrubbing

    async def close(self) -> None:
        """Finish what waits, then stop."""
        self._closing = True
        self._wake.set()
        await self._loop
        if self._scrubbing:
            self._scrubbing.cancel()
            await asyncio.wait({self._scrubbing})

    async def _run(self) -> None:
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                committing = asyncio.create_task(self._commit(self._next()))
                if not (await asyncio.wait({committing}, timeout=PATIENCE))[0]:
                    await self._endure(committing)

    async def _endure(self, committing: "asyncio.Task[None]") -> None:
        """Wait for a commit that may still come to be, and let nobody wait behind it: nothing of theirs has begun."""
        self._stuck = True
        waiting, self._waiting = self._waiting, []
        self._refuse(waiting, Overloaded(STUCK, retry_after=1))
        await asyncio.wait({committing})
        self._stuck = False

    def _next(self) -> list[Job]:
        """Take the jobs of the next commit off the queue: many, or one that wants to be alone."""
        first = next((place for place, job in enumerate(self._waiting[:TOGETHER]) if job.alone), TOGETHER)
        jobs, self._waiting = self._waiting[: max(1, first)], self._waiting[max(1, first) :]
        return jobs

    async def _commit(self, jobs: list[Job]) -> None:
        try:
            hints = await (self._together(jobs) if len(jobs) > 1 else self._alone(jobs[0]))
        except Exception as problem:  # noqa: BLE001 whatever it is, somebody waits for an answer
            if len(jobs) > 1 and not isinstance(problem, Overloaded):
                for job in jobs:
                    await self._commit([job])
            else:
                self._refuse(jobs, problem)
        else:
            self._answer(jobs)
            if hints:
                self._committed(hints)

    async def _alone(self, job: Job) -> set[str]:
        """Run one command until it wins against those who change the same: each time it sees who was faster."""
        for _ in range(RACES - 1):
            with suppress(self._store.integrity):
                return await self._together([job])
        try:
            return await self._together([job])
        except self._store.integrity as problem:
            if self._store.is_elsewhere(problem):
                raise NotFound("The id belongs to something that is not yours to see.") from problem
            raise Overloaded("Others are changing the same.", retry_after=1) from problem

    async def _together(self, jobs: list[Job]) -> set[str]:
        async with self._store.writing() as connection:
            await connection.begin()
            try:
                batch = Batch(connection, alone=len(jobs) == 1)
                await batch.prefetch(wanted for job in jobs for wanted in job.wanted)
                for job in jobs:
                    await self._attempt(batch, job)
                await batch.flush()
                if batch.entries:
                    await number(connection, batch.entries, self._sealing)
                    await connection.store([inserts(batch.entries)])
                if batch.scrub:
                    await connection.note_erasure()
                await connection.commit()
            except BaseException:
                await connection.rollback()
                raise
            if batch.scrub:
                await self._scrub(connection)
            return grown(batch.entries)

    async def _scrub(self, connection: Any) -> None:
        """The commit stands, whatever comes of this: what cannot be scrubbed now is tried again until it is."""
        try:
            await connection.scrub(at_leisure=False)
        except Exception as problem:  # noqa: BLE001 whoever erased is answered
            log.warning("what was erased is still in the database's files", problem=str(problem))
            self.scrub_later()

    async def _scrub_again(self) -> None:
        wait = AGAIN
        while True:
            await asyncio.sleep(wait)
            try:
                async with self._store.writing() as connection:
                    await connection.scrub(at_leisure=True)
            except Exception as problem:  # noqa: BLE001 it goes on until it is done
                log.warning("what was erased is still in the database's files", problem=str(problem))
                wait = min(2 * wait, SELDOM)
            else:
                return

    async def _attempt(self, batch: Batch, job: Job) -> None:
        tx = Transaction(batch, workspace_id=job.workspace_id, caller=job.caller, now=self._clock.now())
        batch.mark()
        job.refusal = None
        try:
            job.outcome = await job.command(tx)
        except Problem as refusal:
            if batch.wrote_midway:
                if batch.alone:
                    raise
                raise Spoiled from refusal
            batch.undo()
            job.refusal = refusal

    def _answer(self, jobs: list[Job]) -> None:
        for job in jobs:
            if not job.answer.done():
                job.answer.set_exception(job.refusal) if job.refusal else job.answer.set_result(job.outcome)

    def _refuse(self, jobs: list[Job], problem: Exception) -> None:
        if not isinstance(problem, Problem):
            log.error("commit failed", problem=repr(problem), exc_info=problem)
        for job in jobs:
            if not job.answer.done():
                job.answer.set_exception(problem)
