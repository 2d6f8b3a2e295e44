"""Many pages that listen, in a process of their own: how long until the last of them has heard.

Reads a plan from standard input (pickle), then a line for every shot, and answers each with a line of JSON. A page is a
protocol that counts whole WebSocket frames and looks into none.
"""

import asyncio
import json
import pickle
import socket
import sys
import time
from dataclasses import dataclass

import uvloop

HANDSHAKE = (
    b"GET /v1/live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TOGETHER = 50
NARROW = 4_096
"""Bytes that the system keeps for a page that does not read."""
SHORT, LONG = 126, 127


@dataclass(frozen=True)
class Plan:
    """Pages to open, each saying its `words`; it is ready after `greetings` frames. `shot` is a request that all hear of.

    So many of them are `deaf`: they read no more once they are ready.
    """

    port: int
    pages: list[list[str]]
    greetings: int
    shot: bytes
    deaf: int = 0


class Page(asyncio.Protocol):
    """One connection."""

    def __init__(self, words, greetings, heard):
        self._words, self._missing, self._heard = words, greetings, heard
        self._received = bytearray()
        self._upgraded = False
        self.last_size = 0
        self.ready = asyncio.get_running_loop().create_future()

    def turn_deaf(self):
        """Read no more."""
        self._transport.pause_reading()

    def connection_made(self, transport):
        self._transport = transport
        transport.write(HANDSHAKE)

    def data_received(self, data):
        self._received += data
        if not self._upgraded:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            del self._received[: end + 4]
            self._upgraded = True
            self._transport.write(b"".join(map(masked, self._words)))
            if not self._missing:
                self.ready.set_result(None)
        while (size := whole(self._received)) and len(self._received) >= size:
            del self._received[:size]
            if self._missing:
                self._missing -= 1
                if not self._missing:
                    self.ready.set_result(None)
            else:
                self.last_size = size
                self._heard()


def whole(received):
    """Return the size of the frame that begins here, with its head; 0 while that cannot be known."""
    if len(received) < 10:
        return 2 + received[1] if len(received) > 1 and received[1] < SHORT else 0
    length = received[1]
    if length == SHORT:
        return 4 + int.from_bytes(received[2:4], "big")
    return 10 + int.from_bytes(received[2:10], "big") if length == LONG else 2 + length


def masked(text):
    """Return a text frame as a client sends it; the mask is zero, which changes nothing."""
    content = text.encode()
    head = bytes([0x81, 0x80 | len(content)]) if len(content) < SHORT else b"\x81\xfe" + len(content).to_bytes(2, "big")
    return head + b"\0\0\0\0" + content


async def listen(plan):
    """Open the pages, say so, and shoot for every line that comes."""
    loop = asyncio.get_running_loop()
    missing, done, times = 0, asyncio.Event(), []

    def heard():
        nonlocal missing
        missing -= 1
        times.append(time.perf_counter())
        if not missing:
            done.set()

    pages = []
    for start in range(0, len(plan.pages), TOGETHER):
        some = [Page(words, plan.greetings, heard) for words in plan.pages[start : start + TOGETHER]]
        await asyncio.gather(*(connect(page, plan.port, narrow=start < plan.deaf) for page in some))
        await asyncio.gather(*(page.ready for page in some))
        pages += some
    for page in pages[: plan.deaf]:
        page.turn_deaf()
    say({"ready": len(pages)})
    reader, writer = await asyncio.open_connection("127.0.0.1", plan.port)
    while await loop.run_in_executor(None, sys.stdin.buffer.readline):
        missing = len(pages) - plan.deaf
        done.clear()
        times.clear()
        began = time.perf_counter()
        writer.write(plan.shot)
        await asyncio.wait_for(done.wait(), 60)
        took = [at - began for at in times]
        say({"first": took[0], "p99": took[len(took) * 99 // 100], "last": took[-1], "size": pages[-1].last_size})
        await asyncio.wait_for(reader.read(65536), 60)


async def connect(page, port, *, narrow):
    """Connect a page; a `narrow` one has the system keep as little for it as can be."""
    ours = socket.socket()
    if narrow:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
    ours.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(ours, ("127.0.0.1", port))
    await loop.create_connection(lambda: page, sock=ours)


def say(what):
    """Tell the parent."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    uvloop.run(listen(pickle.load(sys.stdin.buffer)))  # noqa: S301 our own parent wrote it
