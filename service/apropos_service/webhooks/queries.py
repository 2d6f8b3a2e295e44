"""What an operator sees of webhooks: how each stands, and what became of each delivery."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..database import Reading
from ..events.log import Entry
from ..records.model import Record
from . import wire
from .model import Attempt, Delivery, Endpoint, Replay, Turn

LAST = 2**62
SHOWN = 20
"""So many attempts of a delivery are shown."""


async def webhooks(look: Reading, webhook_id: str | None = None) -> list[dict[str, Any]]:
    """Return all webhooks as they go out, newest first, or the one with this id."""
    where, given = ("id = :id", {"id": webhook_id}) if webhook_id else ("true ORDER BY created_at DESC, id DESC", {})
    rows = await look.rows(Endpoint, where, **given)
    ids = [row.id for row in rows]
    turns = {one.endpoint_id: one for one in await look.rows(Turn, "endpoint_id = ANY(:ids)", ids=ids)}
    replays = {one.endpoint_id: one for one in await look.rows(Replay, "endpoint_id = ANY(:ids)", ids=ids)}
    return [wire.webhook(row, turns.get(row.id), replays.get(row.id)) for row in rows]


async def deliveries(
    look: Reading, webhook_id: str, *, state: str | None, kind: str | None, event_id: str | None, before: int | None, limit: int
) -> list[Delivery]:
    """Return deliveries of a webhook, the newest in the log first: at most `limit` + 1, to tell if more follow."""
    where, given = "endpoint_id = :endpoint_id AND position < :before", {"endpoint_id": webhook_id, "before": before or LAST}
    for name, value in (("state", state), ("type", kind), ("event_id", event_id)):
        if value is not None:
            where, given[name] = f"{where} AND {name} = :{name}", value
    if state not in (None, "delivered"):
        where += " AND state <> 'delivered'"  # says to the database that its index of these will do
    return await look.rows(Delivery, f"{where} ORDER BY position DESC LIMIT :most", **given, most=limit + 1)


async def shown(look: Reading, rows: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Return deliveries as they go out."""
    tried = defaultdict(list)
    where = "delivery_id = ANY(:ids) ORDER BY delivery_id, number DESC"
    for one in await look.rows(Attempt, where, ids=[row.id for row in rows]) if rows else ():
        tried[one.delivery_id].append(one)
    entries = {one.position: one for one in await look.rows(Entry, "position = ANY(:all)", all=[row.position for row in rows])}
    ids = sorted({one.record_id for one in entries.values() if one.record_id})
    names = {one.id: one.name for one in await look.rows(Record, "id = ANY(:ids)", ids=ids)} if ids else {}
    return [_shown(row, tried[row.id], entries.get(row.position), names) for row in rows]


async def place(look: Reading, at: int) -> int:
    """Return the place in the log of the last entry that is not after a time, in milliseconds since 1970."""
    found = await look.rows(Entry, "at <= :at ORDER BY position DESC LIMIT 1", at=at)
    return found[0].position if found else 0


def _shown(row: Delivery, attempts: Sequence[Attempt], entry: Entry | None, names: dict[str, str]) -> dict[str, Any]:
    record = names.get(entry.record_id or "") if entry else None
    return wire.delivery(row, attempts[:SHOWN], record, entry.thread_id if entry else None)
