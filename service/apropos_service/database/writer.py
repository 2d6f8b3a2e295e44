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
        when too many wait.
        """
        if self._closing:
            raise Overloaded("The service is stopping.", retry_after=1)
        if len(self._waiting) >= WAITING:
            raise Overloaded("Too many changes are waiting.", retry_after=1)
        job = Job(workspace_id, caller, command, wanted, alone, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._wake.set()
        return await job.answer

    async def close(self) -> None:
        """Finish what waits, then stop."""
        self._closing = True
        self._wake.set()
        await self._loop

    async def _run(self) -> None:
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await asyncio.shield(self._commit(self._next()))

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
        except self._store.taken as problem:
            raise NotFound("The id belongs to something that is not yours to see.") from problem
        except self._store.integrity as problem:
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
                await connection.commit()
            except BaseException:
                await connection.rollback()
                raise
            if batch.scrub:
                await self._scrub(connection)
            return grown(batch.entries)

    async def _scrub(self, connection: Any) -> None:
        """The commit stands, whatever comes of this: what could not be scrubbed now is at the next time."""
        try:
            await connection.scrub()
        except Overloaded as problem:
            log.warning("what was erased is still in the database's files", problem=problem.detail)

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
