"""Runs the demo: the service and, beside it, a pretended host whose back end uses the SDK as a customer's would.

Law: an address is printed only when both answer.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import uvicorn

import apropos

from .. import migrations
from ..serving import Server, speak
from ..settings import Settings
from .books import Books
from .host import create_host
from .opening import forget, opened, remember_seeded
from .story import tell

HOST = "127.0.0.1"


def run(data_dir: Path, *, port: int, fresh: bool) -> None:
    """Serve the demo from `data_dir` until stopped; `fresh` forgets what was written in it before."""
    speak("warning")
    data_dir.mkdir(parents=True, exist_ok=True)
    screens, service = _free(port, 2)
    settings = Settings(
        data_dir=data_dir, host=HOST, port=service, log_level="warning", public_url="", bus_url="",
        database_url=f"sqlite:///{data_dir / 'apropos.db'}", stop_delay=0,
    )  # fmt: skip
    if fresh:
        forget(data_dir)
    migrations.prepare(settings.database)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings, screens))


async def _serve(settings: Settings, port: int) -> None:
    keys = await opened(settings)
    client = apropos.Apropos(settings.address, key=keys.key)
    books = Books(settings.data_dir / "host.json")
    host = create_host(keys, client, books, endpoint=settings.address, address=f"http://{HOST}:{port}")
    async with _running(Server(settings)) as service:
        await _answers(f"{settings.address}/readyz")
        if not keys.seeded:
            await asyncio.to_thread(tell, client, books, f"http://{HOST}:{port}")
            remember_seeded(settings.data_dir, keys)
        async with _running(uvicorn.Server(_host_config(host, port))) as screens:
            await _answers(f"http://{HOST}:{port}/")
            sys.stdout.write(f"Open http://{HOST}:{port}\n")
            sys.stdout.flush()
            await _until_either_stops(service, screens)


def _host_config(host: object, port: int) -> uvicorn.Config:
    return uvicorn.Config(host, host=HOST, port=port, access_log=False, log_level="warning")  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def _running(server: uvicorn.Server) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(server.serve())
    try:
        yield task
    finally:
        server.should_exit = True
        await task


async def _until_either_stops(*tasks: asyncio.Task[None]) -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


async def _answers(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(200):
            with contextlib.suppress(httpx.TransportError):
                if not (await client.get(url)).is_error:
                    return
            await asyncio.sleep(0.05)
    raise TimeoutError(f"{url} did not answer within 10 seconds")


def _free(port: int, count: int) -> list[int]:
    """Return `count` ports that nobody listens on, the first ones from `port` on."""
    found: list[int] = []
    for candidate in range(port, 65_536):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, candidate))
            found.append(candidate)
        if len(found) == count:
            return found
    raise OSError(f"no free port from {port} on")
