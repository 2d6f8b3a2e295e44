"""What is owed at a time: alarms that commands and readers set, and the loop that rings them.

Law: an alarm is rung once, in the commit that takes it away, however many processes look at the clock and whenever they
die; one that is late is rung late. What it rings about may have changed since it was set, so a ring looks again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from ..errors import Overloaded
from ..rows import Index, Row, table

log = structlog.get_logger()
EVERY = 1.0
AT_ONCE = 100
PAUSE = 60_000
"""Milliseconds until an alarm whose ring failed is rung again."""

Ring = Callable[[Any, "Alarm"], Awaitable[set[str]]]
"""Does, in a transaction, what is owed; returns the hints to give once that is durable."""


@table("alarm", key=("workspace_id", "kind", "about", "person_id"), indexes=[
    Index(("at",)), Index(("workspace_id", "thread_id")),
])  # fmt: skip
class Alarm(Row):
    """At `at`, `kind` is owed about a thread, an action, a comment (`about`), to or because of `person_id` ('': nobody).

    `due` is the time that it is about, so that a ring can tell whether that has moved since.
    """

    workspace_id: str
    kind: str
    about: str
    person_id: str
    thread_id: str | None
    at: int
    due: int


class Alarms:
    """Rings what is due, for ever."""

    def __init__(self, state: Any, rings: Mapping[str, Ring]) -> None:
        """`state` has the database, the clock and `hint`; `rings` says what each kind of alarm does."""
        self._state = state
        self._rings = rings

    async def run(self) -> None:
        """Look at the clock every second."""
        while True:
            while await self._ring_due() == AT_ONCE:
                continue
            await asyncio.sleep(EVERY)

    async def _ring_due(self) -> int:
        sql = f"SELECT {Alarm.table.names} FROM alarm WHERE at <= :now AND kind = ANY(:kinds) ORDER BY at LIMIT {AT_ONCE}"  # noqa: S608
        async with self._state.database.reading("") as look:
            rows = await look.fetch(sql, now=self._state.clock.now(), kinds=sorted(self._rings))
        for row in rows:
            await self._ring(Alarm.load(row))
        return len(rows)

    async def _ring(self, alarm: Alarm) -> None:
        key = alarm.kind, alarm.about, alarm.person_id

        async def ring(tx: Any) -> set[str]:
            row = await tx.find(Alarm, *key)
            if row is None or row.at > tx.now:
                return set()  # another process rang it, or it was set anew
            tx.remove(row)
            return await self._rings[row.kind](tx, row)

        try:
            self._state.hint(await self._state.database.write(alarm.workspace_id, ring, background=True))
        except Overloaded:
            raise
        except Exception as problem:
            log.exception("an alarm failed", kind=alarm.kind, about=alarm.about, problem=repr(problem))
            await self._put_off(alarm)

    async def _put_off(self, alarm: Alarm) -> None:
        async def put_off(tx: Any) -> None:
            row = await tx.find(Alarm, alarm.kind, alarm.about, alarm.person_id)
            if row is not None:
                row.at = tx.now + PAUSE

        await self._state.database.write(alarm.workspace_id, put_off, background=True)


async def set_alarm(tx: Any, alarm: Alarm) -> None:
    """Set an alarm, or set it to another time."""
    row = await tx.find(Alarm, alarm.kind, alarm.about, alarm.person_id)
    if row is None:
        tx.add(alarm)
    else:
        row.at, row.due = alarm.at, alarm.due


async def clear_alarm(tx: Any, kind: str, about: str, person_id: str = "") -> None:
    """Take an alarm away, if it is set."""
    row = await tx.find(Alarm, kind, about, person_id)
    if row is not None:
        tx.remove(row)
