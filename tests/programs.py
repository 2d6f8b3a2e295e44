"""The real programs, as an operator runs them: `apropos serve` on a port of its own, and every other command once.

Law: nothing of theirs is shared with the tests but the database, the folder and the network.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import httpx

from stage import World

PATIENCE = 60.0
"""Seconds after which something that never comes fails the test; nothing is measured."""
LIKE_NOWHERE = {name: value for name, value in os.environ.items() if not name.startswith("APROPOS_")}


@dataclass
class Program:
    """One `apropos serve`, which may die and be started again at the same address."""

    database_url: str
    folder: Path
    port: int
    settings: tuple[str, ...] = ()
    process: subprocess.Popen | None = None

    @property
    def url(self):
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Start it, and come back when it serves."""
        with self._log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(command("serve", *self._where(), *self.settings), env=LIKE_NOWHERE, stderr=log)
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)

    def answers(self):
        """Tell whether it serves."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asking.request("GET", "/readyz")
            return asking.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()

    def kill(self):
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def ask_to_stop(self):
        """Ask it to stop, as an operator or a container's host does."""
        self.process.send_signal(signal.SIGTERM)

    def said(self):
        """Return what it wrote to its log."""
        return self._log.read_text(encoding="utf-8")

    def workspace(self, name="test"):
        """Make a workspace, as an operator does while it serves."""
        made = json.loads(apropos("workspace", "create", name, "--json", *self._where()[:4]).stdout)
        return World(self.url, made["workspace"], made["key"], made["signing_secret"])

    def _where(self):
        return ("--database-url", self.database_url, "--data-dir", str(self.folder), "--port", str(self.port))

    @property
    def _log(self):
        return self.folder / f"{self.port}.log"


@contextmanager
def serving(database_url, folder, *settings):
    """Run one `apropos serve` until the block ends."""
    program = Program(database_url, folder, free_port(), ("--log-level", "warning", "--rate-limit", "1000000", *settings))
    try:
        program.start()
        yield program
    finally:
        if program.process is not None and program.process.poll() is None:
            program.kill()


def apropos(*words, environment=None, check=True, given=None):
    """Run a command of the command line to its end; `given` is what somebody types."""
    done = subprocess.run(
        command(*words), capture_output=True, text=True, timeout=PATIENCE, check=False, input=given,
        env={**LIKE_NOWHERE, **(environment or {})},
    )  # fmt: skip
    assert not check or done.returncode == 0, f"{words}: {done.stderr}"
    return done


def command(*words):
    """Return what runs a command with this interpreter."""
    return [sys.executable, "-m", "apropos_service", *words]


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def answers(address, process):
    """Come back once `process` answers there; fails when it ended or never does."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            return httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
