"""What an operator's machines ask: is it alive, is it ready, how is it doing; and the API's own pages."""

import os
from contextlib import suppress
from importlib.resources import files
from typing import Any, Literal

import orjson
import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from .errors import Overloaded
from .events.upkeep import standings
from .http import answer

router = APIRouter(include_in_schema=True, tags=["operating"])
log = structlog.get_logger()
NEWEST: Any = {"labelnames": ("reader",), "multiprocess_mode": "mostrecent"}
BEHIND = Gauge("apropos_reader_behind", "Entries of the log that a reader has not read, over all workspaces.", **NEWEST)
PARKED = Gauge("apropos_reader_parked", "Entries that a reader failed on and put aside; apropos doctor says more.", **NEWEST)
DOCS = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Apropos API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="pages"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>"""
START = b'SwaggerUIBundle({url: "/openapi.json", dom_id: "#pages", deepLinking: true, persistAuthorization: false});'
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


@router.get("/healthz", response_model=dict[str, str])
async def healthz() -> Response:
    """Tell that the process is alive."""
    return answer({"status": "ok"})


@router.get(
    "/readyz", response_model=dict[str, str], responses={503: {"description": "Not ready: no database, or this process stops"}}
)
async def readyz(request: Request) -> Response:
    """Tell whether requests can be served; a bus that is down is `degraded`, not a reason to send nobody here."""
    state = request.app.state
    try:
        async with state.database.reading("") as look:
            await look.fetch("SELECT 1")
        database = "ok"
    except Exception as problem:  # noqa: BLE001 whatever it is, it is not ready
        log.warning("not ready", problem=repr(problem))
        database = "down"
    bus = "ok" if state.bus.healthy() else "down"
    ready = database == "ok" and not state.stopping.asked
    status = "ok" if ready and bus == "ok" else "degraded" if ready else "down"
    return answer({"status": status, "database": database, "bus": bus}, status=200 if ready else 503)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}, "description": "Prometheus"}})
async def metrics(request: Request) -> Response:
    """Return the measures of all processes at this address for Prometheus, and how the readers of all processes stand."""
    state = request.app.state
    with suppress(Overloaded):  # the measures of the process are worth having without the database's
        for one in await standings(state.database, [reader.name for reader in state.readers]):
            BEHIND.labels(one.reader).set(one.behind)
            PARKED.labels(one.reader).set(one.parked)
    return Response(generate_latest(_measures()), media_type=CONTENT_TYPE_LATEST)


@router.get("/docs", include_in_schema=False)
async def docs() -> Response:
    """Return the API's pages, from our own files."""
    return Response(DOCS, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@router.get("/docs/{name}", include_in_schema=False)
async def docs_file(name: Literal["swagger-ui-bundle.js", "swagger-ui.css", "start.js"]) -> Response:
    """Return a script or style of the API's pages, from the package that carries them."""
    content = START if name == "start.js" else (files("fastapi_swagger") / "resources" / name).read_bytes()
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=86400"})


def _measures() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


def pretty(document: object) -> bytes:
    """Return JSON as it is published: sorted and indented."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
