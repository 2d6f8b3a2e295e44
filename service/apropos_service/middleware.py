"""What happens around every request: its id, its size, its origin, its log line and its measure. Plain ASGI, for speed."""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any

import structlog
from prometheus_client import Counter, Histogram

from .bodies import understood
from .errors import Problem, TooLarge
from .http import problem
from .ids import new

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger()
REQUESTS = Counter("apropos_requests_total", "Requests by route and status.", ("method", "route", "status"))
SECONDS = Histogram("apropos_request_seconds", "How long requests took, in seconds.", ("route",))
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
GIVEN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
BODY, RECORDS_BODY = 1_000_000, 8_000_000
FILES = "/v1/attachments"
CONSOLE = "/console/"
"""Its pages send forms, which no other route takes."""
FILE, FORM = 25 * 2**20, 25 * 2**20 + 100_000
"""The most bytes of a file, and of the form that brings it."""


class Around:
    """Names each request (`X-Request-Id`, accepted or made), lets pages of any origin call, answers HEAD, and notes how it went.

    Who may call is said by the bearer, never by a cookie or an origin. HEAD is GET without the body. Source: RFC 9110,
    section 9.3.2.
    """

    HEADERS = (
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id"),
    )
    NOSNIFF = (b"x-content-type-options", b"nosniff")
    PREFLIGHT = (
        (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
        (
            b"access-control-allow-headers",
            b"Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id",
        ),
        (b"access-control-max-age", b"7200"),
    )

    def __init__(self, app: App) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and log one line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status, began, method = 500, time.perf_counter(), scope["method"]

        async def dressed(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status, given = message["status"], message.get("headers", ())
                nosniff = () if self.NOSNIFF in given else (self.NOSNIFF,)
                message["headers"] = [*given, *self.HEADERS, *nosniff, (b"x-request-id", request_id.encode())]
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        try:
            if method == "OPTIONS" and _header(scope, b"access-control-request-method"):
                await dressed({"type": "http.response.start", "status": 204, "headers": self.PREFLIGHT})
                await dressed({"type": "http.response.body", "body": b""})
            else:
                await self._app({**scope, "method": "GET"} if method == "HEAD" else scope, receive, dressed)
        finally:
            _note(scope, status, time.perf_counter() - began, request_id)


class Bounds:
    """Refuses bodies over 1 MB (8 MB for `POST /v1/records`) without reading more than that.

    A form with a file, of at most 25 MB, is counted as it passes: it is never whole in memory.
    """

    def __init__(self, app: App) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        most = {"/v1/records": RECORDS_BODY, FILES: FORM}.get(scope["path"], BODY)
        declared = _header(scope, b"content-length")
        if declared.isdigit() and int(declared) > most:
            await _refuse(_too_large(most), scope, receive, send)
            return
        if scope["path"] == FILES:
            await self._app(scope, _counted(receive), send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body, more = body + message.get("body", b""), message.get("more_body", False)
            if len(body) > most:
                await _refuse(_too_large(most), scope, receive, send)
                return
        try:
            body = (
                body if scope["path"].startswith(CONSOLE) else understood(body, _header(scope, b"content-type").decode("latin-1"))
            )
        except Problem as refused:
            await _refuse(refused, scope, receive, send)
            return
        given = False

        async def whole() -> MutableMapping[str, Any]:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, whole, send)


def request_id_of(scope: Scope) -> str:
    """Return the id that a request came with, or one made for it."""
    given = _header(scope, b"x-request-id")
    return given.decode() if GIVEN.fullmatch(given) else new("req")


async def _refuse(refused: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    await problem(refused)(scope, receive, send)


def _too_large(most: int) -> TooLarge:
    if most == FORM:
        return TooLarge("The file is too large. The limit is 25 MB.", limit=FILE)
    return TooLarge(f"A body here has at most {most:,} bytes.", limit=most)


def _counted(receive: Receive) -> Receive:
    """Return what receives a form piece by piece, and raises `TooLarge` once it has grown over the limit."""
    passed = 0

    async def next_() -> MutableMapping[str, Any]:
        nonlocal passed
        message = await receive()
        passed += len(message.get("body", b""))
        if passed > FORM:
            raise _too_large(FORM)
        return message

    return next_


def _header(scope: Scope, name: bytes) -> bytes:
    """Return a header's value; empty when it is not there."""
    return next((value for key, value in scope["headers"] if key == name), b"")


def _note(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    method, route = scope["method"], getattr(scope.get("route"), "path", "unknown")
    requests, took = _measures(method if method in METHODS else "other", route, status)
    requests.inc()
    took.observe(seconds)
    caller = scope.get("state", {}).get("caller")
    log.info(
        "request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), request_id=request_id,
        workspace=caller and caller.workspace_id, caller=caller and caller.name,
    )  # fmt: skip


@cache
def _measures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(method, route, status), SECONDS.labels(route)
