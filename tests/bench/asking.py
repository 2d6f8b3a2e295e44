"""Asking a service as fast as it answers, from another process, and what an answer cost it."""

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
    """What a run saw: answers a second, their times in milliseconds, CPU microseconds an answer of service and database."""

    rate: float
    p50: float
    p99: float
    cpu: float
    database_cpu: float


def ask(service, clients, *, seconds, status):
    """Let each of `clients` go round its requests; every answer must have this `status`."""
    before = service.cpu(), service.database_cpu()
    plan = pickle.dumps(Plan(service.port, clients, seconds))
    found = json.loads(subprocess.run([sys.executable, LOAD], input=plan, capture_output=True, check=True).stdout)
    after = service.cpu(), service.database_cpu()
    if set(found["statuses"]) != {str(status)}:
        raise AssertionError(f"expected only {status}: {found['statuses']}")
    done = found["done"]
    cpu, database_cpu = ((end - start) / done * 1e6 for start, end in zip(before, after, strict=True))
    return Seen(done / found["seconds"], found["p50"] * 1e3, found["p99"] * 1e3, cpu, database_cpu)


def message(method, path, token, *, body=None, headers=None):
    """Return a whole HTTP/1.1 request; `body` is JSON bytes, in which `FRESH` stands for a new comment's id."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body.replace(FRESH, b'x' * 30))}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")
