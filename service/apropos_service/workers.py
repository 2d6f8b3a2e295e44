"""Several processes behind one address: a parent that keeps so many of them running, and ends them together.

Law: the address is the parent's, so whoever connects while a worker is replaced is answered by another; and no worker
outlives the parent, however that ends. uvicorn's own parent would make servers that know nothing of our graceful stop.
"""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory

import structlog

from .serving import listening, serve, speak
from .serving import run as serve_alone
from .settings import Settings

log = structlog.get_logger()
ASKED = {signal.SIGTERM, signal.SIGINT}
HEARD = {*ASKED, signal.SIGCHLD}
PAUSE = 1.0
"""Seconds until one that ended is replaced, so that one that cannot begin does not keep the machine busy."""
_fresh = multiprocessing.get_context("spawn")


class Unfit(Exception):
    """What the service stands on is for one process."""


def run(settings: Settings) -> None:
    """Serve until stopped, by SIGTERM or Ctrl-C: here, or with several workers, replacing one that ends before. Raises `Taken`."""
    if settings.workers == 1:
        serve_alone(settings)
        return
    speak(settings.log_level)
    resource_tracker.ensure_running()  # which multiprocessing needs to start anything, and which lets signals through again
    signal.signal(signal.SIGCHLD, lambda *_: None)  # what is ignored cannot be waited for
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    with TemporaryDirectory(prefix="apropos-measures-") as measures:  # which all of them share
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = measures
        crew = Crew(settings, list(listening(settings.host, settings.port)))
        sys.stderr.write(f"Apropos listens on {settings.address} with {settings.workers} workers\n")
        while (asked := signal.sigwait(HEARD)) not in ASKED:
            crew.replace()
        crew.end(asked)


def must_suit(settings: Settings) -> None:
    """Raise `Unfit`, saying what to do, when several processes cannot stand on this database or this bus."""
    if settings.workers > 1 and settings.database.startswith("sqlite:"):
        raise Unfit("SQLite is for one process. Give --database-url postgresql://…, or leave --workers at 1.")
    if settings.workers > 1 and settings.bus.startswith("memory:"):
        raise Unfit(
            "The bus memory:// is for one process. Leave --bus-url empty (PostgreSQL carries it), or give redis://… or nats://…"
        )


class Crew:
    """The workers of one parent."""

    def __init__(self, settings: Settings, sockets: list[socket.socket]) -> None:
        """Start them; all take connections from the same sockets."""
        self._settings, self._sockets = settings, sockets
        self._parent, self._alive = _fresh.Pipe(duplex=False)
        self._workers = [self._started() for _ in range(settings.workers)]

    def replace(self) -> None:
        """Start another one for each that ended."""
        for place, worker in enumerate(self._workers):
            if not worker.is_alive():
                log.error("a worker ended, another one takes its place", pid=worker.pid, exitcode=worker.exitcode)
                time.sleep(PAUSE)
                self._workers[place] = self._started()

    def end(self, asked: int) -> None:
        """Hand on what the parent was asked, also when it is asked again, until all have ended."""
        while any([worker.is_alive() for worker in self._workers]):  # noqa: C419 each is to be looked at: that takes its exit
            for worker in self._workers if asked in ASKED else ():
                with suppress(ProcessLookupError):
                    os.kill(worker.pid or 0, asked)
            asked = signal.sigwait(HEARD)

    def _started(self) -> multiprocessing.process.BaseProcess:
        worker = _fresh.Process(target=_work, args=(self._settings, self._sockets, self._parent), name="apropos worker")
        worker.start()
        return worker


def _work(settings: Settings, sockets: list[socket.socket], parent: Connection) -> None:
    os.setpgid(0, 0)  # Ctrl-C is for the parent, which hands it on
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    speak(settings.log_level)
    serve(settings, sockets)


def _end_after(parent: Connection) -> None:
    """Ask this process to stop once the parent is gone: its end of the pipe closes with it."""
    with suppress(EOFError, OSError):
        parent.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)
