"""Asking a server as fast as it answers, from another process, and what an answer cost it."""

import json
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from load import FRESH, Plan

LOAD = Path(__file__).with_name("load.py")


@dataclass(frozen=True)
class Seen:
    """What a run saw: answers a second, their times in milliseconds, their bytes; CPU microseconds an answer."""

    rate: float
    p50: float
    p99: float
    size: float
    cpu: float
    database_cpu: float


def ask(server, clients, *, status, seconds=None, counted=b""):
    """Let each of `clients` go round its requests for so many `seconds`, or once; every answer must have this `status`.

    Only answers to what begins with `counted` are counted, and the cost of all is laid on them.
    """
    before = server.cpu(), server.database_cpu()
    found = asked(Plan(server.port, clients, seconds, counted))
    after = server.cpu(), server.database_cpu()
    if set(found["statuses"]) != {str(status)}:
        raise AssertionError(f"expected only {status}: {found['statuses']}")
    cpu, database_cpu = ((end - start) / found["all"] * 1e6 for start, end in zip(before, after, strict=True))
    return Seen(found["done"] / found["seconds"], found["p50"] * 1e3, found["p99"] * 1e3, found["size"], cpu, database_cpu)


def asked(plan):
    """Carry a plan out in a process of its own; return what was seen."""
    done = subprocess.run([sys.executable, LOAD], input=pickle.dumps(plan), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def message(method, path, token, *, body=None, headers=None):
    """Return a whole HTTP/1.1 request; `body` is JSON bytes, in which `FRESH` stands for a new comment's id."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body.replace(FRESH, b'x' * 30))}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")
