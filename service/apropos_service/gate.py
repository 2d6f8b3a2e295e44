"""How many requests are worked on at once; beyond that a connection refuses them (`refusing.py`), before they cost anything.

Law: whoever is let in is answered as ever, so what the service can carry it goes on carrying. Changes and looks are counted
apart: where the database takes no changes, people still read. What waits for others (a body on its way, a host that is
asked, an answer that streams) is not counted: it costs nothing. Once it waits no more, it is counted like any other, and
refused where nobody left a place.
"""

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import Counter

from .errors import Overloaded
from .http import problem
from .middleware import FILES, App, Receive, Scope, Send

REFUSED = Counter("apropos_refused_at_once_total", "Requests refused since too many were under way.", ("kind",))
LOOKS = {"GET", "HEAD"}
RETRY_AFTER = 1
"""Seconds after which whoever is refused may come again, and the longest that they are not heard."""
TOO_MANY = Overloaded("Too many requests are under way; this one was not begun.", retry_after=RETRY_AFTER)
REFUSALS = 500
"""How many are refused in a second before they rest longer."""
TURN = 0.05
"""Seconds between the moments at which they are heard again."""
COUNTS = "/v1/counts"
"""A look that is a POST, since it names many records."""


@dataclass(slots=True)
class Lane:
    """Requests of one kind that are worked on."""

    refused: Counter
    inside: int = 0
    coming: int = 0
    """Let in, and not yet at where they are counted."""

    def came(self) -> None:
        """Know that one is where it is counted, or waits for others."""
        self.coming -= 1


class Gate:
    """Knows how many requests are worked on."""

    def __init__(self, most: int) -> None:
        """`most` of a kind at once."""
        self._most = most
        self._looks, self._changes = Lane(REFUSED.labels("look")), Lane(REFUSED.labels("change"))
        self._resting: deque[tuple[float, Callable[[], None]]] = deque()

    def takes(self, lane: Lane) -> bool:
        """Tell whether one more may come."""
        return lane.inside + lane.coming < self._most

    def has_room(self, lane: Lane) -> bool:
        """Tell whether one that was let in may be worked on: others may have come while it waited for its body."""
        return lane.inside < self._most

    def lane(self, scope: Scope) -> Lane | None:
        """Return where a request belongs; `None` when it is not counted: a WebSocket, a file that is sent, what is not the API."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/") or scope["method"] == "OPTIONS":
            return None
        if scope["method"] in LOOKS or scope["path"] == COUNTS:
            return self._looks
        return None if scope["path"] == FILES else self._changes

    def rest(self, wake: Callable[[], None]) -> None:
        """Call `wake` when whoever was refused may be heard again: many of them together, which costs less than one by one."""
        loop = asyncio.get_running_loop()
        if not self._resting:
            loop.call_later(TURN, self._wake)
        self._resting.append((loop.time() + min(RETRY_AFTER, len(self._resting) / REFUSALS), wake))

    def _wake(self) -> None:
        loop = asyncio.get_running_loop()
        while self._resting and self._resting[0][0] <= loop.time():
            self._resting.popleft()[1]()
        if self._resting:
            loop.call_later(TURN, self._wake)


class Admitting:
    """Counts a request from when its work begins until its answer does. Inside of everything that waits for others."""

    def __init__(self, app: App, gate: Gate) -> None:
        """Wrap `app`."""
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        lane = self._gate.lane(scope)
        if lane is None:
            await self._app(scope, receive, send)
            return
        if not self._gate.has_room(lane):
            lane.refused.inc()
            await problem(TOO_MANY)(scope, receive, send)
            return
        lane.inside += 1
        counted = 1

        async def answering(message: MutableMapping[str, Any]) -> None:
            nonlocal counted
            lane.inside -= counted
            counted = 0
            await send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            lane.inside -= counted
