"""The load: clients that keep their connection and ask again as soon as they are answered, in a process of their own.

Reads a plan from standard input (pickle) and writes what it saw (JSON). Raw protocol callbacks on uvloop, so that asking
costs a few microseconds and the machine is left to who answers.
"""

import asyncio
import json
import pickle
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import cycle

import uvloop

from apropos_service.ids import new

FRESH = b"{fresh comment}"
"""Where a request carries an id that nobody used before."""


@dataclass(frozen=True)
class Plan:
    """What to ask: each client goes round its own `requests` (whole HTTP/1.1 messages) for `seconds`."""

    port: int
    clients: list[list[bytes]]
    seconds: float


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, requests, seen, until):
        self._requests = cycle([request.partition(FRESH) for request in requests])
        self._seen, self._until = seen, until
        self._received = bytearray()
        self._missing = None
        self._asked = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self._transport = transport
        self._ask()

    def data_received(self, data):
        self._received += data
        if self._missing is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            self._missing = end + 4 + length(bytes(self._received[:end]))
        if len(self._received) >= self._missing:
            now = time.perf_counter()
            self._seen.append((now - self._asked, int(self._received[9:12])))
            self._received.clear()
            self._missing = None
            if now < self._until:
                self._ask()
            else:
                self._transport.close()

    def connection_lost(self, problem):
        if not self.done.done():
            self.done.set_result(problem)

    def _ask(self):
        before, fresh, after = next(self._requests)
        self._asked = time.perf_counter()
        self._transport.write(before + new("cmt").encode() + after if fresh else before)


def length(head):
    """Return the content length that a head announces; 0 where there is no body."""
    found = head.lower().partition(b"\r\ncontent-length:")[2]
    return int(found.partition(b"\r\n")[0] or 0)


async def run(plan):
    """Carry the plan out; return what was seen."""
    loop, seen = asyncio.get_running_loop(), []
    began = time.perf_counter()
    made = [
        await loop.create_connection(lambda asked=asked: Client(asked, seen, began + plan.seconds), "127.0.0.1", plan.port)
        for asked in plan.clients
    ]
    await asyncio.gather(*(client.done for _, client in made))
    taken = sorted(seconds for seconds, _ in seen)
    return {
        "done": len(seen), "seconds": time.perf_counter() - began, "statuses": Counter(status for _, status in seen),
        "p50": taken[len(taken) // 2], "p99": taken[len(taken) * 99 // 100],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(pickle.load(sys.stdin.buffer)))))  # noqa: S301 our own parent wrote it
