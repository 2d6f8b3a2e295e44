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
REFUSED = 503
"""What a service says that has no room; it is counted apart."""


@dataclass(frozen=True)
class Plan:
    """What to ask: each client goes round its own requests (whole HTTP/1.1 messages) for `seconds`, or once, where that is `None`.

    Only those that begin with `counted` are counted, and apart from them who is refused. The seconds begin once every client was
    answered: an event loop of libuv takes one new connection a turn, so those who come last to a busy one wait long, and we
    measure those who are there.
    """

    port: int
    clients: list[list[bytes]]
    seconds: float | None
    counted: bytes = b""


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, plan, requests):
        parts = [request.partition(FRESH) for request in requests]
        self._requests = iter(parts) if plan.seconds is None else cycle(parts)
        self._counted, self._until = plan.counted, 0.0
        self._received, self._missing = bytearray(), None
        self._asked, self._counts = 0.0, False
        self.seen, self.refused, self.statuses, self.number, self.late = [], [], Counter(), 0, 0
        loop = asyncio.get_running_loop()
        self.ready, self.done = loop.create_future(), loop.create_future()

    def begin(self, until):
        """Ask, until then."""
        self._until = until
        self.seen.clear()
        self.late = 0
        self.refused.clear()
        self._ask()

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
            self._answered(time.perf_counter())

    def connection_lost(self, problem):
        for future in (self.ready, self.done):
            if not future.done():
                future.set_result(problem)

    def _answered(self, now):
        status = int(self._received[9:12])
        self.statuses[status] += 1
        if status == REFUSED:
            self.refused.append(now - self._asked)
        elif self._counts:
            self.number += 1
            self.late += now > self._until
            self.seen.append((now - self._asked, self._missing))
        self._received.clear()
        self._missing = None
        if not self.ready.done():
            self.ready.set_result(None)
        elif now < self._until:
            self._ask()
        else:
            self._transport.close()

    def _ask(self):
        if (request := next(self._requests, None)) is None:
            self._transport.close()
            return
        before, fresh, after = request
        self._counts = before.startswith(self._counted)
        self._asked = time.perf_counter()
        self._transport.write(before + new("cmt").encode() + after if fresh else before)


def length(head):
    """Return the content length that a head announces; 0 where there is no body."""
    found = head.lower().partition(b"\r\ncontent-length:")[2]
    return int(found.partition(b"\r\n")[0] or 0)


async def run(plan):
    """Carry the plan out; return what was seen, and how many answers there were with those that came before the clock."""
    loop, clients = asyncio.get_running_loop(), [Client(plan, asked) for asked in plan.clients]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", plan.port)
    await asyncio.gather(*(client.ready for client in clients))
    began = time.perf_counter()
    for client in clients:
        client.begin(began + (plan.seconds or float("inf")))
    await asyncio.gather(*(client.done for client in clients))
    seconds = time.perf_counter() - began
    taken = sorted(took for client in clients for took, _ in client.seen)
    refused = sorted(took for client in clients for took in client.refused)
    return {
        "done": len(taken), "in_time": len(taken) - sum(client.late for client in clients),
        "seconds": seconds, "all": sum(client.number for client in clients),
        "statuses": sum((client.statuses for client in clients), Counter()),
        "p50": taken[len(taken) // 2], "p99": taken[len(taken) * 99 // 100],
        "size": sum(size for client in clients for _, size in client.seen) / len(taken),
        "refused": len(refused), "refused_p50": refused[len(refused) // 2] if refused else 0.0,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(pickle.load(sys.stdin.buffer)))))  # noqa: S301 our own parent wrote it
