"""What a value was while people discussed it: the quiet lines of a thread, and what `record.described` tells.

Law: both come from the same rows in the same shape, so a page may append what it hears to what it has read.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..database import Reading
from ..events.catalog import RecordDescribed
from ..events.log import Entry
from ..records.model import FieldChange, Merge, Record
from ..wire import rfc3339
from .model import Thread

LAST = 50
"""So many changes of its value go out with a thread, the newest ones."""
Found = dict[str, list[dict[str, Any]]]


async def changes(look: Reading, found: Sequence[tuple[Thread, Record]]) -> Found:
    """Return how the value of each thread's field changed since it was opened, oldest first, at most the last 50.

    A thread whose record went into another has what changed on the first, and on the other from then on. A page whose
    values did not change costs no query.
    """
    shown: Found = defaultdict(list)
    moved = [row.id for row, record in found if row.field and row.opened_on != record.id]
    here = [row.id for row, record in found if row.field and row.opened_on == record.id and row.opened_on_seq < record.seq]
    await _collect(look, shown, _since("t.opened_on", "t.opened_on_seq"), ids=[*here, *moved])
    for hop, ids in await _hops(look, [row for row, _ in found if row.id in set(moved)]):
        await _collect(look, shown, _since(":record_id", ":after"), ids=ids, record_id=hop.into_id, after=hop.into_seq)
    return {thread_id: lines[-LAST:] for thread_id, lines in shown.items()}


async def told(look: Reading, entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """Return what each `record.described` among these entries changed, `{field: {"before", "after"}}`, by position."""
    described = {(entry.record_id, entry.seq): entry.position for entry in entries if entry.type == RecordDescribed.type}
    changed: dict[int, dict[str, Any]] = {position: {} for position in described.values()}
    if described:
        records, seqs = ({place[part] for place in described} for part in (0, 1))
        for row in await look.rows(FieldChange, "record_id = ANY(:ids) AND seq = ANY(:seqs)", ids=list(records), seqs=list(seqs)):
            if (row.record_id, row.seq) in described:
                changed[described[row.record_id, row.seq]][row.field] = {"before": row.before, "after": row.after}
    return changed


def _since(record_id: str, after: str) -> str:
    """Return the query for the last changes of each thread's field on a record, after one of that record's events."""
    newest = f"""SELECT x.seq FROM field_change x WHERE x.workspace_id = t.workspace_id AND x.record_id = {record_id}
                 AND x.field = t.field ORDER BY x.seq DESC LIMIT 1 OFFSET {LAST - 1}"""  # noqa: S608
    names = ", ".join(f"c.{column.name}" for column in FieldChange.table.columns)
    return f"""SELECT t.id, {names} FROM thread t JOIN field_change c ON c.workspace_id = t.workspace_id
                 AND c.record_id = {record_id} AND c.field = t.field AND c.seq > {after} AND c.seq >= coalesce(({newest}), 0)
               WHERE t.workspace_id = :workspace_id AND t.id = ANY(:ids) ORDER BY c.seq"""  # noqa: S608


async def _collect(look: Reading, shown: Found, sql: str, *, ids: list[str], **params: Any) -> None:
    for thread_id, *values in await look.fetch(sql, ids=ids, **params) if ids else ():
        row = FieldChange.load(values)
        line = {"at": rfc3339(row.changed_at), "by": row.changed_by, "before": row.before, "after": row.after}
        shown[thread_id].append(line)


async def _hops(look: Reading, moved: list[Thread]) -> list[tuple[Merge, list[str]]]:
    """Return the merges that took these threads along, in order, each with the threads it took."""
    hops: list[tuple[Merge, list[str]]] = []
    on: dict[str, list[str]] = defaultdict(list)
    for row in moved:
        on[row.opened_on].append(row.id)
    while on:
        merges = await look.rows(Merge, "merged_id = ANY(:ids)", ids=list(on))
        hops += [(merge, on[merge.merged_id]) for merge in merges]
        further: dict[str, list[str]] = defaultdict(list)
        for merge in merges:
            further[merge.into_id] += on[merge.merged_id]
        on = further
    return hops
