"""Describing records, and finding the one that a name means; moving and erasing have rooms of their own."""

from typing import Any

from ..access.policy import must
from ..database import Transaction
from ..errors import NotFound
from ..events.catalog import RecordArchived, RecordDescribed
from ..ids import new
from .model import FieldChange, Record, RecordWatch
from .queries import level_on, record_named
from .wire import RecordDraft


async def record_for(tx: Transaction, name: str) -> Record:
    """Return the record with this name, to change it; makes it when nobody spoke of it before."""
    known = await record_named(await tx.reading(), name)
    if known is not None:
        return await tx.get(Record, known.id)
    kind = name.partition(":")[0]
    return tx.add(Record(
        tx.workspace_id, new("rec"), name, kind, title=None, url=None, status=None, fields={}, owner=None, parent=None,
        labels=[], access={}, archived_at=None, seq=0, version=0,
    ))  # fmt: skip


async def existing(tx: Transaction, name: str) -> Record:
    """Return the record with this name or former name, to change it. Raises `NotFound` when there is none."""
    known = await record_named(await tx.reading(), name)
    if known is None:
        raise NotFound(f"No record is called {name}.")
    return await tx.get(Record, known.id)


async def describe_records(tx: Transaction, drafts: list[RecordDraft]) -> list[Record]:
    """Add or update records; what a draft does not name stays.

    Appends `RecordDescribed` for each that changed, and `RecordArchived` for each that is put away.
    """
    return [await _describe(tx, draft) for draft in drafts]


async def watch_record(tx: Transaction, name: str, level: str) -> Record:
    """Choose how much to hear of a record and those under it; nobody else is told. Raises `NotFound` if it is hidden."""
    person_id = tx.caller.must_be_person()
    must(level_on(tx.caller, name, await record_named(await tx.reading(), name)), "read")
    record = await record_for(tx, name)
    mine = await tx.find(RecordWatch, record.id, person_id)
    if mine is None:
        tx.add(RecordWatch(tx.workspace_id, record.id, person_id, level, tx.now))
    elif mine.level != level:
        mine.level, mine.since = level, tx.now
    return record


def note_changes(tx: Transaction, record: Record, changes: dict[str, Any]) -> None:
    """Keep what the record's newest event changed: `{field: {"before", "after"}}`."""
    for path, change in changes.items():
        tx.add(FieldChange(
            tx.workspace_id, record.id, record.seq, path, tx.now, tx.actor_id, before=change["before"], after=change["after"],
        ))  # fmt: skip


async def _describe(tx: Transaction, draft: RecordDraft) -> Record:
    record = await record_for(tx, draft.record)
    given = draft.model_dump(exclude={"record", "fields", "archived", "archived_at"}, exclude_unset=True)
    given = {
        name: value if value is not None or name not in ("labels", "access", "roles") else type(getattr(record, name))()
        for name, value in given.items()
    }
    changed = {name: value for name, value in given.items() if getattr(record, name) != value}
    fields, changes = _fields(record, draft)
    since = draft.archived_since(tx.now, record.archived_at)
    archives = (since is None) != (record.archived_at is None)
    described = bool(changed or changes or fields != record.fields)
    if not (described or archives) and record.version:
        return record
    for name, value in changed.items():
        setattr(record, name, value)
    record.fields = fields
    record.version += 1
    if archives:
        record.archived_at = since
    if described or not archives or since is None:
        tx.append(RecordDescribed(changed=len(changes)), on=record, record_id=record.id)
        note_changes(tx, record, changes)
    if archives and since is not None:
        tx.append(RecordArchived(), on=record, record_id=record.id)
    return record


def _fields(record: Record, draft: RecordDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields as they are now, and those whose value changed, before and after."""
    fields, changes = dict(record.fields), {}
    for path, given in draft.fields.items():
        before = fields.get(path)
        after = {**(before or {}), **given.model_dump(exclude_unset=True)} if given else None
        if after is None:
            fields.pop(path, None)
        else:
            fields[path] = after
        if (before or {}).get("value") != (after or {}).get("value"):
            changes[path] = {"before": before, "after": after}
    return fields, changes
