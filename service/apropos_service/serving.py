"""Running the service: uvicorn with its fast parts, and logs as lines of JSON."""

import asyncio
import gc
import logging
import resource
import signal
import socket
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
import uvicorn
from fastapi import FastAPI

from .app import create_app
from .realtime.line import Line
from .refusing import Connection
from .settings import Settings

PATIENCE = 5
"""Seconds that requests under way have to finish once the service was asked to stop."""
NEW = 20_000
"""So many more objects made than gone have Python look for circles among them; by default 700."""


class Taken(Exception):
    """The address to listen on is another program's, or not this machine's."""


class Server(uvicorn.Server):
    """Serves the service, and ends what has no end of its own when it is asked to stop."""

    def __init__(self, settings: Settings) -> None:
        """Made once for every time that it serves."""
        self.app = create_app(settings)
        self._delay = settings.stop_delay
        super().__init__(config(settings, self.app))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send away who only listens; go on answering until balancers saw it; finish what is under way."""
        self.app.state.stopping.begin()
        if not self.force_exit:
            await asyncio.sleep(self._delay)
        await super().shutdown(sockets)


def run(settings: Settings) -> None:
    """Serve until stopped, by SIGTERM or Ctrl-C; requests under way are finished first. Raises `Taken`."""
    speak(settings.log_level)
    sockets = list(listening(settings.host, settings.port))
    sys.stderr.write(f"Apropos listens on {settings.address}\n")
    serve(settings, sockets)


def serve(settings: Settings, sockets: list[socket.socket]) -> None:
    """Serve on these sockets until stopped, and do not return before what is under way is finished."""
    _open_many()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises what it caught again once all is done
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})  # a worker's parent waits for them
    server = Server(settings)
    _look_for_circles_seldom()
    with suppress(KeyboardInterrupt):
        server.run(sockets)


def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket for every address of the host. Raises `Taken`."""
    try:
        for family, _, _, _, address in dict.fromkeys(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            yield socket.create_server(address[:2], family=family)
    except OSError as problem:
        raise Taken(f"Nothing can listen on {host}:{port} ({problem.strerror}). Choose another --port or --host.") from problem


def _open_many() -> None:
    """Let this process have as many sockets open as the system allows it: the usual 1,024 are soon used."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems call it endless and refuse that
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _look_for_circles_seldom() -> None:
    """Let Python look for objects that hold only each other once many are new, and never among those that are there by now.

    A commit makes thousands that are gone with it; to look through them meanwhile took a quarter of a post (docs/decisions/0038).
    """
    gc.freeze()
    gc.set_threshold(NEW, 10, 10)


def config(settings: Settings, app: FastAPI) -> uvicorn.Config:
    """Return how uvicorn serves the service."""
    return uvicorn.Config(
        app, host=settings.host, port=settings.port, loop="uvloop", http=Connection, ws=Line, access_log=False,
        log_level="warning",
        timeout_keep_alive=75,  # longer than proxies keep a line: they close, not we
        proxy_headers=bool(settings.trusted_proxies), forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=PATIENCE, server_header=False, date_header=True,
    )  # fmt: skip


def speak(level: str) -> None:
    """Write logs to stderr: lines of JSON, or for people when it is a terminal."""
    for_people = sys.stderr.isatty()
    steps: list[Any] = [_line]
    if for_people:
        steps = [structlog.processors.add_log_level, structlog.processors.TimeStamper("iso"), structlog.dev.ConsoleRenderer()]
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # whoever sends a broken form is told, the operator is not
    structlog.configure(
        processors=steps,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr) if for_people else structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _line(logger: Any, name: str, event: MutableMapping[str, Any]) -> bytes:
    """Return a line of JSON: what is said, with its level and time, and the traceback of what was raised."""
    event["level"] = "error" if name == "exception" else name
    event["timestamp"] = datetime.now(UTC)
    return orjson.dumps(structlog.processors.format_exc_info(logger, name, event), default=repr, option=orjson.OPT_UTC_Z)
