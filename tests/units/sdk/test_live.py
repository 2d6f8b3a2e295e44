"""Listening survives whatever breaks: each event once, in order, and an end only where nothing can follow."""

import json
from contextlib import aclosing

import httpx
import pytest
from websockets.asyncio.server import serve

from apropos import Apropos, AsyncApropos, CursorLost, Unauthenticated, Unreachable

RECORD = "order:1"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("apropos._async.live.backoff", lambda _: 0)
    monkeypatch.setattr("apropos._sync.live.backoff", lambda _: 0)


def happened(seq, text="said"):
    comment = {"id": f"cmt_{seq}", "thread_id": "thr_1", "body": text, "posted_at": "2026-11-24T09:00:00.000Z"}
    return {
        "id": f"evt_{seq}", "type": "comment.posted", "timestamp": "2026-11-24T09:00:00.000Z", "workspace": "wsp_1",
        "record": RECORD, "thread_id": "thr_1", "actor": None, "seq": seq, "data": {"comment": comment, "thread": None},
    }  # fmt: skip


LOG = [happened(1), happened(2, "a\u2028b\x85c"), happened(3), happened(4)]


def sse(kind, said, cursor=None):
    mark = f"id: {cursor}\n" if cursor is not None else ""
    return f"event: {kind}\n{mark}data: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


class Pieces(httpx.SyncByteStream):
    """A body that comes in small pieces and may break off."""

    def __init__(self, content, *, breaks):
        self._content, self._breaks = content, breaks

    def __iter__(self):
        for start in range(0, len(self._content), 7):
            yield self._content[start : start + 7]
        if self._breaks:
            raise httpx.ReadError("broken off")


def streaming(*lines):
    """A client whose connections tell these: each how many events after the cursor, or an answer; and what was asked."""
    waiting, asked = list(lines), []

    def answer(request):
        asked.append(request.url.params.get("after"))
        told = waiting.pop(0)
        if not isinstance(told, int):
            return told
        start = int(asked[-1] or 0)
        content = sse("subscribed", {"record": RECORD}, start) + b": beat\n\n" + sse("presence", {"people": []})
        content += b"".join(sse(one["type"], one, one["seq"]) for one in LOG[start : start + told])
        return httpx.Response(200, stream=Pieces(content + b"event: comment.posted\ndata: {", breaks=True))

    return Apropos("http://apropos.test", key="apk_1", retries=0, transport=httpx.MockTransport(answer)), asked


def test_each_event_comes_once_however_often_the_line_breaks():
    ap, asked = streaming(1, 0, httpx.Response(503), 2, 1)

    heard = [event for _, event in zip(range(4), ap.live(RECORD), strict=False)]

    assert [(event.seq, event.cursor) for event in heard] == [(1, "1"), (2, "2"), (3, "3"), (4, "4")]
    assert heard[1].data.comment.body == "a\u2028b\x85c"
    assert asked == [None, "1", "1", "1", "3"]


def test_a_first_line_that_does_not_stand_is_said():
    ap, _ = streaming(httpx.Response(401, json={"code": "unauthenticated"}))
    silent = Apropos("http://127.0.0.1:9", key="apk_1", timeout=1)

    with pytest.raises(Unauthenticated):
        next(ap.live(RECORD))
    with pytest.raises(Unreachable):
        next(silent.live(RECORD))
    silent.close()


@pytest.mark.parametrize(
    "told",
    [
        httpx.Response(200, content=sse("resync", {"record": RECORD})),
        httpx.Response(422, json={"code": "validation_failed", "errors": [{"path": "after", "message": "is a cursor"}]}),
    ],
)
def test_a_cursor_that_is_too_old_or_unknown_is_said(told):
    ap, _ = streaming(told)

    with pytest.raises(CursorLost) as lost:
        next(ap.live(RECORD, after="old"))

    assert lost.value.record == RECORD


class Service:
    """A WebSocket that proves who listens, tells `at_once` events a connection, and breaks off."""

    def __init__(self, at_once):
        self.at_once, self.hellos, self.subscribed = at_once, [], []

    async def __call__(self, socket):
        self.hellos.append(json.loads(await socket.recv())["token"])
        if self.hellos[-1] == "bad":
            await socket.send(json.dumps({"error": {"code": "unauthenticated", "status": 401}}))
            return
        await socket.send(json.dumps({"authenticated": True}))
        [wish] = json.loads(await socket.recv())["subscribe"]
        self.subscribed.append(wish)
        start = int(wish["after"] or 0)
        await socket.send(json.dumps({"subscribed": {"record": RECORD, "cursor": str(start)}}))
        for one in LOG[start : start + self.at_once]:
            await socket.send(json.dumps({"event": one, "cursor": str(one["seq"])}))
        socket.transport.abort()


async def test_a_websocket_that_breaks_is_opened_again_with_a_fresh_token():
    service, tokens = Service(at_once=2), iter(["one", "two", "three"])
    async with serve(service, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with AsyncApropos(f"http://127.0.0.1:{port}", token=lambda: next(tokens)) as ap, aclosing(ap.live(RECORD)) as line:
            heard = [await anext(line) for _ in LOG]

    assert [event.seq for event in heard] == [1, 2, 3, 4]
    assert service.hellos == ["one", "two"]
    assert [wish["after"] for wish in service.subscribed] == [None, "2"]


async def test_a_websocket_that_refuses_ends_the_listening():
    async with serve(Service(at_once=1), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with AsyncApropos(f"http://127.0.0.1:{port}", token="bad") as ap:
            with pytest.raises(Unauthenticated):
                await anext(ap.live(RECORD))
