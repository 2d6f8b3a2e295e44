"""What the tests stand on: PostgreSQL, Redis, NATS, Chromium; how each is found running, or started from its programs.

Law: nothing here waits for ever, and whatever is started listens on loopback only and ends with the `Ground`.
"""

import asyncio
import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import asyncpg

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0
"""Seconds that something started has until it answers."""


@dataclass
class Ground:
    """A folder and the processes in it; both are gone after `with`."""

    _ends: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def folder(self) -> Path:
        """Make a folder that the unprivileged account may use."""
        path = Path(self._ends.enter_context(TemporaryDirectory(prefix="apropos-", ignore_cleanup_errors=True)))
        if account := unprivileged():
            shutil.chown(path, account["user"])
        return path

    def run(self, *command: str | Path) -> None:
        """Keep `command` running, as the unprivileged account."""
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, cwd="/", stdout=quiet, stderr=quiet, start_new_session=True, **unprivileged())
        self._ends.callback(process.wait, PATIENCE)
        self._ends.callback(process.send_signal, signal.SIGINT)


@dataclass(frozen=True)
class Machine:
    """One thing that tests need; `find` and `start` return its address, or `None`."""

    name: str
    variable: str
    packages: tuple[str, ...]
    """Debian's packages that have it, the best first."""
    find: Callable[[], str | None]
    start: Callable[[Ground], str | None]


def unprivileged() -> dict[str, Any]:
    """Return what `subprocess` needs to leave root behind, which PostgreSQL refuses; empty where this is not root."""
    if os.geteuid() != 0:
        return {}
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = accounts.get("postgres", accounts["nobody"])
    return {"user": account.pw_name, "group": account.pw_gid, "extra_groups": []}


def find_postgresql() -> str | None:
    """Return a server on the usual port where this account may create databases."""
    users = dict.fromkeys((getpass.getuser(), "postgres"))
    return next((url for user in users if _may_create(url := f"postgresql://{user}@{LOOPBACK}:5432/postgres")), None)


def start_postgresql(ground: Ground) -> str | None:
    """Start a server on a folder of its own; it need not survive a power cut."""
    found = new_postgresql(ground)
    if found is None:
        return None
    url, command = found
    ground.run(*command)
    return url if _soon(lambda: _may_create(url)) else None


def new_postgresql(ground: Ground) -> tuple[str, list[str]] | None:
    """Lay out an empty server in a folder of its own; return its address and the command that runs it."""
    places = [*os.get_exec_path(), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
    initdb, postgres = (shutil.which(name, path=os.pathsep.join(places)) for name in ("initdb", "postgres"))
    if not initdb or not postgres:
        return None
    folder, port = ground.folder(), _free_port()
    data = str(folder / "data")
    layout = [initdb, "-D", data, "-A", "trust", "-U", "apropos", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run(layout, check=True, cwd="/", stdout=subprocess.DEVNULL, **unprivileged())
    url = f"postgresql://apropos@{LOOPBACK}:{port}/postgres"
    return url, [postgres, "-D", data, "-h", LOOPBACK, "-p", str(port), "-k", str(folder), "-F", "-N", "300"]


def find_redis() -> str | None:
    """Return the last database of a server on the usual port."""
    return f"redis://{LOOPBACK}:6379/15" if _says(6379, b"PING\r\n", b"+PONG") else None


def start_redis(ground: Ground) -> str | None:
    """Start a server that writes nothing to disk."""
    program, port = shutil.which("redis-server"), _free_port()
    if not program:
        return None
    ground.run(program, "--bind", LOOPBACK, "--port", str(port), "--save", "", "--dir", ground.folder())
    return f"redis://{LOOPBACK}:{port}/0" if _soon(lambda: _says(port, b"PING\r\n", b"+PONG")) else None


def find_nats() -> str | None:
    """Return a server on the usual port."""
    return f"nats://{LOOPBACK}:4222" if _says(4222, b"", b"INFO ") else None


def start_nats(ground: Ground) -> str | None:
    """Start a server without persistence."""
    program, port = shutil.which("nats-server", path=f"{os.environ['PATH']}:/usr/sbin"), _free_port()
    if not program:
        return None
    ground.run(program, "-a", LOOPBACK, "-p", str(port))
    return f"nats://{LOOPBACK}:{port}" if _soon(lambda: _says(port, b"", b"INFO ")) else None


def find_chromium() -> str | None:
    """Return the program's path; one that has no window draws none, which saves the tests a third of their time."""
    programs = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, programs)), None)


MACHINES = (
    Machine("PostgreSQL", "APROPOS_TEST_POSTGRESQL_URL", ("postgresql",), find_postgresql, start_postgresql),
    Machine("Redis", "APROPOS_TEST_REDIS_URL", ("redis-server",), find_redis, start_redis),
    Machine("NATS", "APROPOS_TEST_NATS_URL", ("nats-server",), find_nats, start_nats),
    Machine("Chromium", "APROPOS_TEST_CHROMIUM", ("chromium-headless-shell", "chromium"), find_chromium, lambda _: None),
)


def _may_create(url: str) -> bool:
    async def ask() -> bool:
        connection = await asyncpg.connect(url, timeout=5)
        try:
            rule = "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"
            return bool(await connection.fetchval(rule))
        finally:
            await connection.close()

    try:
        return asyncio.run(ask())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


def _says(port: int, question: bytes, answer: bytes) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=2) as connection:
            connection.sendall(question)
            return connection.recv(64).startswith(answer)
    except OSError:
        return False


def _soon(ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (is_ready := ready()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_ready


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as server:
        return int(server.getsockname()[1])
