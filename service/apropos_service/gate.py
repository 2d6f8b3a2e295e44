"""How many requests are worked on at once: beyond that they are told at once to come again, before they cost anything.

Law: whoever is let in is answered as ever, so what the service can carry it goes on carrying. Changes and looks are counted
apart: where the database takes no changes, people still read. What waits for others (a body on its way, a host that is
asked, an answer that streams) is not counted: it costs nothing.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import Counter

from .errors import Overloaded
from .http import problem
from .middleware import FILES, App, Receive, Scope, Send, request_id_of

REFUSED = Counter("apropos_refused_at_once_total", "Requests refused since too many were under way.", ("kind",))
LOOKS = {"GET", "HEAD"}
COUNTS = "/v1/counts"
"""A look that is a POST, since it names many records."""


@dataclass(slots=True)
class Lane:
    """Requests of one kind that are worked on."""

    kind: str
    inside: int = 0


class Gate:
    """Knows how many requests are worked on."""

    def __init__(self, most: int) -> None:
        """`most` of a kind at once."""
        self.most = most
        self._looks, self._changes = Lane("look"), Lane("change")

    def lane(self, scope: Scope) -> Lane | None:
        """Return where a request belongs; `None` when it is not counted: a WebSocket, a file that is sent, what is not the API."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/") or scope["method"] == "OPTIONS":
            return None
        if scope["method"] in LOOKS or scope["path"] == COUNTS:
            return self._looks
        return None if scope["path"] == FILES else self._changes


class Refusing:
    """Refuses what is too many. Outside of everything, so that it costs next to nothing: no line in the log, only a count."""

    def __init__(self, app: App, gate: Gate) -> None:
        """Wrap `app`."""
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        lane = self._gate.lane(scope)
        if lane is None or lane.inside < self._gate.most:
            await self._app(scope, receive, send)
            return
        REFUSED.labels(lane.kind).inc()
        answer = problem(Overloaded("Too many requests are under way; this one was not begun.", retry_after=1))
        answer.headers["x-request-id"] = request_id_of(scope)
        answer.headers["access-control-allow-origin"] = "*"
        answer.headers["access-control-expose-headers"] = "Retry-After, X-Request-Id"
        await answer(scope, receive, send)


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
