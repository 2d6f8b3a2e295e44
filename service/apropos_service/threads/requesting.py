"""Asking for access: somebody cannot see a record or a discussion, and the host is asked to let them.

Law: the host hears of it, who alone can give access, and who manages sees it wait (`requested`); the answer tells whoever asks
nothing of what is there, nor what became of it.
"""

from collections.abc import Collection

from ..access.policy import must
from ..database import Transaction
from ..errors import IdConflict, NotFound, RateLimited, ValidationFailed
from ..events.catalog import AccessClosed, AccessRequested
from ..ids import new
from ..records.commands import record_for
from ..records.model import Record
from ..records.queries import level_on, record_named
from .commands import reach
from .request_model import AccessRequest, SeesAlready
from .request_wire import AccessRequestDraft
from .requested import about, myself

DAY = 86_400_000
A_DAY = 50
"""So many requests a person may make in a day."""


async def request_access(tx: Transaction, draft: AccessRequestDraft) -> tuple[AccessRequest, bool]:
    """Ask the host to let somebody see a record or a thread. Tells whether it was asked now: the same within a day is the same.

    Appends `AccessRequested`. Raises `NotFound` when somebody asks for others where they may not write, `SeesAlready` when
    they ask for themselves, `IdConflict`, and `RateLimited` after 50 in a day.
    """
    person_id = draft.person_id or tx.caller.must_be_person()
    record = await _place(tx, draft, person_id)
    before = await tx.find(AccessRequest, draft.id) if draft.id else None
    if before is not None:
        if (before.record_id, before.thread_id, before.person_id) != (record.id, draft.thread_id, person_id):
            raise IdConflict
        return before, False
    asked = await tx.rows(AccessRequest, "record_id = :record AND person_id = :person", record=record.id, person=person_id)
    lately = [row for row in asked if row.asked_at > tx.now - DAY]
    same = [row for row in lately if (row.thread_id, row.asked_by) == (draft.thread_id, tx.actor_id)]
    if same:
        return same[0], False
    await _must_not_flood(tx)
    row = tx.add(AccessRequest(
        tx.workspace_id, draft.id or new("ask"), record.id, draft.thread_id, person_id, tx.actor_id, draft.comment, tx.now, seq=0
    ))  # fmt: skip
    tx.append(AccessRequested(request_id=row.id, person_id=person_id), on=row, record_id=record.id)
    return row, True


async def dismiss_request(tx: Transaction, request_id: str) -> None:
    """Put a request away, for everybody: who is told of it may, and a server that manages. Appends `AccessClosed`.

    Raises `NotFound` for anybody else.
    """
    row = await tx.get(AccessRequest, request_id)
    look = await tx.reading()
    found = await about(look, row)
    if tx.caller.is_host:
        must(level_on(tx.caller, "", found.record), "manage")
    elif not found.is_told(tx.caller, await myself(look, tx.caller)):
        raise NotFound
    _close(tx, row, by=tx.actor_id, seen=False)


async def end_requests(tx: Transaction, ids: Collection[str]) -> None:
    """Take note that people see what they were to be let see. Appends `AccessClosed` for each."""
    for request_id in ids:
        row = await tx.find(AccessRequest, request_id)
        if row is not None:
            _close(tx, row, by=row.person_id, seen=True)


def _close(tx: Transaction, row: AccessRequest, *, by: str | None, seen: bool) -> None:
    if row.closed_at is None:
        row.closed_at, row.closed_by = tx.now, by
        tx.append(AccessClosed(request_id=row.id, person_id=row.person_id, seen=seen), on=row, record_id=row.record_id)


async def _place(tx: Transaction, draft: AccessRequestDraft, person_id: str) -> Record:
    """Return the record that it is about; one that nobody spoke of is made, so that the answer does not tell of it."""
    if (draft.record is None) == (draft.thread_id is None):
        raise ValidationFailed.at("record", "goes without thread_id, and one of them is needed")
    for_others = person_id != tx.actor_id
    if draft.thread_id is not None:
        _, record, _ = await reach(tx, draft.thread_id, "comment" if for_others else "read")
        if not for_others:
            raise SeesAlready
        return record
    name = draft.record or ""
    rank = level_on(tx.caller, name, await record_named(await tx.reading(), name), most="comment")
    if for_others:
        must(rank, "comment")
    elif rank:
        raise SeesAlready
    return await record_for(tx, name)


async def _must_not_flood(tx: Transaction) -> None:
    if tx.actor_id is None or tx.caller.is_host:
        return
    asked = await tx.rows(AccessRequest, "asked_by = :me AND asked_at > :since", me=tx.actor_id, since=tx.now - DAY)
    if len(asked) >= A_DAY:
        wait = (min(row.asked_at for row in asked) + DAY - tx.now) // 1000 + 1
        raise RateLimited(f"You asked {A_DAY} times in a day.", retry_after=wait, limit=A_DAY, window=DAY // 1000)
