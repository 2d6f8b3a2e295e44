"""Reading the log backwards, for whoever answers for a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..access.model import Key
from ..access.policy import Caller, may_see
from ..database import Reading
from ..events.log import Entry
from ..people.queries import cards
from ..records.queries import record_named
from ..threads.model import Thread

WINDOW = 10_000
"""So many entries are looked through for one page, whatever is asked for: a page may be short, and more may follow."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries to show; `None` and nothing mean any. Times are milliseconds since 1970, `since` included, `until` not."""

    types: Sequence[str] = ()
    actor: str | None = None
    by: str | None = None
    record: str | None = None
    thread_id: str | None = None
    since: int | None = None
    until: int | None = None

    async def where(self, look: Reading) -> tuple[str, dict[str, Any]]:
        """Return the condition and its parameters."""
        record = await record_named(look, self.record) if self.record else None
        parts = {
            "type = ANY(:types)": list(self.types) or None,
            "actor_id = :actor": self.actor,
            "caller = :by": self.by,
            "record_id = :record_id": (record.id if record else "") if self.record else None,
            "thread_id = :thread_id": self.thread_id,
            "at >= :since": self.since,
            "at < :until": self.until,
        }
        given = {part: value for part, value in parts.items() if value is not None}
        return " AND ".join(["true", *given]), {part.partition(":")[2].rstrip(")"): value for part, value in given.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, the newest first, with what is called by name in them; `before` is the place that the next page goes on from."""

    entries: list[Entry]
    people: dict[str, dict[str, Any]]
    records: dict[str, str]
    keys: dict[str, str]
    before: int | None


async def entries_before(look: Reading, caller: Caller, asked: Filter, *, before: int | None, limit: int, oldest: int) -> Page:
    """Return entries that the caller may see and that are not older than `oldest`, at most `limit`.

    `before` is a place in the log, `None` its end. Of a discussion that the caller may not see, nothing is shown.
    """
    where, params = await asked.where(look)
    head = await look.position() + 1 if before is None else before
    floor = max(1, head - WINDOW)
    sql = f"position < :head AND position >= :floor AND at >= :oldest AND {where} ORDER BY position DESC LIMIT {limit}"
    found = await look.rows(Entry, sql, head=head, floor=floor, oldest=oldest, **params)
    goes_on = found[-1].position if len(found) == limit else floor
    more = goes_on > 1 and bool(await look.fetch(MORE, before=goes_on, oldest=oldest))
    shown = await _seen(look, caller, found)
    return Page(
        shown,
        await cards(look, (entry.actor_id for entry in shown)),
        await _names(look, "SELECT id, name FROM record", {entry.record_id for entry in shown}),
        await _names(look, f"SELECT id, name FROM {Key.table.name}", {entry.caller for entry in shown}),  # noqa: S608 it is ours
        goes_on if more else None,
    )


MORE = """SELECT 1 FROM (SELECT at FROM entry WHERE workspace_id = :workspace_id AND position < :before
          ORDER BY position DESC LIMIT 1) newest WHERE at >= :oldest"""


async def _seen(look: Reading, caller: Caller, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries without those of discussions that are hidden from the caller; what is erased is hidden from nobody."""
    if caller.is_host:
        return list(entries)
    ids = sorted({entry.thread_id for entry in entries if entry.thread_id})
    hidden = {
        row.id for row in await look.rows(Thread, "id = ANY(:ids)", ids=ids) if not may_see(caller, row.visibility, row.members)
    }
    return [entry for entry in entries if entry.thread_id not in hidden]


async def _names(look: Reading, select: str, ids: set[str | None]) -> dict[str, str]:
    wanted = sorted(one for one in ids if one)
    if not wanted:
        return {}
    return {
        row[0]: row[1] for row in await look.fetch(f"{select} WHERE workspace_id = :workspace_id AND id = ANY(:ids)", ids=wanted)
    }
