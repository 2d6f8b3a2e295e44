"""Key sets that hosts publish (JWKS): kept, read again in time, and never a reason for others to wait.

Law: what was read last is good until something newer is read, for at most a day; a set that cannot be read takes
nothing from the other keys of the workspace. Source: RFC 7517; RFC 5861, stale-if-error and stale-while-revalidate.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import orjson
import structlog

from ..called import Refused, Unreachable
from .flights import Flights
from .verifying import KeyRefused, VerifyingKey, load_jwks

log = structlog.get_logger()
FRESH = 300.0
"""Seconds for which a set is not read again."""
AGAIN = 10.0
"""Seconds between two readings that something unusual asks for: a key nobody knows, a set that could not be read."""
KEPT = 86_400.0
"""Seconds for which a set that cannot be read any more still counts."""


@dataclass(slots=True)
class KeySet:
    """What is known of one address; `read_at` is when its keys were read, `tried_at` and `urged_at` when that was tried."""

    keys: Sequence[VerifyingKey] = ()
    read_at: float = float("-inf")
    tried_at: float = float("-inf")
    urged_at: float = float("-inf")


class KeySets:
    """The key sets of all workspaces, by address."""

    def __init__(self, get: Callable[[str], Awaitable[bytes]], clock: Callable[[], float] = time.monotonic) -> None:
        """`get` fetches an address; `clock` counts seconds."""
        self._get = get
        self._clock = clock
        self._sets: dict[str, KeySet] = {}
        self._flights: Flights[str, None] = Flights()
        self._soon: set[asyncio.Task[None]] = set()

    def known(self, url: str) -> Sequence[VerifyingKey]:
        """Return the keys at hand, waiting for nothing; what is not fresh is read again meanwhile."""
        known, now = self._sets.get(url), self._clock()
        if known is None or known.read_at + KEPT < now:
            return ()
        if max(known.read_at + FRESH, known.tried_at + AGAIN) < now:
            task = asyncio.create_task(self._flights.join(url, partial(self._read, url)))
            self._soon.add(task)
            task.add_done_callback(self._soon.discard)
        return known.keys

    async def look_again(self, urls: Sequence[str], kid: str | None) -> bool:
        """Read the sets that may have the key that a token was signed with; tells whether any was read.

        `kid` is the key's name in the token. A set that has no key of that name is read once more, a set that was never
        read or could not be is tried again, both at most every `AGAIN` seconds.
        """
        due = [url for url in urls if self._may_have(url, kid)]
        await asyncio.gather(*(self._flights.join(url, partial(self._read, url)) for url in due))
        return bool(due)

    async def close(self) -> None:
        """Stop reading."""
        for task in self._soon:
            task.cancel()
        await asyncio.gather(*self._soon, return_exceptions=True)

    def _may_have(self, url: str, kid: str | None) -> bool:
        known, now = self._sets.setdefault(url, KeySet()), self._clock()
        if self._flights.has(url):
            return True
        if known.read_at < known.tried_at or known.read_at + KEPT < now:
            return known.tried_at + AGAIN < now
        if kid is None or any(key.kid in (None, kid) for key in known.keys) or known.urged_at + AGAIN >= now:
            return False
        known.urged_at = now
        return True

    async def _read(self, url: str) -> None:
        known = self._sets.setdefault(url, KeySet())
        known.tried_at = self._clock()
        try:
            known.keys = load_jwks(orjson.loads(await self._get(url)))
        except (Refused, Unreachable, KeyRefused, ValueError) as problem:
            log.warning("a key set could not be read", url=url, problem=str(problem), goes_on=bool(known.keys))
        else:
            known.read_at = known.tried_at
