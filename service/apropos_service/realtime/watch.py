"""Looking after those who listen: whether they still may, and whether they are still there.

Law: access that ended ends what was subscribed by it within `EVERY` seconds, and at once when there is doubt. One task looks
after all who listen in a workspace; nobody is looked up while nothing changed.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any

import structlog

from ..errors import Overloaded, Problem
from ..stopping import come_again
from .listener import Listener

log = structlog.get_logger()
EVERY = 2.5
"""Seconds; a workspace is believed in for two more where no hint gets through, and five are promised."""
AT_ONCE = 8


class Watch:
    """Looks after the listeners of one workspace."""

    def __init__(self, state: Any, workspace_id: str) -> None:
        """Begin to look."""
        self._state, self._workspace_id = state, workspace_id
        self.listeners: set[Listener] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._task = asyncio.create_task(self._run(), name=f"watch {workspace_id}")

    def close(self) -> None:
        """Look no more."""
        self._task.cancel()

    async def _run(self) -> None:
        async with self._state.doubts.listening(self._workspace_id) as doubted:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(EVERY):
                        await doubted.wait()
                doubted.clear()
                try:
                    await self._look()
                except Overloaded:
                    pass  # access ends when it is known to; until then what was known counts
                except Exception as fault:
                    log.exception("listeners could not be looked after", workspace=self._workspace_id, problem=repr(fault))

    async def _look(self) -> None:
        workspace = await self._state.workspaces.find(self._workspace_id)
        epoch, now = workspace.epoch if workspace else -1, time.time()
        for listener in list(self.listeners):
            listener.mouth.beat()
        await asyncio.gather(*(self._look_at(each) for each in list(self.listeners) if each.doubtful(epoch, now)))

    async def _look_at(self, listener: Listener) -> None:
        async with self._room:
            try:
                await listener.look_again()
            except Overloaded:
                return
            except Problem as problem:
                listener.mouth.end(problem)


class Watches:
    """The watches of this process."""

    def __init__(self, state: Any) -> None:
        """Nobody listens yet."""
        self._state = state
        self._watches: dict[str, Watch] = {}
        state.stopping.call(self._stop)

    def enter(self, listener: Listener) -> None:
        """Look after a listener from now on."""
        here = listener.caller.workspace_id
        watch = self._watches.get(here)
        if watch is None:
            watch = self._watches[here] = Watch(self._state, here)
        watch.listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """Look after it no more."""
        watch = self._watches.get(listener.caller.workspace_id)
        if watch is not None:
            watch.listeners.discard(listener)
            if not watch.listeners:
                self._watches.pop(listener.caller.workspace_id).close()

    def close(self) -> None:
        """Look after nobody."""
        for watch in self._watches.values():
            watch.close()

    def _stop(self) -> None:
        for watch in list(self._watches.values()):
            for listener in list(watch.listeners):
                listener.mouth.stop(come_again())
