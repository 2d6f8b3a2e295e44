"""Where the parts meet: one page that says what the service is made of."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.routing import Match

from . import __version__, operating, widget, widget_builds
from .access import callers, keyring
from .access import routes as access_routes
from .access.asking import Asking
from .access.doubts import Doubts
from .access.keysets import KeySets
from .access.policy import Caller
from .access.secrets import Vault
from .access.workspaces import Workspaces
from .attachments.storage import Files
from .attachments.sweeping import Sweep
from .audit import routes as audit_routes
from .audit.forgetting import forgetting
from .clock import Clock
from .console.door import ROUTERS as CONSOLE
from .database import Database
from .erasing import routes as erasing_routes
from .errors import MethodNotAllowed, NotFound, Overloaded, Problem, ValidationFailed
from .events.alarms import Alarms, Ring
from .events.bus import Wakes, everybodys_hint, open_bus
from .events.readers import Reader
from .events.work import Sender, Work
from .gate import Admitting, Gate
from .http import problem
from .inbox import dates, preferring, putting_off
from .inbox import routes as inbox_routes
from .inbox.counting import Counting
from .inbox.reader import Inbox
from .informed import Informed
from .limits import Limits
from .middleware import Around, Bounds
from .openapi import describe
from .paging import Cursors
from .people import commands as people_commands
from .people import routes as people_routes
from .pruning.sender import Pruning
from .realtime import routes as live_routes
from .realtime.presence import Presence
from .realtime.tail import Tails
from .realtime.watch import Watches
from .records import routes as record_routes
from .settings import Settings
from .stopping import Stopping
from .straight import Straight
from .templates import routes as template_routes
from .threads import comment_routes, conversation, file_routes, kind_routes, links, mention_routes, pages, requested, requesting
from .threads import routes as thread_routes
from .threads.kept import Kept
from .threads.reader import Words
from .threads.tallied import KeptTallies
from .webhooks import routes as webhook_routes
from .webhooks.keeping import Keeping
from .webhooks.reader import Webhooks
from .webhooks.replaying import Replaying
from .webhooks.sender import Paying

ROUTERS = (
    access_routes.router, record_routes.router, people_routes.router, template_routes.router, thread_routes.router,
    comment_routes.router, kind_routes.router, mention_routes.router, file_routes.router, pages.router, links.router,
    inbox_routes.router, preferring.router, webhook_routes.router, audit_routes.router, erasing_routes.router,
    live_routes.router, operating.router, widget.router, *CONSOLE,
)  # fmt: skip

READERS: tuple[Callable[[State], Reader], ...] = (Inbox, Words, Webhooks)
"""Who learns from the log; each is made once a process."""
RINGS: dict[str, Ring] = {
    **dict.fromkeys(dates.KINDS, dates.ring_date),
    putting_off.SNOOZE: putting_off.ring_snooze,
    putting_off.QUIET: putting_off.ring_quiet,
}
"""What each kind of alarm does at its time."""
SENDERS: tuple[Callable[[State], Sender], ...] = (
    lambda state: Alarms(state, RINGS).run, lambda state: state.sweep.for_ever, lambda state: state.paying.run,
    lambda state: Replaying(state).run, lambda state: Keeping(state).run, forgetting,
    lambda state: Pruning(state).for_ever,
)  # fmt: skip
"""Who pays what readers and commands wrote as owed."""


def create_app(settings: Settings) -> FastAPI:
    """Return the service; it opens the database when it starts and closes it when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(app.state, settings):
            widget_builds.keep(widget.built(settings), widget_builds.kept_in(settings))
            yield

    app = FastAPI(
        title="Apropos", version=__version__, description="The discussion where the problem is.", lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/openapi.json", redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # ours are `/metrics` and one line a request
    )  # fmt: skip
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _unrouted)
    app.add_exception_handler(Exception, _unexpected)
    app.state.gate = Gate(settings.most_at_once)
    app.add_middleware(Straight, routes=[route for router in ROUTERS for route in router.routes])
    app.add_middleware(Admitting, gate=app.state.gate)
    app.add_middleware(Informed)
    app.add_middleware(Bounds)
    app.add_middleware(Around)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def running(state: State, settings: Settings) -> AsyncIterator[None]:
    """Open what the service stands on, and run its readers and senders unless the settings leave them to others."""
    state.settings, state.clock = settings, Clock()
    state.vault = Vault(keyring.secret_key(settings))
    state.stopping = Stopping()
    state.cursors, state.limits, state.under_way, state.wakes = Cursors(state.vault), Limits(settings.rate_limit), set(), Wakes()

    def hint(hints: set[str]) -> None:
        state.wakes.wake(hints)
        state.bus.publish(hints)

    state.hint = hint
    state.database = await Database.open(settings.database, state.vault.sealing, committed=hint, clock=state.clock)
    await keyring.check(state.database, state.vault)
    state.workspaces = Workspaces(state.database)
    state.bus = open_bus(settings.bus, lambda hints: state.wakes.wake(state.doubts.hear(state.presence.hear(hints))))
    state.wakes.attend(state.bus)
    state.presence = Presence(state)
    state.doubts = Doubts(state.workspaces, state.bus)

    async def introduce(caller: Caller, card: dict[str, Any], token: str) -> None:
        here = caller.workspace_id
        await state.database.write(here, lambda tx: people_commands.introduce(tx, caller, card, token))
        async with state.database.reading(here) as look:
            seen = await requested.seen_at_last(look, caller)
        if seen:
            await state.database.write(here, lambda tx: requesting.end_requests(tx, seen))
            hint({everybodys_hint(here)})

    state.asking = Asking(state.database, state.workspaces, state.vault, state.clock, keyring.access(settings))
    state.key_sets = KeySets(keyring.jwks(settings))
    state.callers = callers.Callers(state.database, state.vault, state.workspaces, state.key_sets, introduce)
    state.files = Files.of(settings)
    state.sweep = Sweep(state.database, state.files, state.clock)
    state.paying = Paying(state)
    state.kept, state.pages, state.kept_tallies = Kept(), conversation.pages(), KeptTallies()
    state.tails, state.watches, state.counting = Tails(state.database, state.wakes, state.cursors), Watches(state), Counting(state)
    state.readers = [make(state) for make in READERS]
    working = settings.work and Work(
        state.database, state.wakes, state.clock, readers=state.readers, senders=[make(state) for make in SENDERS]
    )
    try:
        yield
    finally:
        if working:
            await working.close()
        state.tails.close()
        state.watches.close()
        state.presence.close()
        state.counting.close()
        await state.key_sets.close()
        await state.bus.close()
        await state.database.close()


async def _problem(_: Request, raised: Exception) -> Response:
    return problem(raised) if isinstance(raised, Problem) else problem(Overloaded())


async def _invalid(_: Request, raised: Exception) -> Response:
    found = raised.errors() if isinstance(raised, RequestValidationError) else []
    errors = [{"path": _path(each["loc"]), "message": _message(each)} for each in found]
    if any(each["loc"][0] == "path" for each in found):
        return problem(NotFound(f"{errors[0]['path']} {errors[0]['message']}."))  # an address that can lead nowhere leads nowhere
    return problem(ValidationFailed("; ".join(f"{each['path']}: {each['message']}" for each in errors)[:1000], errors=errors))


async def _unrouted(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, HTTPException) or raised.status_code != 405:  # noqa: PLR2004
        return problem(NotFound() if not isinstance(raised, HTTPException) or raised.status_code == 404 else _unreadable())  # noqa: PLR2004
    found = (route for router in ROUTERS for route in router.routes if route.matches(request.scope)[0] != Match.NONE)
    methods = {method for route in found for method in getattr(route, "methods", ())}
    allow = {"Allow": ", ".join(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=allow)
    refused = problem(MethodNotAllowed())
    refused.headers.update(allow)
    return refused


async def _unexpected(request: Request, raised: Exception) -> Response:
    operating.log.error("unexpected", problem=repr(raised), path=request.url.path)
    reference = getattr(request.state, "request_id", "")
    document = {
        "type": "/problems/server_error", "title": "Something failed on our side.", "status": 500,
        "detail": f"Nothing was changed. Reference {reference}.", "code": "server_error",
    }  # fmt: skip
    return Response(orjson.dumps(document), 500, media_type="application/problem+json")


def _unreadable() -> ValidationFailed:
    return ValidationFailed.at("body", "cannot be read")


def _path(place: Sequence[Any]) -> str:
    """Return a member's path, without the part of the request that it is in; the request's body itself is `body`."""
    return ".".join(str(part) for part in place[1:] if not isinstance(place[-1], int) or len(place) > 2) or "body"  # noqa: PLR2004


def _message(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] in ("too_long", "string_too_long") and isinstance(error.get("input"), str):
        most, has = error["ctx"]["max_length"], error["ctx"].get("actual_length", len(error["input"]))
        return f"has at most {most:,} characters, not {has:,}"
    known = {"extra_forbidden": "is not a member we know", "missing": "is needed", "json_invalid": "the body is not JSON"}
    return known.get(error["type"], message)
