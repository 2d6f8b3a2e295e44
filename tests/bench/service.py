"""A service to measure: `apropos serve` in a process of its own on a database of its own, and what it costs."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import uvloop

from apropos import AsyncApropos, person_token
from processes import Server, cpu_of, free_port, wait_for
from stage import empty_database

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BIN = Path(sys.executable).parent
PEOPLE = 64
INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As an installed service runs: it does not compile itself at each start."""
REST = 0.5
"""Seconds without work after which a service is at rest."""
SAMPLED = [sys.executable, str(Path(__file__).with_name("sampled.py"))]


@dataclass(frozen=True)
class Place:
    """A database with one workspace, and a folder for what lies beside it."""

    url: str
    folder: Path
    made: dict[str, str]

    def given(self):
        """Return what a command has to be told."""
        return ["--database-url", self.url, "--data-dir", str(self.folder)]


@dataclass(frozen=True)
class Service(Server):
    """A running service."""

    place: Place

    def host(self):
        """Give the SDK with the workspace's key."""
        return AsyncApropos(f"http://127.0.0.1:{self.port}", key=self.place.made["key"])

    def token(self, number, **grants):
        """Sign a token for one of the people, who may comment everywhere unless `grants` say what they may."""
        secret, workspace = self.place.made["signing_secret"], self.place.made["workspace"]
        return person_token(secret, workspace=workspace, person={"id": f"person-{number}"}, grants=grants or {"*": "comment"})

    def rest(self):
        """Wait until all that begins with it has begun: until none of its processes has anything to do."""
        before = -1.0
        while before < (before := self.cpu()):
            time.sleep(REST)

    def database_cpu(self):
        """Return the CPU seconds that its connections to PostgreSQL have had; 0 on SQLite, whose work is its own."""
        return sum(map(cpu_of, uvloop.run(backends(self.place.url)))) if self.place.url.startswith("postgresql") else 0.0


@contextmanager
def placed(kind, folder, *, comments=0):
    """Give a new database on `kind`, sqlite or postgresql, with a workspace that has so many made-up comments."""
    folder.mkdir()
    with empty_database(kind, folder) as url:
        place = Place(url, folder, {})
        place.made.update(json.loads(apropos("workspace", "create", "bench", "--json", *place.given())))
        if comments:
            apropos("fill", place.made["workspace"], "--comments", str(comments), *place.given())
        yield place


@contextmanager
def serving(place, *, processes=1, sampled_to=None):
    """Give a service in a process of its own, or several; with `sampled_to`, one that notes what it spends its time on."""
    program = [*SAMPLED, str(sampled_to)] if sampled_to else [BIN / "apropos"]
    port = free_port()
    serve = [*program, "serve", "--port", str(port), "--rate-limit", "100000000", "--webhook-allow", "127.0.0.1/32", *place.given()]
    serve += ["--workers", str(processes)]
    with (place.folder / "log").open("w") as log, subprocess.Popen(serve, stderr=log, env=INSTALLED) as process:
        try:
            wait_for(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n", b"HTTP/1.1 200")
            yield Service(port, process.pid, place)
        finally:
            process.terminate()


@contextmanager
def new_service(kind, folder, **others):
    """Give a service on a new database; `others` are what the database has."""
    with placed(kind, folder, **others) as place, serving(place) as service:
        yield service


def apropos(*words):
    """Run a command of ours; return what it says."""
    return subprocess.run([BIN / "apropos", *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def settle(url):
    """Let PostgreSQL measure its tables, as it does by itself within a minute of their first rows."""
    if url.startswith("postgresql"):
        uvloop.run(_analyze(url))


async def _analyze(url):
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


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
