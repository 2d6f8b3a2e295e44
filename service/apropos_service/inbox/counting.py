"""The counts of people as they change, for whoever keeps a page of theirs current.

Law: a hint says that something may have changed; what goes out is looked up then, at most once a second for each listener
and a few at a time, so that a mention of thousands does not become thousands of queries at once.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import structlog

from ..access.policy import Caller
from ..errors import Overloaded
from ..threads.requested import waiting_for
from .queries import newest, tally

log = structlog.get_logger()
PAUSE = 1.0
AT_ONCE = 4


class Counted(Protocol):
    """A person who is told their counts; `caller` is who they are now, since their token is renewed."""

    caller: Caller

    def counted(self, counts: dict[str, int]) -> None:
        """Hear the counts."""


class Counting:
    """Counts for the listeners of this process."""

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock, the wakes and `asking`."""
        self._state = state
        self._leaving: dict[Counted, Callable[[], None]] = {}
        self._told: dict[Counted, dict[str, int]] = {}
        self._changed: dict[Counted, None] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._task: asyncio.Task[None] | None = None

    def enter(self, who: Counted) -> None:
        """Tell a person their counts whenever they changed from now on."""
        caller = who.caller
        self._leaving[who] = self._state.wakes.personally(caller.workspace_id, caller.must_be_person(), partial(self._mark, who))

    def leave(self, who: Counted) -> None:
        """Tell them no more."""
        if who in self._leaving:
            self._leaving.pop(who)()
            self._told.pop(who, None)
            self._changed.pop(who, None)

    def close(self) -> None:
        """Tell nobody any more."""
        if self._task is not None:
            self._task.cancel()

    def _mark(self, who: Counted) -> None:
        self._changed[who] = None
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="counting")

    async def _run(self) -> None:
        while self._changed:
            changed, self._changed = self._changed, {}
            await asyncio.gather(*(self._tell(who) for who in changed))
            await asyncio.sleep(PAUSE)
        self._task = None

    async def _tell(self, who: Counted) -> None:
        try:
            counts = await self._count(who.caller)
        except Overloaded:
            if who in self._leaving:
                self._changed[who] = None  # what changed is told once it can be looked up
        except Exception as fault:
            log.exception("counts could not be told", workspace=who.caller.workspace_id, problem=repr(fault))
        else:
            if who in self._leaving and counts != self._told.get(who):
                self._told[who] = counts
                who.counted(counts)

    async def _count(self, caller: Caller) -> dict[str, int]:
        """Return the counts, once the host was asked what only it can say."""
        counts = await self._look(caller)
        while caller.unsure and caller.verdicts is not None:
            await self._state.asking.fill(caller.workspace_id, caller.verdicts)
            counts = await self._look(caller)
        return counts

    async def _look(self, caller: Caller) -> dict[str, int]:
        async with self._room, self._state.database.reading(caller.workspace_id, snapshot=True) as look:
            now, found = self._state.clock.now(), await newest(look, caller)
            return await tally(look, caller, found, requests=len(await waiting_for(look, caller, now=now)), now=now)
