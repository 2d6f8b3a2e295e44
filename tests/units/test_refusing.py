"""What a connection does with requests that are too many, whatever they look like: ours, in uvicorn, before an app of one place."""

import asyncio
import socket
from contextlib import asynccontextmanager

import orjson
import pytest
import uvicorn
from prometheus_client import REGISTRY
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from apropos_service import gate as gates
from apropos_service.gate import Admitting, Gate
from apropos_service.refusing import Connection
from listening import until

ALL = ["GET", "POST", "OPTIONS"]


class Answer:
    """What a server said."""

    def __init__(self, head, body):
        first, *lines = head.decode().split("\r\n")
        version, status, _ = first.split(" ", 2)
        assert version == "HTTP/1.1"
        self.status = int(status)
        self.headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines if line)}
        self.body = body


class Peer:
    """A client that says bytes."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    def say(self, *lines, body=b""):
        """Send a request, or any bytes."""
        self._writer.write("\r\n".join((*lines, "Host: x", "", "")).encode() + body if lines else body)

    def post(self, *lines, body=b"{}"):
        """Post to where others are counted."""
        self.say("POST /v1/said HTTP/1.1", f"Content-Length: {len(body)}", *lines, body=body)

    async def hear(self, *, bare=False):
        """Return the next answer."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        told = Answer(head, b"")
        if not bare:
            told.body = await self._reader.readexactly(int(told.headers.get("content-length", 0)))
        return told

    async def gone(self):
        """Tell whether the server closed, with nothing more said."""
        return await self._reader.read() == b""

    def silent(self):
        """Tell whether nothing was said."""
        return not self._reader._buffer  # noqa: SLF001 there is no other way to look without waiting


class Whole:
    """Waits for bodies, as `Bounds` does."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        heard = []
        while scope.get("method") == "POST" and (not heard or heard[-1].get("more_body")):
            heard.append(await receive())

        async def again():
            return heard.pop(0) if heard else await receive()

        await self._app(scope, again, send)


class Service:
    """A service whose requests to `/v1/slow` wait until they may go on."""

    def __init__(self, port, gate, go_on):
        self.port, self.gate, self.go_on = port, gate, go_on
        self._writers = []

    async def peer(self):
        """Connect."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writers.append(writer)
        return Peer(reader, writer)

    async def at_rest(self):
        """Tell whether nobody's turn to be heard again is still to come."""
        return not self.gate._resting  # noqa: SLF001 there is no other way to know

    async def end(self):
        """Let everybody go."""
        for writer in self._writers:
            writer.close()
            await writer.wait_closed()


@asynccontextmanager
async def serving(most=1, stays=75):
    """Serve, with so many places for looks and for changes; a connection with nothing to do stays for so many seconds."""
    gate, go_on = Gate(most), asyncio.Event()

    async def said(request):
        return PlainTextResponse(f"{request.method} {len(await request.body())}")

    async def slow(_):
        await go_on.wait()
        return PlainTextResponse("at last")

    routes = [Route("/v1/slow", slow, methods=ALL), Route("/slow", slow), Route("/{rest:path}", said, methods=ALL)]
    app = Starlette(routes=routes, middleware=[Middleware(Whole), Middleware(Admitting, gate=gate)])
    app.state.gate = gate
    server = uvicorn.Server(
        uvicorn.Config(app, http=Connection, ws="websockets-sansio", lifespan="off", log_level="warning", timeout_keep_alive=stays)
    )
    with socket.create_server(("127.0.0.1", 0)) as at:
        running = asyncio.create_task(server.serve([at]))
        service = Service(at.getsockname()[1], gate, go_on)
        try:
            yield service
        finally:
            go_on.set()
            await service.end()
            server.should_exit = True
            await running


@asynccontextmanager
async def full(**others):
    """Serve, with somebody at every place."""
    async with serving(**others) as service:
        for method in ("GET", "POST"):
            (await service.peer()).say(f"{method} /v1/slow HTTP/1.1", "Content-Length: 0")
        peer = await service.peer()
        while True:  # until both are at their places
            peer.say("HEAD /v1/said HTTP/1.1")
            looked = (await peer.hear(bare=True)).status
            peer.post()
            if looked == (await peer.hear()).status == 503:
                break
        await until(service.at_rest)
        yield service


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Let nobody rest for long."""
    monkeypatch.setattr(gates, "TURN", 0.001)


def refused(kind):
    """Return how many were refused."""
    return REGISTRY.get_sample_value("apropos_refused_at_once_total", {"kind": kind}) or 0


async def test_who_is_refused_hears_why_when_to_come_again_and_is_counted():
    async with full() as service:
        peer, before = await service.peer(), refused("change")
        peer.post("X-Request-Id: mine")
        told = await peer.hear()
        assert told.status == 503
        assert orjson.loads(told.body) == {
            "type": "/problems/overloaded", "title": "The service cannot take this now; nothing was done, send it again.",
            "status": 503, "detail": "Too many requests are under way; this one was not begun.", "code": "overloaded",
            "retry_after": 1,
        }  # fmt: skip
        assert told.headers["retry-after"] == "1"
        assert told.headers["x-request-id"] == "mine"
        assert told.headers["content-type"] == "application/problem+json"
        assert told.headers["access-control-allow-origin"] == "*"
        assert "Retry-After" in told.headers["access-control-expose-headers"]
        assert told.headers["date"]
        peer.post()
        assert (await peer.hear()).headers["x-request-id"].startswith("req_")
        assert refused("change") == before + 2


@pytest.mark.parametrize("way", ["Content-Length: 8", "Transfer-Encoding: chunked"])
async def test_a_body_on_its_way_goes_by_and_the_connection_goes_on(way):
    first, rest = (b"abcd", b"efgh") if "Length" in way else (b"4\r\nab", b"cd\r\n0\r\n\r\n")
    async with full() as service:
        peer = await service.peer()
        peer.say("POST /v1/said HTTP/1.1", way, body=first)
        assert (await peer.hear()).status == 503
        peer.say(body=rest)
        peer.say("POST /other HTTP/1.1", "Content-Length: 3", body=b"abc")
        assert (await peer.hear()).body == b"POST 3"
        service.go_on.set()
        peer.post(body=b"abcdef")
        while (told := await peer.hear()).status == 503:
            peer.post(body=b"abcdef")
        assert told.body == b"POST 6"


async def test_what_comes_in_a_row_is_answered_in_a_row():
    async with full() as service:
        peer = await service.peer()
        peer.say("GET /first HTTP/1.1")
        peer.post()
        peer.say("GET /third HTTP/1.1")
        peer.post()
        peer.say("POST /v1/attachments HTTP/1.1", "Content-Length: 5", body=b"12345")
        assert [(await peer.hear()).status for _ in range(5)] == [200, 503, 200, 503, 200]
        peer.post()
        peer.say("GET /slowly HTTP/1.1")
        assert [(await peer.hear()).status for _ in range(2)] == [503, 200]


async def test_what_is_worked_on_while_its_connection_rests_is_answered_first():
    async with full() as service:
        peer, other = await service.peer(), await service.peer()
        peer.post()
        peer.say("GET /slow HTTP/1.1")
        peer.say("GET /other HTTP/1.1")
        assert (await peer.hear()).status == 503
        for _ in range(2):  # the second is heard after the first of both woke
            other.post()
            assert (await other.hear()).status == 503
        service.go_on.set()
        assert [(await peer.hear()).body for _ in range(2)] == [b"at last", b"GET 0"]


async def test_who_says_nothing_more_is_let_go_as_others_are():
    async with full(stays=0.2) as service:
        peer = await service.peer()
        peer.post()
        assert (await peer.hear()).status == 503
        assert await peer.gone()


async def test_a_long_row_is_refused_one_by_one():
    async with full() as service:
        peer, before = await service.peer(), refused("change")
        peer.say("GET /first HTTP/1.1")
        for _ in range(3_000):
            peer.post()
        peer.say("GET /last HTTP/1.1")
        assert {(await peer.hear()).status for _ in range(3_001)} == {200, 503}
        assert (await peer.hear()).body == b"GET 0"
        assert refused("change") == before + 3_000


async def test_a_look_at_the_head_is_refused_without_a_body():
    async with full() as service:
        peer, before = await service.peer(), refused("look")
        peer.say("HEAD /v1/said HTTP/1.1")
        assert (told := await peer.hear(bare=True)).status == 503
        assert int(told.headers["content-length"]) > 0
        peer.say("GET /other HTTP/1.1")
        assert (await peer.hear()).body == b"GET 0"
        assert refused("look") == before + 1


async def test_what_takes_nobodys_place_is_never_refused():
    async with full() as service:
        peer = await service.peer()
        for asked in ("OPTIONS /v1/said", "POST /v1/attachments", "GET /healthz"):
            peer.say(f"{asked} HTTP/1.1")
            assert (await peer.hear()).status == 200
        key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        peer.say("GET /v1/live HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", key)
        assert (await peer.hear()).status == 403  # what uvicorn says of a WebSocket that the app does not know


@pytest.mark.parametrize("lines", [("POST /v1/said HTTP/1.0",), ("POST /v1/said HTTP/1.1", "Connection: close")])
async def test_who_does_not_stay_is_refused_and_let_go(lines):
    async with full() as service:
        peer = await service.peer()
        peer.say(*lines, "Content-Length: 2", body=b"{}")
        told = await peer.hear()
        assert (told.status, told.headers["connection"]) == (503, "close")
        assert await peer.gone()


async def test_who_waits_for_a_word_before_the_body_is_let_go_or_told_to_go_on():
    waits = ("POST /v1/said HTTP/1.1", "Content-Length: 4", "Expect: 100-continue")
    async with full() as service:
        peer = await service.peer()
        peer.say(*waits)
        told = await peer.hear()
        assert (told.status, told.headers["connection"]) == (503, "close")
        assert await peer.gone()
    async with serving() as service:
        peer = await service.peer()
        peer.say(*waits)
        assert (await peer.hear(bare=True)).status == 100
        peer.say(body=b"abcd")
        assert (await peer.hear()).body == b"POST 4"


async def test_who_comes_at_the_same_moment_is_counted_before_being_let_in():
    async with serving(most=2) as service:
        peers = [await service.peer() for _ in range(10)]
        for peer in peers:
            peer.say("POST /v1/slow HTTP/1.1", "Content-Length: 0")
        told = asyncio.as_completed([peer.hear() for peer in peers])
        assert {(await next(told)).status for _ in range(8)} == {503}
        service.go_on.set()
        assert {(await next(told)).status for _ in range(2)} == {200}


async def test_whose_body_comes_late_is_refused_where_the_places_were_taken_meanwhile():
    async with serving(most=2) as service:
        late, quick, before = [await service.peer() for _ in range(10)], await service.peer(), refused("change")
        for each in late:
            each.say("POST /v1/slow HTTP/1.1", "Content-Length: 2", body=b"{")
            quick.post()
            assert (await quick.hear()).status == 200
        for each in late:
            each.say(body=b"}")
        told = asyncio.as_completed([each.hear() for each in late])
        for _ in range(8):
            answer = await next(told)
            assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        service.go_on.set()
        assert {(await next(told)).status for _ in range(2)} == {200}
        assert refused("change") == before + 8


async def test_who_comes_again_at_once_is_not_heard_while_others_are(monkeypatch):
    async with full() as service:
        monkeypatch.setattr(gates, "TURN", 3_600)
        early = await service.peer()
        early.post()
        assert (await early.hear()).status == 503
        early.post()
        for _ in range(10):
            other = await service.peer()
            other.post()
            assert (await other.hear()).status == 503
        assert early.silent()


async def test_nobody_rests_longer_than_they_were_told_to_stay_away(monkeypatch):
    monkeypatch.setattr(gates, "REFUSALS", 1)
    gate, woken = Gate(1), [asyncio.Event() for _ in range(1_000)]
    for each in woken:
        gate.rest(each.set)
    await asyncio.gather(*(each.wait() for each in woken))


async def test_the_more_rest_the_longer_each_does(monkeypatch):
    monkeypatch.setattr(gates, "REFUSALS", 1_000_000)
    monkeypatch.setattr(gates, "RETRY_AFTER", 3_600)
    gate, woken = Gate(1), []
    gate.rest(lambda: woken.append("first"))
    monkeypatch.setattr(gates, "REFUSALS", 0.001)
    last = asyncio.Event()
    gate.rest(lambda: woken.append("second"))
    asyncio.get_running_loop().call_later(0.05, last.set)
    await last.wait()
    assert woken == ["first"]
