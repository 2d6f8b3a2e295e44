"""Looking whether the log is as it was written: every seal is made again.

Law: what is found names the workspace and the first place that does not fit; nothing is put right.
"""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from ..database import Database
from ..events.log import Entry, LogHead
from ..events.sealing import Sealing

NEWEST, CHUNK = 10_000, 1_000


async def broken(database: Database, sealing: Sealing, *, newest: int | None = None, only: str | None = None) -> list[str]:
    """Return what is wrong with the logs of all workspaces, or of `only` one: of each, the first that does not fit.

    `newest` looks at so many entries from the end, `None` at all.
    """
    async with database.reading("") as look:
        heads = [LogHead.load(row) for row in await look.fetch(f"SELECT {LogHead.table.names} FROM log_head ORDER BY workspace_id")]  # noqa: S608
    found = [await _first_break(database, sealing, head, newest) for head in heads if only in (None, head.workspace_id)]
    return [one for one in found if one]


async def seal_at(database: Database, workspace_id: str, position: int | None = None) -> tuple[int, str]:
    """Return a place in a workspace's log and the seal there; the newest for `None`. `(0, "")` when there is none."""
    where = "position = :position" if position else "position > 0 ORDER BY position DESC LIMIT 1"
    async with database.reading(workspace_id) as look:
        found = await look.rows(Entry, where, **({"position": position} if position else {}))
    return (found[0].position, found[0].seal) if found else (0, "")


async def _first_break(database: Database, sealing: Sealing, head: LogHead, newest: int | None) -> str | None:
    here, expected = head.workspace_id, max(head.pruned, head.position - newest) if newest else head.pruned
    if expected > head.pruned:
        _, seal = await seal_at(database, here, expected)
    else:
        until, seal = await _said_to_be_pruned(database, here) if head.pruned else (0, "")
        if until != head.pruned:
            return f"{here}: entries up to {head.pruned} are gone, and the log says so of those up to {until}"
    async for entry in _entries(database, here, expected, head.position):
        expected += 1
        if entry.position != expected:
            return f"{here}: entries {expected} to {entry.position - 1} are missing"
        if sealing.seal(entry, seal) != entry.seal:
            return (
                f"{here}: entry {entry.position} ({entry.id}, {entry.type}) is not as it was written, or the one before it is not"
            )
        seal = entry.seal
    return None if expected == head.position else f"{here}: entries {expected + 1} to {head.position} are missing"


async def _said_to_be_pruned(database: Database, here: str) -> tuple[int, str]:
    """Return up to where the log says that it was pruned, and the seal that stood there."""
    async with database.reading(here) as look:
        found = await look.rows(Entry, "type = 'log.pruned' ORDER BY position DESC LIMIT 1")
    facts: dict[str, Any] = orjson.loads(found[0].data) if found else {}
    return facts.get("until", 0), facts.get("after", "")


async def _entries(database: Database, here: str, after: int, until: int) -> AsyncIterator[Any]:
    while after < until:
        async with database.reading(here) as look:
            where = f"position > :after AND position <= :until ORDER BY position LIMIT {CHUNK}"
            found = await look.rows(Entry, where, after=after, until=until)
        for entry in found:
            yield entry
        if not found:
            return
        after = found[-1].position
