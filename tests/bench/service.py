"""A service to measure: `apropos serve` in a process of its own on a database of its own, and what it costs."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import uvloop

from apropos import AsyncApropos, person_token
from stage import empty_database

BIN = Path(sys.executable).parent
PATIENCE = 30.0
TICKS = os.sysconf("SC_CLK_TCK")
PEOPLE = 64
SAMPLED = [sys.executable, str(Path(__file__).with_name("sampled.py"))]


@dataclass(frozen=True)
class Service:
    """A running service with one workspace."""

    port: int
    pid: int
    database_url: str
    made: dict[str, str]

    def host(self):
        """Give the SDK with the workspace's key."""
        return AsyncApropos(f"http://127.0.0.1:{self.port}", key=self.made["key"])

    def token(self, number):
        """Sign a token for one of the people."""
        secret, workspace = self.made["signing_secret"], self.made["workspace"]
        return person_token(secret, workspace=workspace, person={"id": f"person-{number}"}, grants={"*": "comment"})

    def cpu(self):
        """Return the CPU seconds that the process has had."""
        return cpu_of(self.pid)

    def database_cpu(self):
        """Return the CPU seconds that its connections to PostgreSQL have had; 0 on SQLite, whose work is its own."""
        if self.database_url.startswith("sqlite"):
            return 0.0
        return sum(map(cpu_of, uvloop.run(backends(self.database_url))))

    def memory(self):
        """Return its resident memory, in bytes."""
        return memory_of(self.pid)


@contextmanager
def serving(kind, folder, *, sampled_to=None):
    """Give a fresh service on `kind`, sqlite or postgresql; with `sampled_to`, one that notes what it spends its time on."""
    folder.mkdir()
    with empty_database(kind, folder) as url:
        given = ["--database-url", url, "--data-dir", str(folder)]
        create = [BIN / "apropos", "workspace", "create", "bench", "--json", *given]
        made = json.loads(subprocess.run(create, check=True, capture_output=True).stdout)
        program = [*SAMPLED, str(sampled_to)] if sampled_to else [BIN / "apropos"]
        with started(program, given, folder) as (process, port):
            yield Service(port, process.pid, url, made)


@contextmanager
def started(program, given, folder):
    """Start the service and wait until it answers; gives its process and port."""
    port = free_port()
    serve = [*program, "serve", "--port", str(port), "--rate-limit", "100000000", *given]
    with (folder / "log").open("w") as log, subprocess.Popen(serve, stderr=log) as process:
        try:
            wait_for(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n", b"HTTP/1.1 200")
            yield process, port
        finally:
            process.terminate()


def wait_for(port, question, answer):
    """Ask until the answer begins so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(question)
                if connection.recv(64).startswith(answer):
                    return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"port {port} does not answer")


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def cpu_of(pid):
    """Return the CPU seconds that a process has had; 0 when it is gone or on another machine."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid):
    """Return the resident memory of a process, in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def files_of(pid):
    """Return how many files and sockets a process has open."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


async def backends(url):
    """Return the process ids of the connections to a database."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'apropos'"
        )
        return [row[0] for row in rows]
    finally:
        await connection.close()
