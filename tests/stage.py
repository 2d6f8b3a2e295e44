"""What journeys and laws stand on: real services on real databases, with a workspace of its own for every test.

Law: nothing of ours is replaced. The service runs as it is served, in a thread of its own, on a port of its own.
"""

import asyncio
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import uvloop
from fastapi import FastAPI

from apropos_service import migrations, serving
from apropos_service.cli import new_workspace
from apropos_service.events.alarms import Alarm
from apropos_service.events.readers import ReaderCursor
from apropos_service.settings import Settings
from contract import Contract

DATABASES = ("sqlite", "postgresql")
POSTGRESQL = os.environ.get("APROPOS_TEST_POSTGRESQL_URL") or "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True)
class World:
    """One workspace of a running service, and what opens it."""

    url: str
    workspace: str
    key: str
    secret: str


@dataclass(frozen=True)
class Stage:
    """A running service."""

    url: str
    app: FastAPI
    database_url: str
    loop: asyncio.AbstractEventLoop

    def workspace(self, name: str = "test") -> World:
        """Make a workspace, as `apropos workspace create` does."""
        state = self.app.state
        made = asyncio.run_coroutine_threadsafe(new_workspace(state.database, state.vault, name), self.loop).result(30)
        return World(self.url, made["workspace"], made["key"], made["signing_secret"])

    async def settled(self, workspace: str) -> bool:
        """Tell whether every reader has read everything of a workspace; called on the service's own loop."""
        state = self.app.state
        async with state.database.reading(workspace, snapshot=True) as look:
            head = await look.position()
            cursors = await look.rows(ReaderCursor, "position = :head AND inside = ''", head=head)
        return head == 0 or {row.reader for row in cursors} == {reader.name for reader in state.readers}

    async def rung(self, workspace: str) -> bool:
        """Tell whether no alarm of a workspace is left of those whose time has come; called on the service's own loop."""
        state = self.app.state
        async with state.database.reading(workspace) as look:
            return not await look.rows(Alarm, "at <= :now", now=state.clock.now())

    @contextmanager
    def ahead(self, milliseconds: int) -> Iterator[None]:
        """Let the service's clock run so far ahead (or behind) until the block ends."""
        self.app.state.clock.turn(milliseconds)
        try:
            yield
        finally:
            self.app.state.clock.turn(0)


@contextmanager
def running(database_url: str, folder: Path, **others: Any) -> Iterator[Stage]:
    """Serve on a free port of loopback until the block ends; `others` are further settings."""
    lay_out(database_url)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(
        database_url=database_url, data_dir=folder, port=port, log_level="error", rate_limit=1_000_000, stop_delay=0,
        webhook_allow="127.0.0.1/32", **others,
    )  # fmt: skip
    serving.speak(settings.log_level)
    server, runner = serving.Server(settings), asyncio.Runner(loop_factory=uvloop.new_event_loop)
    server.config.app = Contract(server.app)
    thread = threading.Thread(target=lambda: runner.run(server.serve(sockets=[listening])), name="service")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            thread.join(0.01)
        yield Stage(f"http://127.0.0.1:{port}", server.app, database_url, runner.get_loop())
    finally:
        server.should_exit = True
        thread.join(30)
        runner.close()
        listening.close()


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a database that nobody else has; it is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'apropos.db'}"
        return
    name = f"apropos_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_administer(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError) as problem:
        absent = f"no PostgreSQL at {POSTGRESQL}: {problem}"
        if "CI" in os.environ:
            pytest.fail(absent)
        pytest.skip(absent)
    try:
        yield POSTGRESQL.rpartition("/")[0] + f"/{name}"
    finally:
        asyncio.run(_administer(f"DROP DATABASE {name} WITH (FORCE)"))


def lay_out(database_url: str) -> None:
    """Migrate a fresh database, as `apropos migrate` does; here, since a process of its own takes seconds to start."""
    if migrations.version(database_url) is None:
        migrations.upgrade(database_url)


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(POSTGRESQL, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
