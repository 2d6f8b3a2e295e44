"""Telling a thousand pages of one comment: ours, and raw sockets in the same run."""

import json
import pickle
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from asking import message
from listeners import Plan
from posting import TEXT
from service import cpu_of, free_port, memory_of, wait_for

PAGES = 1000
SHOTS = 5
RECORD = "fanout:1"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Heard:
    """The median of some shots: milliseconds until the first and the last page heard; CPU microseconds a page."""

    first: float
    last: float
    cpu: float
    size: int


class Audience:
    """The pages, which all listen to one server."""

    def __init__(self, process, pid, kilobytes):
        """`kilobytes` is what a page costs the server whose process is `pid`."""
        self._process, self._pid = process, pid
        self.kilobytes = kilobytes

    def shoot(self):
        """Let all be told a few times."""
        before, told = cpu_of(self._pid), []
        for _ in range(SHOTS):
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
            told.append(json.loads(self._process.stdout.readline()))
        middle = sorted(told, key=lambda one: one["last"])[SHOTS // 2]
        cpu = (cpu_of(self._pid) - before) / PAGES / SHOTS * 1e6
        return Heard(middle["first"] * 1e3, middle["last"] * 1e3, cpu, middle["size"])


def listening_to(service):
    """Let the pages listen to a record of our service."""
    thread = uvloop.run(open_thread(service))
    words = [[json.dumps({"token": service.token(n)}), json.dumps({"subscribe": [{"record": RECORD}]})] for n in range(100)]
    body = json.dumps({"body": TEXT}).encode()
    shot = message("POST", f"/v1/threads/{thread}/comments", service.token(0), body=body)
    return audience(service.pid, Plan(service.port, [words[n % 100] for n in range(PAGES)], greetings=2, shot=shot))


async def open_thread(service):
    """Open the thread that all hear of; return its id."""
    async with service.host() as host:
        return (await host.threads.open(RECORD, "Who hears this?")).id


@contextmanager
def listening_to_raw(size):
    """Let as many listen to a server that does nothing but write a frame of `size` to all."""
    port, shot = free_port(), b"POST / HTTP/1.1\r\nHost: bench\r\n\r\n"
    with subprocess.Popen([sys.executable, HERE / "raw.py", str(port), str(size)]) as server:
        try:
            wait_for(port, shot, b"HTTP/1.1 200")
            with audience(server.pid, Plan(port, [[] for _ in range(PAGES)], greetings=0, shot=shot)) as pages:
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
            yield Audience(process, pid, (memory_of(pid) - before) / len(plan.pages) / 1024)
        finally:
            process.kill()
