"""One of a kind at a time: whoever wants what is already being fetched waits for the same answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Flights(Generic[K, V]):
    """What is being fetched, by key."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._under_way: dict[K, asyncio.Future[V]] = {}

    def has(self, key: K) -> bool:
        """Tell whether this is being fetched."""
        return key in self._under_way

    async def join(self, key: K, fetch: Callable[[], Awaitable[V]]) -> V:
        """Return what `fetch` brings, or what one that began before will; whoever hangs up leaves the others waiting."""
        flight = self._under_way.get(key)
        if flight is None:
            flight = self._under_way[key] = asyncio.ensure_future(fetch())
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight)

    def leave(self, key: K) -> None:
        """Let whoever comes from now on fetch anew: what is under way may be old already."""
        self._under_way.pop(key, None)

    def _landed(self, key: K, flight: "asyncio.Future[V]") -> None:
        if self._under_way.get(key) is flight:
            del self._under_way[key]
        if not flight.cancelled():
            flight.exception()  # it was told to whoever waited; where nobody did, nobody misses it
