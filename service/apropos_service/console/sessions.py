"""From a cookie to a caller: who sits at the console.

Law: a session is a caller of the API and nothing more: an operator's may do what a full key may, an admin's what their token may,
and that is asked anew at each request.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request, Response

from ..access.policy import Caller, operator
from ..errors import Forbidden, Unauthenticated
from ..http import origin
from . import commands
from .model import Pass

COOKIE, PATH = "apropos_console", "/console"
FOREIGN = "This form did not come from this console: open the page again, and send it from there."
OTHERS = {"cross-site", "same-site"}
"""What a browser says of requests that other pages make."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who sits there: as a caller, by name; `form` is what every form of theirs carries, `workspace` its name."""

    caller: Caller
    who: str
    form: str
    workspace: str
    ends_at: int


async def session_of(request: Request) -> Session:
    """Return the session that the request's cookie opens. Raises `Unauthenticated`."""
    state, secret = request.app.state, request.cookies.get(COOKIE, "")
    found = await _pass(state, secret, "session") if secret else None
    if found is None:
        raise Unauthenticated("Sign in with a link that `apropos console` prints, or with the token of a workspace's admin.")
    caller = await _caller(state, found, request)
    workspace = await state.workspaces.find(found.workspace_id)
    name = workspace.name if workspace else ""
    return Session(caller, found.name or caller.name, state.vault.fingerprint(f"console form {secret}"), name, found.ends_at)


async def enter(request: Request, *, link: str = "", token: str = "") -> Response | None:
    """Sign in by a link's secret or an admin's token. Returns what sets the cookie, or `None` when it opens nothing."""
    state, secret = request.app.state, secrets.token_urlsafe(32)
    must_be_from_here(request)
    session = state.vault.fingerprint(secret)
    found = await _pass(state, link, "link") if link else None
    if found is not None:
        caller = operator(found.workspace_id, found.name or "", origin(request))
        hash_ = found.hash
        await state.database.write(found.workspace_id, lambda tx: commands.enter_by_link(tx, hash_, session), caller=caller)
    elif token:
        admin = replace(await state.callers.identify(token, None), origin=origin(request))
        if admin.role != "admin":
            return None
        sealed, ends = state.vault.seal("console token", token.encode()), int((admin.until or 0) * 1000)
        await state.database.write(admin.workspace_id, lambda tx: commands.enter_by_token(tx, session, sealed, ends), caller=admin)
    else:
        return None
    return _home(request, secret)


async def leave(request: Request, session: Session) -> Response:
    """Sign out."""
    state, hash_ = request.app.state, request.app.state.vault.fingerprint(request.cookies[COOKIE])
    await state.database.write(session.caller.workspace_id, lambda tx: commands.leave(tx, hash_), caller=session.caller)
    answer = Response(status_code=303, headers={"Location": PATH, "Clear-Site-Data": '"cache"'})
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def must_be_ours(request: Request, session: Session, given: str) -> None:
    """Raise `Forbidden` unless a form carries what this session's forms carry, and was sent from here."""
    must_be_from_here(request)
    if not hmac.compare_digest(given.encode(), session.form.encode()):
        raise Forbidden(FOREIGN)


def must_be_from_here(request: Request) -> None:
    """Raise `Forbidden` when the browser says that another page sent this. Source: W3C, Fetch Metadata Request Headers."""
    if request.headers.get("sec-fetch-site") in OTHERS:
        raise Forbidden(FOREIGN)


def _home(request: Request, secret: str) -> Response:
    answer = Response(status_code=303, headers={"Location": PATH, "Cache-Control": "no-store"})
    secure = request.app.state.settings.address.startswith("https:")
    age = commands.SESSION // 1000
    answer.set_cookie(COOKIE, secret, max_age=age, path=PATH, secure=secure, httponly=True, samesite="strict")
    return answer


async def _pass(state: Any, secret: str, kind: str) -> Pass | None:
    sql = f"SELECT {Pass.table.names} FROM console_pass WHERE hash = :hash AND kind = :kind AND ends_at > :now"  # noqa: S608
    async with state.database.reading("") as look:
        rows = await look.fetch(sql, hash=state.vault.fingerprint(secret), kind=kind, now=state.clock.now())
    return Pass.load(rows[0]) if rows else None


async def _caller(state: Any, found: Pass, request: Request) -> Caller:
    if found.token is None:
        return operator(found.workspace_id, found.name or "", origin(request))
    token = state.vault.open("console token", found.token) or b""
    admin: Caller = await state.callers.identify(token.decode(), None)
    return replace(admin, origin=origin(request))
