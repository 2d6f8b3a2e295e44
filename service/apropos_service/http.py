"""What a route may ask for: `Write`, `Look`, a `Caller`; and how answers and problems leave.

Law: the answer follows the commit. A route hands its command to `Write`, which returns once it is durable, with the
answer that was made in the same transaction (so an idempotency key repeats exactly that answer).
"""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request, Response

from .access.answered import Answered, subject
from .access.policy import Caller
from .asked import must_hear_the_body, must_hear_the_query
from .database import Database, Reading, Transaction
from .errors import IdempotencyMismatch, InFlight, Problem, Stale, Unsure, ValidationFailed, VersionConflict, Versions, tag_of

DAY = 86_400_000
LONGEST_KEY, LONGEST_ADDRESS = 255, 45
VERSION = re.compile(r'(?:W/)?"?([0-9]{1,18})"?')
Present = Callable[[Transaction, Any], Awaitable[Any]]


def answer(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON as it goes out; editable things get their `ETag` from `version`."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(content, status, {**tag_of(body), **(headers or {})}, "application/json")


def problem(problem: Problem) -> Response:
    """Return a problem document. Source: RFC 9457."""
    return Response(orjson.dumps(problem.document()), problem.status, problem.headers(), "application/problem+json")


async def calling(request: Request) -> Caller:
    """Return who is calling. Raises `ValidationFailed` when the request says what its route would not hear."""
    state = request.scope["state"]
    known: Caller | None = state.get("caller")
    if known is not None:  # the same request, run again with what the host said
        return known
    must_hear_the_query(request)
    caller: Caller = await request.app.state.callers.identify(bearer(request), _header(request, b"apropos-actor"))
    request.app.state.limits.count(request, caller)
    caller.must_reach(request.scope["route"].path)
    await must_hear_the_body(request)
    state["caller"] = caller
    return caller


def origin(request: Request) -> str | None:
    """Return the address that the request came from; behind a proxy that the settings trust, the one that it names."""
    return request.client.host[:LONGEST_ADDRESS] if request.client else None


def bearer(request: Request) -> str:
    """Return the key or token that came with the request, or nothing."""
    scheme, _, given = (_header(request, b"authorization") or "").partition(" ")
    return given if scheme.lower() == "bearer" else ""


def _header(request: Request, name: bytes) -> str | None:
    for key, value in request.scope["headers"]:
        if key == name:
            said: str = value.decode("latin-1")
            return said
    return None


Calling = Annotated[Caller, Depends(calling)]


class Writing:
    """Runs commands for one request."""

    def __init__(self, request: Request, caller: Caller) -> None:
        """Made for each request."""
        self.caller = replace(caller, origin=origin(request))
        self._request = request

    async def __call__(
        self,
        command: Callable[..., Awaitable[Any]],
        *given: Any,
        present: Present,
        wanted: Any = (),
        alone: bool = False,
        said: bytes | None = None,
        **named: Any,
    ) -> Response:
        """Run the command, and answer once it is durable; `wanted` and `alone` as `Writer.submit` has them.

        `present` turns its result into the answer's body; a result `(thing, created)` answers 201 when created. `said`
        stands for the request's body where that is not in memory. Raises `Forbidden` for a server key that only reads.
        """
        self.caller.must_write()
        key = self._request.headers.get("idempotency-key")
        if key is None:
            return await self._run(self._once(command, given, named, present), wanted, alone=alone)
        if not 1 <= len(key) <= LONGEST_KEY:
            raise ValidationFailed.at("Idempotency-Key", f"is 1 to {LONGEST_KEY} characters")
        async with self._alone(key):
            print_ = await self._fingerprint(said)
            return await self._run(self._kept(self._once(command, given, named, present), key, print_), wanted, alone=alone)

    async def _run(self, work: Callable[[Transaction], Awaitable[tuple[int, Any]]], wanted: Any, *, alone: bool) -> Response:
        status, body = await self._request.app.state.database.write(
            self.caller.workspace_id, work, caller=self.caller, wanted=wanted, alone=alone
        )
        return answer(body, status=status) if status != 204 else Response(status_code=204)  # noqa: PLR2004

    def _once(self, command: Any, given: Any, named: Any, present: Present) -> Callable[[Transaction], Awaitable[tuple[int, Any]]]:
        async def work(tx: Transaction) -> tuple[int, Any]:
            try:
                result = await command(tx, *given, **named)
            except Stale as stale:
                raise VersionConflict(str(stale), current=await present(tx, stale.row)) from stale
            created = isinstance(result, tuple) and result[1]
            body = await present(tx, result[0] if isinstance(result, tuple) else result)
            if self.caller.unsure:
                raise Unsure
            return (201 if created else 204 if body is None else 200), body

        return work

    def _kept(self, work: Any, key: str, fingerprint: str) -> Callable[[Transaction], Awaitable[tuple[int, Any]]]:
        vault = self._request.app.state.vault

        async def once(tx: Transaction) -> tuple[int, Any]:
            before = await tx.find(Answered, self.caller.name, key)
            if before is not None and before.at > tx.now - DAY:
                if before.fingerprint != fingerprint:
                    raise IdempotencyMismatch
                return before.status, orjson.loads(vault.open("answer", before.body) or b"null")
            status, body = await work(tx)
            too_old = before and await tx.find(Answered, self.caller.name, key)
            if too_old is not None:
                tx.remove(too_old)
                await tx.reading()
            tx.add(Answered(
                tx.workspace_id, self.caller.name, key, fingerprint, status, vault.seal("answer", orjson.dumps(body)), tx.now,
                subject(body),
            ))  # fmt: skip
            return status, body

        return once

    @asynccontextmanager
    async def _alone(self, key: str) -> AsyncIterator[None]:
        under_way: set[Any] = self._request.app.state.under_way
        mark = (self.caller.workspace_id, self.caller.name, key)
        if mark in under_way:
            raise InFlight(retry_after=1)
        under_way.add(mark)
        try:
            yield
        finally:
            under_way.discard(mark)

    async def _fingerprint(self, said: bytes | None) -> str:
        url = self._request.url
        body = await self._request.body() if said is None else said
        return hashlib.sha256(f"{self._request.method} {url.path}?{url.query}\n".encode() + body).hexdigest()


class Looking:
    """Opens the database to look, for one request."""

    def __init__(self, request: Request, caller: Caller) -> None:
        """Made for each request."""
        self.caller = caller
        self._database: Database = request.app.state.database
        self._clock = request.app.state.clock

    @property
    def now(self) -> int:
        """The time, in milliseconds since 1970."""
        now: int = self._clock.now()
        return now

    @property
    def together(self) -> Reading:
        """A place for looks that need not be of one moment."""
        return self._database.together(self.caller.workspace_id)

    def __call__(self, *, snapshot: bool = False) -> AbstractAsyncContextManager[Reading]:
        """Give a place to look; with `snapshot`, everything is of one moment."""
        return self._database.reading(self.caller.workspace_id, snapshot=snapshot)


async def writing(request: Request, caller: Calling) -> Writing:
    """Give the route its way to change things."""
    return Writing(request, caller)


async def looking(request: Request, caller: Calling) -> Looking:
    """Give the route its way to look."""
    return Looking(request, caller)


async def expected(if_match: Annotated[str | None, Header()] = None) -> Versions | None:
    """Return the versions that the caller changed, from `If-Match`; `None` when any will do.

    Source: RFC 9110, section 13.1.1; a tag that is none of ours matches nothing.
    """
    if if_match is None or if_match == "*":
        return None
    versions = frozenset(int(tag[1]) for each in if_match.split(",") if (tag := VERSION.fullmatch(each.strip())))
    if not versions:
        raise ValidationFailed.at("If-Match", 'is the ETag of what you changed, for example "3"')
    return versions


Write = Annotated[Writing, Depends(writing)]
Look = Annotated[Looking, Depends(looking)]
Expected = Annotated[Versions | None, Depends(expected)]
