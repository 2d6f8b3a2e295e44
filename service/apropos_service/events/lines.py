"""Lines to the servers that can carry hints: PostgreSQL, Redis, NATS. Each message is a workspace's id.

Law: a line that breaks is opened again by itself, and nobody who tells something ever waits for it or hears of it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

import asyncpg
import structlog

log = structlog.get_logger()
NAME = "apropos"
PATIENCE, PAUSE = 5.0, 1.0
"""Seconds to wait for a server to answer, and before a broken line is opened again."""

Tell = Callable[[str], Awaitable[Any]]
Open = Callable[[], AbstractAsyncContextManager[tuple[Tell, "asyncio.Future[None]"]]]
"""Opens a line: gives what tells one workspace's id, and a future that is done when the line breaks."""


class Line:
    """A bus over one line that is kept open."""

    def __init__(self, open_: Open, kind: str) -> None:
        """Begin to open it; `kind` names it in the log."""
        self._open = open_
        self._kind = kind
        self._pending: set[str] = set()
        self._ready = asyncio.Event()
        self._up = False
        self._task = asyncio.create_task(self._run(), name="bus")

    def publish(self, workspace_ids: set[str]) -> None:
        """Tell the other processes; several hints at once become one."""
        self._pending |= workspace_ids
        self._ready.set()

    def healthy(self) -> bool:
        """Tell whether the line stands."""
        return self._up

    async def close(self) -> None:
        """Stop telling and listening."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(PATIENCE) as patience, self._open() as (tell, broken):
                    patience.reschedule(None)
                    self._up = True
                    await self._carry(tell, broken)
            except Exception as problem:  # noqa: BLE001 whatever it is, the log is read every second instead
                log.warning("bus is down, reading the log every second instead", bus=self._kind, problem=repr(problem))
            finally:
                self._up = False
            await asyncio.sleep(PAUSE)

    async def _carry(self, tell: Tell, broken: "asyncio.Future[None]") -> None:
        while True:
            ready = asyncio.ensure_future(self._ready.wait())
            await asyncio.wait((ready, broken), return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            if broken.done():
                broken.result()
                raise ConnectionError("the server closed the line")
            self._ready.clear()
            told, self._pending = self._pending, set()
            async with asyncio.timeout(PATIENCE):
                for workspace_id in sorted(told):
                    await tell(workspace_id)


def postgresql_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens LISTEN and NOTIFY, on a connection of its own."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Tell, "asyncio.Future[None]"]]:
        connection = await asyncpg.connect(url, timeout=PATIENCE)
        broken = asyncio.get_running_loop().create_future()
        connection.add_termination_listener(lambda _: _settle(broken))
        await connection.add_listener(NAME, lambda *given: woken({given[3]}))
        try:
            yield lambda workspace_id: connection.execute("SELECT pg_notify($1, $2)", NAME, workspace_id), broken
        finally:
            with suppress(Exception):
                await connection.close(timeout=2)

    return open_


def redis_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens a channel of Redis."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Tell, "asyncio.Future[None]"]]:
        import redis.asyncio as redis  # noqa: PLC0415 only those who use it load it

        client = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, decode_responses=True)
        async with client, client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(NAME)

            async def hear() -> None:
                async for message in channel.listen():
                    woken({message["data"]})

            hearing = asyncio.ensure_future(hear())
            try:
                yield lambda workspace_id: client.publish(NAME, workspace_id), hearing
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)

    return open_


def nats_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens a subject of NATS for each workspace, `apropos.wsp_…`."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Tell, "asyncio.Future[None]"]]:
        import nats  # noqa: PLC0415 only those who use it load it

        broken = asyncio.get_running_loop().create_future()

        async def ended() -> None:
            _settle(broken)

        async def hear(message: Any) -> None:
            woken({message.data.decode()})

        client = await nats.connect(
            url, connect_timeout=int(PATIENCE), allow_reconnect=False, disconnected_cb=ended, closed_cb=ended, error_cb=_quiet
        )
        await client.subscribe(f"{NAME}.*", cb=hear)
        try:
            yield lambda hint: client.publish(f"{NAME}.{hint.partition('!')[0]}", hint.encode()), broken
        finally:
            with suppress(Exception):
                await client.close()

    return open_


def _settle(broken: "asyncio.Future[None]") -> None:
    if not broken.done():
        broken.set_result(None)


async def _quiet(_: Exception) -> None:
    """Say nothing: the line says that it broke."""
