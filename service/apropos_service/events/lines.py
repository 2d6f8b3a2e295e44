"""Lines to the servers that can carry hints: PostgreSQL, Redis, NATS. Each message is a hint.

PostgreSQL and Redis tell every process everything, on one channel. NATS tells each what it follows.

Law: a line that breaks is opened again by itself, and nobody who tells something ever waits for it or hears of it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog

log = structlog.get_logger()
NAME = "apropos"
SORTING = {"nats", "tls"}
"""The kinds of line whose server knows what each process follows."""
PATIENCE, PAUSE = 5.0, 1.0
"""Seconds to wait for a server to answer, and before a broken line is opened again."""

Told = Callable[[str], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Wire:
    """An open line: `tell` carries hints; `follow` and `leave` a subject, where the server sorts by it."""

    tell: Callable[[Sequence[str]], Awaitable[Any]]
    follow: Told | None = None
    leave: Told | None = None


Open = Callable[[], AbstractAsyncContextManager[tuple[Wire, "asyncio.Future[None]"]]]
"""Opens a line: gives its wire, and a future that is done when the line breaks."""


class Line:
    """A bus over one line that is kept open."""

    def __init__(self, open_: Open, kind: str) -> None:
        """Begin to open it; `kind` names it in the log."""
        self._open = open_
        self._kind = kind
        self.hears_all = kind not in SORTING
        self._pending: set[str] = set()
        self._followed: set[str] = set()
        self._changed: set[str] = set()
        self._ready = asyncio.Event()
        self._up = False
        self._task = asyncio.create_task(self._run(), name="bus")

    def publish(self, hints: set[str]) -> None:
        """Tell the other processes; several hints at once become one. While the line is down nothing waits to be told."""
        if self._up:
            self._pending |= hints
            self._ready.set()

    def follow(self, subject: str) -> None:
        """Hear the hints of a subject from now on."""
        self._followed.add(subject)
        self._change(subject)

    def leave(self, subject: str) -> None:
        """Hear them no more."""
        self._followed.discard(subject)
        self._change(subject)

    def healthy(self) -> bool:
        """Tell whether the line stands."""
        return self._up

    async def close(self) -> None:
        """Stop telling and listening."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def _change(self, subject: str) -> None:
        if not self.hears_all:
            self._changed.add(subject)
            self._ready.set()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(PATIENCE) as patience, self._open() as (wire, broken):
                    patience.reschedule(None)
                    await self._carry(wire, broken)
            except Exception as problem:  # noqa: BLE001 whatever it is, the log is read every second instead
                log.warning("bus is down, reading the log every second instead", bus=self._kind, problem=repr(problem))
            finally:
                self._up = False
            await asyncio.sleep(PAUSE)

    async def _carry(self, wire: Wire, broken: "asyncio.Future[None]") -> None:
        self._pending, self._changed = set(), set(self._followed)
        self._ready.set()
        while True:
            ready = asyncio.ensure_future(self._ready.wait())
            await asyncio.wait((ready, broken), return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            if broken.done():
                broken.result()
                raise ConnectionError("the server closed the line")
            self._ready.clear()
            async with asyncio.timeout(PATIENCE):
                await self._carry_on(wire)
            self._up = True

    async def _carry_on(self, wire: Wire) -> None:
        changed, self._changed = self._changed, set()
        if wire.follow is not None and wire.leave is not None:
            for subject in changed:
                await (wire.follow if subject in self._followed else wire.leave)(subject)
        told, self._pending = self._pending, set()
        if told:
            await wire.tell(sorted(told))


def postgresql_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens LISTEN and NOTIFY, on a connection of its own."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Wire, "asyncio.Future[None]"]]:
        import asyncpg  # noqa: PLC0415 only those who use it load it

        connection = await asyncpg.connect(url, timeout=PATIENCE)
        broken = asyncio.get_running_loop().create_future()
        connection.add_termination_listener(lambda _: _settle(broken))
        await connection.add_listener(NAME, lambda *given: woken({given[3]}))
        tell = "SELECT pg_notify($1, hint) FROM unnest($2::text[]) AS hint"
        try:
            yield Wire(lambda hints: connection.fetch(tell, NAME, hints)), broken
        finally:
            with suppress(Exception):
                await connection.close(timeout=2)

    return open_


def redis_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens a channel of Redis."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Wire, "asyncio.Future[None]"]]:
        import redis.asyncio as redis  # noqa: PLC0415 only those who use it load it

        client = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, decode_responses=True)
        async with client, client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(NAME)

            async def hear() -> None:
                async for message in channel.listen():
                    woken({message["data"]})

            async def tell(hints: Sequence[str]) -> None:
                async with client.pipeline(transaction=False) as together:
                    for hint in hints:
                        _ = together.publish(NAME, hint)  # sent with the others, not awaited
                    await together.execute()

            hearing = asyncio.ensure_future(hear())
            try:
                yield Wire(tell), hearing
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)

    return open_


def nats_line(url: str, woken: Callable[[set[str]], None]) -> Open:
    """Return what opens a line to NATS, with a subject for each record, `apropos.wsp_….rec_…`."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[tuple[Wire, "asyncio.Future[None]"]]:
        import nats  # noqa: PLC0415 only those who use it load it

        broken = asyncio.get_running_loop().create_future()
        subscriptions: dict[str, Any] = {}

        async def ended() -> None:
            _settle(broken)

        async def hear(message: Any) -> None:
            woken({message.data.decode()})

        async def follow(subject: str) -> None:
            if subject not in subscriptions:
                subscriptions[subject] = await client.subscribe(f"{NAME}.{subject}", cb=hear)

        async def leave(subject: str) -> None:
            if subject in subscriptions:
                await subscriptions.pop(subject).unsubscribe()

        async def tell(hints: Sequence[str]) -> None:
            for hint in hints:
                await client.publish(f"{NAME}.{hint.partition('!')[0]}", hint.encode())

        client = await nats.connect(
            url, connect_timeout=int(PATIENCE), allow_reconnect=False, disconnected_cb=ended, closed_cb=ended, error_cb=_quiet,
            ping_interval=10,
        )  # fmt: skip
        try:
            yield Wire(tell, follow, leave), broken
        finally:
            with suppress(Exception):
                await client.close()

    return open_


def _settle(broken: "asyncio.Future[None]") -> None:
    if not broken.done():
        broken.set_result(None)


async def _quiet(_: Exception) -> None:
    """Say nothing: the line says that it broke."""
