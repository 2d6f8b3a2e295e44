"""Pays what is owed: one process at a time at each endpoint, many endpoints at once.

Law: an endpoint that hangs or fails takes a place among those that do, and nobody else's; no answer is waited for or read
without end, and a text is kept only as far as its first 4 KB.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any

import structlog

from ..access.keyring import allowed
from ..called import Answer, Refused, Unreachable
from ..errors import Overloaded, Problem
from ..events.log import Entry
from ..ids import new
from ..signing import signed
from . import schedule
from .model import Delivery, Turn
from .rendering import rendered
from .rounds import LEASE, Due, Outcome, Round, due_at, move_on, next_round

log = structlog.get_logger()
EVERY = 1.0
KEPT = 4_096
"""Bytes of an answer that are read and kept."""
GRACE = 3.0
"""Seconds that attempts under way have when this process is asked to stop."""
AT_ONCE, FAILING_AT_ONCE = 200, 50
"""So many endpoints are paid at a time, and so many of those that fail."""
MOST, QUICK = 8, 0.5
"""So many go to one endpoint at a time at most: one more for every so many seconds that it takes to answer."""
DUE = """SELECT e.workspace_id, e.id, CASE WHEN t.failing_since IS NULL THEN 0 ELSE 1 END
         FROM endpoint e JOIN endpoint_turn t ON t.workspace_id = e.workspace_id AND t.endpoint_id = e.id
         WHERE e.enabled AND t.taken_until <= :now AND t.held_until <= :now AND EXISTS (
           SELECT 1 FROM delivery d WHERE d.workspace_id = e.workspace_id AND d.endpoint_id = e.id AND d.due_at <= :now)"""
Where = tuple[str, str]
"""A workspace and an endpoint of it."""


class Paying:
    """The sender."""

    def __init__(self, state: Any) -> None:
        """`state` has the database, the clock, the vault and the settings."""
        self._state = state
        self._me = new("req")
        self._woken = asyncio.Event()
        self._under_way: dict[Where, asyncio.Task[None]] = {}
        self._pace: dict[str, float] = {}
        self._rooms = {False: asyncio.Semaphore(AT_ONCE), True: asyncio.Semaphore(FAILING_AT_ONCE)}
        self._stopping = False

    def wake(self) -> None:
        """Look at once: something is owed."""
        self._woken.set()

    async def run(self) -> None:
        """Pay for ever; when it is cancelled, what is under way has a while to end."""
        try:
            while True:
                self._woken.clear()
                for where, failing in await self._due():
                    if where not in self._under_way:
                        self._under_way[where] = asyncio.create_task(self._pay(where, failing=failing), name=f"webhook {where[1]}")
                with suppress(TimeoutError):
                    async with asyncio.timeout(EVERY):
                        await self._woken.wait()
        finally:
            await self._stop()

    async def _due(self) -> list[tuple[Where, bool]]:
        async with self._state.database.reading("") as look:
            rows = await look.fetch(DUE, now=self._state.clock.now())
        found = [((row[0], row[1]), bool(row[2])) for row in rows]
        random.shuffle(found)  # several processes begin at different ends
        return found

    async def _pay(self, where: Where, *, failing: bool) -> None:
        try:
            outcomes: list[Outcome] = []
            while True:
                async with self._rooms[failing]:
                    found = await self._next(where, outcomes, failing=failing)
                    if found is None:
                        self.wake()  # something may have come to be due since that was looked up
                        return
                    async with self._keeping_turn(where):
                        outcomes = list(await asyncio.gather(*(self._attempt(where, found, one) for one in found.due)))
                failing = outcomes[-1].problem is not None
                self._pace[where[1]] = min(one.duration for one in outcomes) / 1_000
        except Overloaded as problem:
            log.warning("a webhook waits for the database", webhook=where[1], problem=problem.detail)
        except Exception as problem:
            log.exception("a webhook could not be paid and is tried again", webhook=where[1], problem=repr(problem))
        finally:
            del self._under_way[where]

    async def _next(self, where: Where, outcomes: list[Outcome], *, failing: bool) -> Round | None:
        most = 0 if self._stopping else 1 if failing else min(MOST, 1 + int(self._pace.get(where[1], 0) / QUICK))
        paid = [one.due.id for one in outcomes]
        async with self._state.database.reading(where[0]) as look:
            due = await due_at(look, where[1], self._state.clock.now(), most=most, but=paid) if most else []
        if not due and not outcomes:
            return None
        wanted = [(Turn, where), *((Delivery, (where[0], one)) for one in (*paid, *(one.id for one in due)))]
        found: Round | None = await self._state.database.write(
            where[0], lambda tx: next_round(tx, where[1], self._me, outcomes, due), wanted=wanted, background=True
        )
        return found

    @asynccontextmanager
    async def _keeping_turn(self, where: Where) -> AsyncIterator[None]:
        async def keep() -> None:
            while True:
                await asyncio.sleep(LEASE / 3_000)
                with suppress(Problem):
                    await self._state.database.write(where[0], lambda tx: move_on(tx, where[1], self._me), background=True)

        keeping = asyncio.create_task(keep(), name="webhook turn")
        try:
            yield
        finally:
            keeping.cancel()

    async def _attempt(self, where: Where, found: Round, due: Due) -> Outcome:
        at, began = self._state.clock.now(), monotonic()
        status, answer, wait, problem = None, None, None, None
        try:
            said = await self._send(where, found, due)
        except (Refused, Unreachable) as failure:
            problem = str(failure)
        except Problem:
            raise
        except Exception as failure:
            log.exception("an attempt failed on our side", webhook=where[1], delivery=due.id, problem=repr(failure))
            problem = "it failed on our side; the log of the service says why"
        else:
            status, answer, wait = said.status, _text(said.body), schedule.asked_for(said.headers.get("retry-after"), at)
            problem = _problem(said, wait)
        return Outcome(due, at, int((monotonic() - began) * 1_000), status, problem, answer, wait)

    async def _send(self, where: Where, found: Round, due: Due) -> Answer:
        from ..outgoing import fetch  # noqa: PLC0415 see `called`

        body = (due.body or await self._rendered(where[0], due)).encode()
        opened = [self._state.vault.open("webhook secret", one) for one in found.secrets]
        secrets = [one.decode() for one in opened if one is not None]
        headers = signed(body, secrets, message_id=due.event_id, at=self._state.clock.now() // 1_000)
        headers["Content-Type"] = "application/json"
        settings = self._state.settings
        return await fetch(
            "POST", found.url, headers=headers, body=body, deadline=settings.webhook_timeout, limit=KEPT, allow=allowed(settings)
        )

    async def _rendered(self, workspace_id: str, due: Due) -> str:
        """Return what is told of an entry now: what was kept of it is gone, since its record is or since it is long ago."""
        async with self._state.database.reading(workspace_id, snapshot=True) as look:
            entries = await look.rows(Entry, "position = :position", position=due.position)
            return (await rendered(look, entries))[due.position]

    async def _stop(self) -> None:
        self._stopping = True
        tasks = list(self._under_way.values())
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._stopping = False


def _problem(said: Answer, wait: int | None) -> str | None:
    """Return why an answer counts as failed; `None` when it does not."""
    if 200 <= said.status < 300:  # noqa: PLR2004 what HTTP calls successful
        return None
    redirect = "; redirects are not followed" if 300 <= said.status < 400 else ""  # noqa: PLR2004
    unclear = "; its Retry-After is no time" if "retry-after" in said.headers and wait is None else ""
    return f"it answered {said.status}{redirect}{unclear}"


def _text(body: bytes) -> str:
    """Return an answer's beginning as text that any database keeps."""
    return body.decode("utf-8", "replace").replace("\x00", "\ufffd")
