"""A PostgreSQL server of a test's own, to be treated badly."""

import asyncio
import os
import signal
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from listening import until
from machinery import Ground, new_postgresql, unprivileged


class Cluster:
    """A PostgreSQL server of our own, to be treated badly."""

    def __init__(self, url, command, log):
        """`log` is the file that it writes what it says to."""
        self.url = url
        self._command = command
        self._log = log
        self._server = None

    def start(self):
        """Start it; it may still be recovering when this returns."""
        with self._log.open("a") as log:
            self._server = subprocess.Popen(
                self._command, cwd="/", stdout=log, stderr=log, start_new_session=True, **unprivileged()
            )

    def said(self):
        """Return what it said so far."""
        return self._log.read_text(encoding="utf-8")

    def crash(self):
        """End it at once, without a checkpoint and without a word to its clients (`pg_ctl stop -m immediate`)."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(30)

    async def answers(self):
        """Tell whether it takes connections."""
        with suppress(OSError, asyncpg.PostgresError):
            await (await asyncpg.connect(self.url, timeout=5)).close()
            return True

    def pause(self):
        """Stop all of its processes where they stand."""
        self._signal(signal.SIGSTOP)

    def go_on(self):
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, what):
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text().split()
        for pid in (self._server.pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, what)


@contextmanager
def cluster_of_our_own(*settings):
    """Give a running one, set so (`name=value`); it ends with the block."""
    with Ground() as ground:
        laid_out = new_postgresql(ground)
        if laid_out is None:
            absent = "no PostgreSQL programs here: install postgresql"
            if "CI" in os.environ:
                pytest.fail(absent)
            pytest.skip(absent)
        url, command = laid_out
        set_so = [word for one in settings for word in ("-c", one)]
        server = Cluster(url, [*command, *set_so], ground.folder() / "said")
        server.start()
        try:
            asyncio.run(until(server.answers))
            yield server
        finally:
            server.crash()
