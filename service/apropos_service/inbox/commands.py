"""What people do with their inbox: read, put off, be done, and take each of it back.

Law: a mark names the place in the log up to which it holds, so what comes later stands by itself. Nobody else is told.
"""

from ..access.policy import may_see, must
from ..database import Transaction
from ..errors import NotFound, ValidationFailed
from ..records.model import Record
from ..records.queries import level_on
from ..threads.model import Thread
from .model import InboxEntry, InboxMark, InboxRead
from .putting_off import later, put_off
from .wire import InboxReadDraft, InboxUnreadDraft


async def read_entries(tx: Transaction, draft: InboxReadDraft) -> None:
    """Take note of which entries the person has read; threads that are not in their inbox are passed over."""
    person_id = tx.caller.must_be_person()
    rows = await tx.rows(InboxEntry, "person_id = :me AND thread_id = ANY(:ids)", me=person_id, ids=draft.thread_ids)
    for row in rows:
        mark = await _mark(tx, row.person_id, row.thread_id)
        mark.read_position, mark.woken = max(mark.read_position, row.position), False
    if draft.all_before is not None:
        sql = "SELECT max(position) FROM inbox_entry WHERE workspace_id = :workspace_id AND person_id = :me AND at <= :at"
        [(position,)] = await tx.fetch(sql, me=person_id, at=draft.all_before)
        read = await tx.find(InboxRead, person_id) or tx.add(InboxRead(tx.workspace_id, person_id, 0))
        read.position = max(read.position, position or 0)
        for mark in await tx.rows(InboxMark, "person_id = :me AND woken", me=person_id):
            mark.woken = False


async def unread_entries(tx: Transaction, draft: InboxUnreadDraft) -> None:
    """Take back that the person has read entries; threads that are not in their inbox are passed over."""
    person_id = tx.caller.must_be_person()
    sql = "person_id = :me AND thread_id = ANY(:ids) AND position > 0"
    for row in await tx.rows(InboxEntry, sql, me=person_id, ids=draft.thread_ids):
        (await _mark(tx, row.person_id, row.thread_id)).woken = True


async def snooze(tx: Transaction, thread_id: str, until: int | None) -> str:
    """Leave the person alone with a thread until then (milliseconds), whatever comes; `None` brings it back now.

    A thread that was not in their inbox comes into it: they want to look at it later. Raises `NotFound` when they may not see it.
    """
    person_id = await _may_see(tx, thread_id)
    if until is not None and until <= tx.now:
        raise ValidationFailed.at("until", "is a time to come, or null to bring it back now")
    row = await tx.find(InboxEntry, person_id, thread_id)
    if until is None and (row is None or row.position == 0):
        raise NotFound
    if row is None or row.position == 0:
        row = row or tx.add(InboxEntry(tx.workspace_id, person_id, thread_id, 0, 0, 0, done=False, reasons=[]))
        position = await (await tx.reading()).position()
        row.reasons, row.position, row.at = [*row.reasons, later(person_id, tx.now, position, 0)], position, tx.now
    mark = await _mark(tx, person_id, thread_id)
    await put_off(tx, mark, until)
    mark.done_position, mark.done_at, row.done = 0, None, False
    return thread_id


async def be_done(tx: Transaction, thread_id: str) -> str:
    """Put an entry away until something new comes. Raises `NotFound` when there is none."""
    person_id = await _may_see(tx, thread_id)
    row = await tx.find(InboxEntry, person_id, thread_id)
    if row is None or row.position == 0:
        raise NotFound
    if not row.done:
        mark = await _mark(tx, person_id, thread_id)
        mark.done_position = mark.read_position = row.position
        mark.done_at, mark.woken, row.done = tx.now, False, True
        await put_off(tx, mark, None)
    return thread_id


async def undo(tx: Transaction, thread_id: str) -> str:
    """Bring an entry back that was put away. Raises `NotFound` when there is none."""
    person_id = await _may_see(tx, thread_id)
    row = await tx.find(InboxEntry, person_id, thread_id)
    if row is None or row.position == 0:
        raise NotFound
    mark = await _mark(tx, person_id, thread_id)
    mark.done_position, mark.done_at, row.done = 0, None, False
    return thread_id


async def _mark(tx: Transaction, person_id: str, thread_id: str) -> InboxMark:
    return await tx.find(InboxMark, person_id, thread_id) or tx.add(
        InboxMark(tx.workspace_id, person_id, thread_id, 0, 0, None, None, woken=False)
    )


async def _may_see(tx: Transaction, thread_id: str) -> str:
    """Return who the caller is. Raises `NotFound` unless they may see the thread."""
    person_id: str = tx.caller.must_be_person()
    thread = await tx.look(Thread, thread_id)
    record = await tx.look(Record, thread.record_id) if thread else None
    if thread is None or record is None:
        raise NotFound
    must(level_on(tx.caller, record.name, record), "read", seen=may_see(tx.caller, thread.visibility, thread.members))
    return person_id
