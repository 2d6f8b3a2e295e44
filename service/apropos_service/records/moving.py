"""Records that get another name, or go into another record.

Law: a thread never loses its way: former names lead on, and so does what went where. A name that was left is free: who
takes it has it, and what it led to until then is found by its present name.
"""

from typing import Any

from ..database import Transaction
from ..errors import Conflict
from ..events.catalog import RecordMerged, RecordRenamed
from .commands import existing, note_changes, record_for
from .model import FormerName, Merge, Record
from .queries import record_named
from .watching import merge_watches

GIVEN = ("title", "url", "status", "owner", "parent")
MOVES = (
    "UPDATE thread SET record_id = :target WHERE workspace_id = :workspace_id AND record_id = :source",
    "UPDATE access_request SET record_id = :target WHERE workspace_id = :workspace_id AND record_id = :source",
    "UPDATE said_words SET record_id = :target WHERE workspace_id = :workspace_id AND record_id = :source",
    "UPDATE attachment SET record_id = :target WHERE workspace_id = :workspace_id AND record_id = :source",
    "UPDATE entry SET record_id = :target WHERE workspace_id = :workspace_id AND record_id = :source AND thread_id IS NOT NULL",
    "UPDATE record_name SET record_id = :target, merged = true WHERE workspace_id = :workspace_id AND record_id = :source",
)


class RecordExists(Conflict):
    """There is already a record with that name; merge the two instead."""


async def rename_record(tx: Transaction, old: str, new_name: str) -> Record:
    """Give a record another name; threads stay and the old name leads here.

    Appends `RecordRenamed`. Raises `RecordExists` when a record has that name now; one that merely had it gives way.
    """
    record = await existing(tx, old)
    if new_name == record.name:
        return record
    if await tx.rows(Record, "name = :name", name=new_name):
        raise RecordExists(f"{new_name} exists; merge {old} into it.")
    await _leave_name(tx, record.name, record.id, merged=False)
    before, record.name = record.name, new_name
    record.type = new_name.partition(":")[0]
    record.version += 1
    for former in await tx.rows(FormerName, "name = :name", name=new_name):
        tx.remove(former)
    tx.append(RecordRenamed(before=before), on=record, record_id=record.id)
    return record


async def merge_records(tx: Transaction, old: str, into: str) -> Record:
    """Move all threads of one record to another and let the old name lead there. Appends `RecordMerged`.

    What the host never said of the other record is taken from the one that goes, but for who may see it.
    """
    source, target = await existing(tx, old), await record_for(tx, into)
    if source.id == target.id:
        raise Conflict("A record cannot be merged into itself.")
    for sql in MOVES:
        await tx.execute(sql, target=target.id, source=source.id)
    await merge_watches(tx, source.id, target.id)
    source, target = await tx.get(Record, source.id), await tx.get(Record, target.id)
    tx.remove(source)
    await tx.reading()
    await _leave_name(tx, source.name, target.id, merged=True)
    filled = await _fill(tx, target, source)
    target.version += 1
    tx.append(RecordMerged(merged=source.name, merged_id=source.id), on=target, record_id=target.id)
    note_changes(tx, target, filled)
    tx.add(Merge(tx.workspace_id, source.id, target.id, target.seq))
    return target


async def _fill(tx: Transaction, target: Record, source: Record) -> dict[str, Any]:
    """Let the target say what only the source said; returns the fields that it has from there, before and after."""
    for name in GIVEN:
        if getattr(target, name) is None:
            setattr(target, name, getattr(source, name))
    if target.parent is not None:
        parent = await record_named(await tx.reading(), target.parent)
        target.parent = None if parent is not None and parent.id == target.id else target.parent
    target.labels = [*target.labels, *(label for label in source.labels if label not in target.labels)]
    target.roles = {**(source.roles or {}), **(target.roles or {})} or None
    fresh = {path: value for path, value in source.fields.items() if path not in target.fields}
    target.fields = {**target.fields, **fresh}
    return {path: {"before": None, "after": value} for path, value in fresh.items()}


async def _leave_name(tx: Transaction, name: str, record_id: str, *, merged: bool) -> None:
    former = await tx.find(FormerName, name)
    if former is None:
        tx.add(FormerName(tx.workspace_id, name, record_id, merged))
    else:
        former.record_id, former.merged = record_id, merged
