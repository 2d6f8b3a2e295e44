"""The limits for reading: servers that answer everything with the same bytes, from a file; what ours sends, sent by nothing else.

`sending.py KIND PORT FILE`; a kind is `asgi`, `starlette` or `fastapi`. Served as ours is: uvicorn, uvloop, httptools.
"""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from processes import Server, free_port, wait_for

KINDS = {"asgi": "bare ASGI", "starlette": "Starlette", "fastapi": "FastAPI"}
JSON = "application/json"


@contextmanager
def storing(kind, content, folder):
    """Give a server of this kind that answers with `content`."""
    file, port = folder / f"{kind}.json", free_port()
    file.write_bytes(content)
    with subprocess.Popen([sys.executable, __file__, kind, str(port), file]) as process:
        try:
            wait_for(port, b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n", b"HTTP/1.1 200")
            yield Server(port, process.pid)
        finally:
            process.terminate()


def asgi(content):
    """Return an application that knows two messages."""
    head = [(b"content-type", JSON.encode()), (b"content-length", str(len(content)).encode())]

    async def app(_, __, send):
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": content})

    return app


def starlette(content):
    """Return an application with one route for everything."""

    async def answer(_: Request):
        return Response(content, media_type=JSON)

    return Starlette(routes=[Route("/{rest:path}", answer)])


def fastapi(content):
    """Return an application with one route for everything, which declares its arguments."""
    app = FastAPI()

    @app.get("/{rest:path}", response_class=Response)
    async def answer(rest: str, record: str = ""):  # noqa: ARG001 as a route of ours has them
        return Response(content, media_type=JSON)

    return app


if __name__ == "__main__":
    kind, at, path = sys.argv[1:]
    app = {"asgi": asgi, "starlette": starlette, "fastapi": fastapi}[kind](Path(path).read_bytes())
    uvicorn.run(app, port=int(at), loop="uvloop", http="httptools", lifespan="off", access_log=False, log_level="warning")
