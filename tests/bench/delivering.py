"""Delivering to a hundred webhooks of which twenty hang: how long the others wait, and what a delivery costs beside a bare loop."""

import asyncio
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from apropos_service.signing import new_secret
from measures import REPETITIONS
from posting import TEXT
from processes import free_port
from service import DATABASES, new_service

HANGING, OTHERS = 20, 80
PACED, EVERY = 10, 0.5
"""So many comments, one each so many seconds, to see how long the others wait."""
TOGETHER = 20
"""So many comments at once, to see how fast what is owed is paid."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Waited:
    """How long after it had happened a delivery came, in milliseconds."""

    p50: float
    p99: float
    last: float


@dataclass(frozen=True)
class Paid:
    """Deliveries a second, and CPU microseconds a delivery: of who sends, and of its connections to the database."""

    rate: float
    cpu: float
    database_cpu: float = 0.0


class Consumers:
    """The other systems."""

    def __init__(self, process, url):
        self._process, self.url = process, url

    def took(self, number):
        """Wait until so many deliveries were taken since the last; return what was seen of them."""
        print(number, file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


def measure(measures, folder):
    """Let webhooks hear, some of which hang, and a bare loop send the same in turns."""
    for kind in DATABASES:
        with new_service(kind, folder / kind) as service, consuming() as consumers:
            thread = uvloop.run(subscribe(service, consumers))
            body = uvloop.run(told(service))
            for _ in range(REPETITIONS):
                measures.note(f"waited {kind}", **vars(wait(service, consumers, thread)))
                measures.note(f"paid {kind}", **vars(pay(service, consumers, thread)))
                measures.note(f"sent barely {kind}", **vars(pay_barely(consumers, body)))


@contextmanager
def consuming():
    """Give the other systems, in a process of their own."""
    port = free_port()
    program = [sys.executable, HERE / "consumers.py", str(port)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert json.loads(process.stdout.readline())["ready"]
            yield Consumers(process, f"http://127.0.0.1:{port}")
        finally:
            process.kill()


async def subscribe(service, consumers):
    """Make the webhooks; return the id of a thread whose comments they hear of, once they heard of the first."""
    async with service.host() as host:
        for number in range(HANGING + OTHERS):
            where = "hangs" if number < HANGING else "hears"
            await host.webhooks.create(f"{consumers.url}/{where}", types=["comment.posted"])
        thread = await host.threads.open("webhooks:1", "Who hears this?")
    consumers.took(OTHERS)
    return thread.id


def wait(service, consumers, thread):
    """Post one after the other at leisure, and see how long the others wait."""
    uvloop.run(post(service, thread, PACED, pause=EVERY))
    seen = consumers.took(PACED * OTHERS)
    return Waited(seen["p50"] * 1e3, seen["p99"] * 1e3, seen["last"] * 1e3)


def pay(service, consumers, thread):
    """Post many at once, and see how fast they are delivered."""
    before = service.cpu(), service.database_cpu()
    uvloop.run(post(service, thread, TOGETHER))
    seen = consumers.took(TOGETHER * OTHERS)
    after = service.cpu(), service.database_cpu()
    cpu, database_cpu = ((end - start) / TOGETHER / OTHERS * 1e6 for start, end in zip(before, after, strict=True))
    return Paid(TOGETHER * OTHERS / seen["seconds"], cpu, database_cpu)


def pay_barely(consumers, body):
    """Let a bare loop deliver as many of the same."""
    number = TOGETHER * OTHERS
    plan = {"url": f"{consumers.url}/hears", "secret": new_secret(), "body": body, "number": number, "together": OTHERS}
    done = subprocess.run([sys.executable, HERE / "bare.py"], input=json.dumps(plan), capture_output=True, text=True, check=True)
    return Paid(number / consumers.took(number)["seconds"], json.loads(done.stdout)["cpu"] / number * 1e6)


async def post(service, thread, number, *, pause=0.0):
    """Post comments, all at once or with a pause after each."""
    async with service.host() as host:
        if pause:
            for _ in range(number):
                await asyncio.gather(host.threads.comment(thread, TEXT), asyncio.sleep(pause))
        else:
            await asyncio.gather(*(host.threads.comment(thread, TEXT) for _ in range(number)))


async def told(service):
    """Return what a webhook is told of a comment."""
    async with service.host() as host:
        return (await host.events.list(types=["comment.posted"], limit=1)).data[0].model_dump_json()
