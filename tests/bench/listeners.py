"""Many pages that listen, in a process of their own: how long until the last of them has heard.

Reads a plan from standard input (pickle), then a line for every shot, and answers each with a line of JSON. A page is a
protocol that counts whole WebSocket frames and looks into none.
"""

import asyncio
import json
import pickle
import sys
import time
from dataclasses import dataclass

import uvloop

HANDSHAKE = (
    b"GET /v1/live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TOGETHER = 50
SHORT, LONG = 126, 127


@dataclass(frozen=True)
class Plan:
    """Pages to open, each saying its `words`; it is ready after `greetings` frames. `shot` is a request that all hear of."""

    port: int
    pages: list[list[str]]
    greetings: int
    shot: bytes


class Page(asyncio.Protocol):
    """One connection."""

    def __init__(self, words, greetings, heard):
        self._words, self._missing, self._heard = words, greetings, heard
        self._received = bytearray()
        self._upgraded = False
        self.last_size = 0
        self.ready = asyncio.get_running_loop().create_future()

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
        await asyncio.gather(*(loop.create_connection(lambda page=page: page, "127.0.0.1", plan.port) for page in some))
        await asyncio.gather(*(page.ready for page in some))
        pages += some
    say({"ready": len(pages)})
    reader, writer = await asyncio.open_connection("127.0.0.1", plan.port)
    while await loop.run_in_executor(None, sys.stdin.buffer.readline):
        missing = len(pages)
        done.clear()
        times.clear()
        began = time.perf_counter()
        writer.write(plan.shot)
        await asyncio.wait_for(done.wait(), 60)
        say({"first": times[0] - began, "last": times[-1] - began, "size": pages[0].last_size})
        await asyncio.wait_for(reader.read(65536), 60)


def say(what):
    """Tell the parent."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    uvloop.run(listen(pickle.load(sys.stdin.buffer)))  # noqa: S301 our own parent wrote it
