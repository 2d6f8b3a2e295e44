"""The readers and senders of one process: kept running, woken by news, looking by themselves every second.

Law: nothing here is needed for an answer. Work that fails is tried again; work that ends with the process is taken up
by whichever process looks next.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from ..clock import Clock
from ..errors import Overloaded
from .bus import Wakes
from .readers import Progress, Reader

log = structlog.get_logger()
EVERY = 1.0
"""Seconds after which everybody looks without being woken."""
GATHER = 0.02
"""Seconds that news is given to become more, so that one step reads it all."""
BUSY = 0.04
"""Seconds that it is given in addition, where news came so shortly before: a step costs some, and what many steps write, too."""
SPREAD = 0.04
"""Processes that hear the same news come at different times within these seconds: the first does it, the others see that."""
AT_ONCE = 4

Sender = Callable[[], Awaitable[None]]
"""Pays what is owed, for ever."""


class Work:
    """What this process does beside answering."""

    def __init__(self, database: Any, wakes: Wakes, clock: Clock, *, readers: Sequence[Reader], senders: Sequence[Sender]) -> None:
        """Begin; `close` ends it."""
        self._wakes = wakes
        self._clock = clock
        self._readers = [Progress(database, reader) for reader in readers]
        self._room = asyncio.Semaphore(AT_ONCE)
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._again: set[tuple[str, str]] = set()
        loops: list[Sender] = [self._follow, self._retry, *senders]
        self._tasks = [asyncio.create_task(self._for_ever(loop), name=loop.__name__) for loop in loops]

    async def close(self) -> None:
        """Stop between two steps; a commit under way is finished by the database."""
        tasks = [*self._tasks, *self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _for_ever(self, loop: Sender) -> None:
        while True:
            try:
                await loop()
            except Overloaded as problem:
                log.warning("the database is away", loop=loop.__name__, problem=problem.detail)
            except Exception as problem:
                log.exception("a loop failed and begins again", loop=loop.__name__, problem=repr(problem))
            await asyncio.sleep(EVERY)

    async def _follow(self) -> None:
        """Let every reader catch up where a log grew, and every second wherever it is behind."""
        loop = asyncio.get_running_loop()
        with self._wakes.following() as news:
            sweep = sent = 0.0
            while True:
                if loop.time() >= sweep:
                    sweep = loop.time() + EVERY
                    for progress in self._readers:
                        self._send(progress, await progress.behind())
                grown = await news.wait(max(0.0, sweep - loop.time()))
                if grown:
                    busy = BUSY if loop.time() < sent + BUSY else 0
                    await asyncio.sleep(GATHER + busy + random.random() * SPREAD)  # noqa: S311 no secret
                    sent = loop.time()
                    for progress in self._readers:
                        self._send(progress, grown)

    async def _retry(self) -> None:
        while True:
            for progress in self._readers:
                await progress.retry(self._clock.now())
            await asyncio.sleep(EVERY)

    def _send(self, progress: Progress, workspace_ids: Sequence[str] | set[str]) -> None:
        for workspace_id in workspace_ids:
            which = workspace_id, progress.reader.name
            if which in self._under_way:
                self._again.add(which)
            else:
                self._under_way[which] = asyncio.create_task(self._catch_up(progress, workspace_id), name=f"reader {which[1]}")

    async def _catch_up(self, progress: Progress, workspace_id: str) -> None:
        which = workspace_id, progress.reader.name
        try:
            while await self._step(progress, workspace_id) or which in self._again:
                self._again.discard(which)
        except Overloaded as problem:
            log.warning("a reader waits for the database", reader=which[1], problem=problem.detail)
        except Exception as problem:
            log.exception("a reader failed and begins again", reader=which[1], problem=repr(problem))
        finally:
            self._again.discard(which)
            del self._under_way[which]

    async def _step(self, progress: Progress, workspace_id: str) -> bool:
        async with self._room:
            return await progress.advance(workspace_id)
