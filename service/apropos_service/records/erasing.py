"""Erasing a record: nothing that anybody wrote about it stays, in any table.

Law: whatever points at what goes (a column `comment_id`, `thread_id` or `record_id`) goes too, so a new table needs no
word here. The log keeps that something happened, when and by whom; what was said is taken out of it.
"""

from typing import Any

import orjson

from ..access.answered import SEVERAL
from ..database import Transaction
from ..errors import Conflict
from ..events.catalog import CATALOG, RecordErased
from ..rows import TABLES, Table, depth
from .commands import existing
from .model import FormerName, Record

SPARED = {"entry"}
EVER = """WITH RECURSIVE ever(id) AS (
            SELECT CAST(:record_id AS text) UNION
            SELECT m.merged_id FROM record_merge m JOIN ever ON m.into_id = ever.id WHERE m.workspace_id = :workspace_id
          ) SELECT id FROM ever"""
THREADS = "(SELECT id FROM thread WHERE workspace_id = :workspace_id AND record_id = :record_id)"
COMMENTS = f"(SELECT id FROM comment WHERE workspace_id = :workspace_id AND thread_id IN {THREADS})"  # noqa: S608
WHERE = {"comment_id": f"IN {COMMENTS}", "thread_id": f"IN {THREADS}", "record_id": "= ANY(:ever)"}


class RecordIsMerged(Conflict):
    """This name belonged to a record that went into another; erase that one by its own name if it shall go."""


async def erase_record(tx: Transaction, name: str) -> None:
    """Delete a record with all its discussions, for good; runs alone. Appends `RecordErased`.

    Raises `NotFound` when there is none, and `RecordIsMerged` rather than erase one record by the name of another.
    """
    record = await existing(tx, name)
    former = await tx.look(FormerName, name)
    if former is not None and former.merged and name != record.name:
        raise RecordIsMerged(f"{name} went into {record.name}.", record=record.name)
    ever = [row[0] for row in await tx.fetch(EVER, record_id=record.id)]
    await _forget_answers(tx, record, ever)
    await _redact(tx, ever)
    await loosen_files(tx, "record_id = :record_id", record_id=record.id)
    for table in _attached():
        sql = f"DELETE FROM {table.name} WHERE workspace_id = :workspace_id AND {_link(table)} {WHERE[_link(table)]}"  # noqa: S608
        await tx.execute(sql, record_id=record.id, ever=ever)
    await tx.execute("DELETE FROM record_merge WHERE workspace_id = :workspace_id AND merged_id = ANY(:ever)", ever=ever)
    record = await tx.get(Record, record.id)
    tx.append(RecordErased(), on=record, record_id=record.id)
    tx.remove(record)
    tx.scrub()


async def loosen_files(tx: Transaction, where: str, **given: Any) -> None:
    """Let go of the files that satisfy `where`, so that they are deleted (attachments/sweeping.py); for what runs `alone`."""
    files = f"FROM attachment WHERE workspace_id = :workspace_id AND {where}"
    waiting = f"UPDATE loose_file SET due_at = :now WHERE workspace_id = :workspace_id AND place IN (SELECT place {files})"  # noqa: S608
    taken = f"SELECT workspace_id, place, id, :now {files} AND comment_id IS NOT NULL"
    for sql in (waiting, f"INSERT INTO loose_file (workspace_id, place, attachment_id, due_at) {taken}"):
        await tx.execute(sql, now=tx.now, **given)
    await tx.execute(f"DELETE {files}", **given)


def _attached() -> list[Table]:
    """Return every table whose rows are about a comment, a thread or a record, in the order in which they can go."""
    found = [row.table for row in TABLES if row.table.name not in SPARED and _link(row.table)]
    return sorted(found, key=lambda table: (list(WHERE).index(_link(table)), -depth(table.name)))


def _link(table: Table) -> str:
    """Return the column by which a table points at what goes: one that a foreign key holds, if there is one."""
    held = [name for foreign in table.foreign for name in foreign.columns]
    named = [column.name for column in table.columns]
    return next((name for name in (*held, *named) if name in WHERE), "")


async def _forget_answers(tx: Transaction, record: Record, ever: list[str]) -> None:
    """Drop the answers that a repeated request would get, where they tell of what goes."""
    about = f"(about IN {THREADS} OR about = ANY(:ever))"
    await tx.execute(
        f"DELETE FROM idempotency WHERE workspace_id = :workspace_id AND {about}",  # noqa: S608
        record_id=record.id,
        ever=[*ever, SEVERAL],
    )


async def _redact(tx: Transaction, ever: list[str]) -> None:
    """Take out of the log what somebody wrote: ids stay."""
    says = {kind: event.says for kind, event in CATALOG.items() if event.says}
    sql = """SELECT position, type, data FROM entry
             WHERE workspace_id = :workspace_id AND record_id = ANY(:ever) AND type = ANY(:types)"""
    for position, kind, data in await tx.fetch(sql, ever=ever, types=sorted(says)):
        facts = orjson.loads(data)
        silent = {**facts, **{name: _nothing(facts.get(name)) for name in says[kind]}}
        if silent != facts:
            update = "UPDATE entry SET data = :data WHERE workspace_id = :workspace_id AND position = :position"
            await tx.execute(update, data=orjson.dumps(silent).decode(), position=position)


def _nothing(said: Any) -> Any:
    return [] if isinstance(said, list) else None
