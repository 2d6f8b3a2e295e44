"""Telling thousands of pages of one comment: ours, raw sockets in the same run, and what it does to others that some never read."""

import json
import pickle
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from asking import message
from listeners import Plan
from measures import REPETITIONS
from posting import TEXT
from processes import cpu_of, files_of, free_port, memory_of, wait_for
from service import new_service

PAGES = (1_000, 5_000)
SHOTS = 5
DEAF, READING = 5_000, 5_000
LONG = 4_000
"""Characters of a comment that those who never read are told of, so often that they fall too far behind."""
OFTEN = 40
PATIENCE = 30.0
"""Seconds within which those who never read are gone."""
RECORD = "fanout:1"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Heard:
    """The median of some shots: milliseconds until the first and the last page heard; CPU microseconds a page."""

    first: float
    last: float
    cpu: float
    size: int


@dataclass(frozen=True)
class Endured:
    """What half of the pages never reading did: the others' milliseconds, the service's megabytes, who was still there."""

    last: float
    p99: float
    before: float
    most: float
    left: int


class Audience:
    """The pages, which all listen to one server."""

    def __init__(self, process, pid, kilobytes, number):
        """`kilobytes` is what a page costs the server whose process is `pid`."""
        self._process, self._pid, self._number = process, pid, number
        self.kilobytes = kilobytes

    def shoot(self):
        """Let all be told a few times."""
        before = cpu_of(self._pid)
        told = [self.tell() for _ in range(SHOTS)]
        middle = sorted(told, key=lambda one: one["last"])[SHOTS // 2]
        cpu = (cpu_of(self._pid) - before) / self._number / SHOTS * 1e6
        return Heard(middle["first"] * 1e3, middle["last"] * 1e3, cpu, middle["size"])

    def tell(self):
        """Let all be told once; return what the pages saw."""
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def measure(measures, folder):
    """Let thousands of pages listen to ours, and as many to raw sockets; then ten thousand of which half never read."""
    with new_service("sqlite", folder / "told") as service:
        for number in PAGES:
            with listening_to(service, number) as ours:
                size = ours.shoot().size
                with listening_to_raw(number, size) as raw:
                    for _ in range(REPETITIONS):
                        measures.note(f"raw sockets {number}", **vars(raw.shoot()), kilobytes=raw.kilobytes)
                        measures.note(f"ours {number}", **vars(ours.shoot()), kilobytes=ours.kilobytes)
        measures.note("endured", **vars(endure(service)))


def listening_to(service, number):
    """Let so many pages listen to a record of our service."""
    return audience(service.pid, plan(service, number, TEXT))


def endure(service):
    """Let half of ten thousand pages never read, tell all of them often, and see how the others fare."""
    opened = files_of(service.pid)
    with audience(service.pid, plan(service, READING + DEAF, "x" * LONG, deaf=DEAF)) as pages:
        before, told, most = service.memory(), [], 0
        for _ in range(OFTEN):
            told.append(pages.tell())
            most = max(most, service.memory())
        end = time.monotonic() + PATIENCE
        while (left := files_of(service.pid) - opened - READING) > 1 and time.monotonic() < end:
            time.sleep(0.1)
    last, p99 = median(one["last"] for one in told), max(one["p99"] for one in told)
    return Endured(last * 1e3, p99 * 1e3, before / 2**20, most / 2**20, max(0, left - 1))


def plan(service, number, text, *, deaf=0):
    """Return a plan of so many pages of a hundred people on one record, and a comment that all are told of."""
    thread = uvloop.run(open_thread(service))
    words = [[json.dumps({"token": service.token(n)}), json.dumps({"subscribe": [{"record": RECORD}]})] for n in range(100)]
    shot = message("POST", f"/v1/threads/{thread}/comments", service.token(0), body=json.dumps({"body": text}).encode())
    return Plan(service.port, [words[n % 100] for n in range(number)], greetings=2, shot=shot, deaf=deaf)


async def open_thread(service):
    """Open the thread that all hear of; return its id."""
    async with service.host() as host:
        return (await host.threads.open(RECORD, "Who hears this?")).id


@contextmanager
def listening_to_raw(number, size):
    """Let so many listen to a server that does nothing but write a frame of `size` to all."""
    port, shot = free_port(), b"POST / HTTP/1.1\r\nHost: bench\r\n\r\n"
    with subprocess.Popen([sys.executable, HERE / "raw.py", str(port), str(size)]) as server:
        try:
            wait_for(port, shot, b"HTTP/1.1 200")
            with audience(server.pid, Plan(port, [[] for _ in range(number)], greetings=0, shot=shot)) as pages:
                yield pages
        finally:
            server.kill()


@contextmanager
def audience(pid, plan):
    """Give the pages of a plan once all of them listen."""
    before = memory_of(pid)
    program = [sys.executable, HERE / "listeners.py"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(pickle.dumps(plan))
        process.stdin.flush()
        try:
            assert json.loads(process.stdout.readline())["ready"] == len(plan.pages)
            number = len(plan.pages)
            yield Audience(process, pid, (memory_of(pid) - before) / number / 1024, number)
        finally:
            process.kill()
