"""Watches on records: a standing wish to hear of every discussion on a record and on those under it.

Law: the nearest watch counts, the record's own before its parent's. It belongs to the record, so it goes along when that is
renamed or merged.
"""

from collections.abc import Iterable, Sequence

from ..database import Reading, Transaction
from .model import Record, RecordWatch
from .queries import records_named

HIGHEST = 8
"""How many parents up one looks."""


async def lineages(look: Reading, records: Iterable[Record]) -> dict[str, list[str]]:
    """Return for each record the ids of itself, its parent, the parent's parent and so on."""
    found = {row.id: [row.id] for row in records}
    above = {row.id: row.parent for row in records if row.parent}
    for _ in range(HIGHEST):
        parents = await records_named(look, sorted({name for name in above.values() if name})) if above else {}
        higher = {}
        for record_id, name in above.items():
            parent = parents.get(name or "")
            if parent is not None and parent.id not in found[record_id]:
                found[record_id].append(parent.id)
                higher[record_id] = parent.parent
        above = {record_id: name for record_id, name in higher.items() if name}
    return found


async def watchers(look: Reading, records: Sequence[Record]) -> dict[str, dict[str, RecordWatch]]:
    """Return for each record who watches it, or something above it: the watch that counts, by person."""
    lines = await lineages(look, records)
    ids = sorted({record_id for line in lines.values() for record_id in line})
    watches: dict[str, dict[str, RecordWatch]] = {}
    for row in await look.rows(RecordWatch, "record_id = ANY(:ids)", ids=ids) if ids else ():
        watches.setdefault(row.record_id, {})[row.person_id] = row
    return {
        record_id: {who: row for above in reversed(line) for who, row in watches.get(above, {}).items()}
        for record_id, line in lines.items()
    }


async def merge_watches(tx: Transaction, source_id: str, target_id: str) -> None:
    """Let those who watch one record watch the other; who watches both keeps the watch on the other."""
    for row in await tx.rows(RecordWatch, "record_id = :id", id=source_id):
        tx.remove(row)
        if await tx.find(RecordWatch, target_id, row.person_id) is None:
            tx.add(RecordWatch(tx.workspace_id, target_id, row.person_id, row.level, row.since))
