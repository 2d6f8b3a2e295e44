"""Writing what is owed: which entries an endpoint is to hear of, and the rows that say so.

Law: an entry is owed once to an endpoint, however often this is run; what is told of a record is kept only while the record
stands, which is held for that long, so that no erasure passes it by.
"""

from collections.abc import Collection, Mapping, Sequence

import orjson

from ..database import Reading, Transaction
from ..events.hooks import WebhookTested
from ..events.log import Entry
from ..ids import new
from .model import Delivery, Endpoint, Message

KEPT = 30 * 86_400_000
"""Milliseconds that deliveries, attempts and messages are kept."""
KNOWN = "endpoint_id = ANY(:endpoint_ids) AND position = ANY(:positions) AND position >= :first AND position <= :last"
"""The range says what the list says already: by it, SQLite looks at a piece of what an endpoint ever heard, and not at all."""

Owed = tuple[Entry, str]
"""An entry, and the id of the endpoint that is to hear of it."""


async def owed_to(look: Reading, endpoints: Sequence[Endpoint], entries: Sequence[Entry], *, ever: bool = False) -> list[Owed]:
    """Return what these endpoints are to hear of, in the log's order; with `ever`, also of what happened before they were made."""
    ids = sorted({entry.record_id for entry in entries if entry.record_id})
    found = await look.fetch("SELECT id, type FROM record WHERE workspace_id = :workspace_id AND id = ANY(:ids)", ids=ids)
    types = {row[0]: row[1] for row in found}
    return [
        (entry, endpoint.id)
        for entry in entries
        for endpoint in endpoints
        if (ever or endpoint.hears_from(entry.position, entry.at)) and _concerns(endpoint, entry, types.get(entry.record_id or ""))
    ]


async def owe(tx: Transaction, owed: Sequence[Owed], bodies: Mapping[int, str], *, anew: bool = False) -> None:
    """Note what is owed; with `anew`, also what was owed before and is owed no more."""
    if not owed:
        return
    positions = sorted({entry.position for entry, _ in owed})
    endpoint_ids = sorted({endpoint_id for _, endpoint_id in owed})
    known = await tx.rows(Delivery, KNOWN, endpoint_ids=endpoint_ids, positions=positions, first=positions[0], last=positions[-1])
    there = {(row.endpoint_id, row.position): row for row in known}
    standing = await standing_records(tx, {entry.record_id for entry, _ in owed if entry.record_id})
    for entry in {entry.position: entry for entry, _ in owed}.values():
        if entry.position in bodies and (entry.record_id is None or entry.record_id in standing):
            await _keep(tx, entry, bodies[entry.position])
    for entry, endpoint_id in owed:
        row = there.get((endpoint_id, entry.position))
        if row is None:
            tx.add(Delivery(
                tx.workspace_id, new("dlv"), endpoint_id, entry.position, entry.id, entry.type, "owed", due_at=tx.now, attempts=0,
                tried=0, created_at=tx.now, delivered_at=None,
            ))  # fmt: skip
        elif anew:
            owe_again(row, tx.now)


def owe_again(row: Delivery, now: int) -> None:
    """Owe a delivery as if it had never been tried."""
    row.state, row.due_at, row.attempts, row.delivered_at = "owed", now, 0, None


async def standing_records(tx: Transaction, ids: Collection[str]) -> set[str]:
    """Return which of these records stand, and hold those until the commit: none of them is erased or merged before."""
    if not ids:
        return set()
    sql = "SELECT id FROM record WHERE workspace_id = :workspace_id AND id = ANY(:ids) ORDER BY id FOR SHARE"
    return {row[0] for row in await tx.fetch(sql, ids=sorted(ids))}


async def still_told(tx: Transaction, positions: Collection[int]) -> dict[int, str]:
    """Return what is kept to be told of these entries, by their places, and hold it: nobody is erased from it meanwhile."""
    if not positions:
        return {}
    kept = "SELECT position, body FROM message WHERE workspace_id = :workspace_id AND position = ANY(:positions)"
    return {row[0]: row[1] for row in await tx.fetch(f"{kept} ORDER BY position FOR SHARE", positions=sorted(positions))}


async def _keep(tx: Transaction, entry: Entry, body: str) -> None:
    if await tx.find(Message, entry.position) is None:
        tx.add(Message(tx.workspace_id, entry.position, body, entry.record_id, tx.now))


def _concerns(endpoint: Endpoint, entry: Entry, record_type: str | None) -> bool:
    if entry.type == WebhookTested.type:
        return bool(orjson.loads(entry.data)["webhook_id"] == endpoint.id)
    return endpoint.wants(entry.type, record_type)
