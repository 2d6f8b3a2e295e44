"""Files of discussions: who may bring one, have it, and take it away.

Law: a file is for whom its comment is; until it has one, for whom brought it; and while that is withdrawn, for nobody.
"""

from collections.abc import Sequence

from ..access.policy import RANK, Caller, may_see, must
from ..attachments.model import Attachment, LooseFile
from ..attachments.receiving import Arrival
from ..attachments.sweeping import WAIT
from ..database import Reading, Transaction
from ..errors import Forbidden, IdConflict, NotFound
from ..events.catalog import AttachmentRemoved
from ..records.commands import record_for
from ..records.model import Record
from ..records.queries import level_on, record_named
from . import steps
from .answers import reach_comment
from .model import Comment, Thread


async def expect_file(tx: Transaction, place: str, attachment_id: str) -> None:
    """Take note of a file that will be written: it goes again unless a comment takes it within a day."""
    tx.add(LooseFile(tx.workspace_id, place, attachment_id, tx.now + WAIT))


async def bring_attachment(tx: Transaction, arrival: Arrival, attachment_id: str, place: str) -> tuple[Attachment, bool]:
    """Keep a file that was written to `place`, until a comment takes it. Tells whether it was kept now.

    Raises `NotFound` or `Forbidden` by the policy of its record, and `IdConflict` when the id is another file's.
    """
    before = await tx.find(Attachment, attachment_id)
    if before is not None:
        return await _repeated(tx, before, arrival), False
    record = await record_for(tx, arrival.record)
    must(level_on(tx.caller, arrival.record, record), "comment")
    width, height = arrival.sides
    return tx.add(Attachment(
        tx.workspace_id, attachment_id, record.id, arrival.name, arrival.type, arrival.size, width, height,
        thumbnail=arrival.thumbnail is not None, place=place, digest=arrival.digest, uploaded_by=tx.actor_id, uploaded_at=tx.now,
        comment_id=None,
    )), True  # fmt: skip


async def remove_attachment(tx: Transaction, attachment_id: str) -> None:
    """Take a file away, for good: who brought it may, and whoever manages. Appends `AttachmentRemoved` if it had a comment.

    Raises `DecisionIsRecorded` and `DecisionIsReplaced` for somebody who does not manage: people agreed to what it says.
    """
    found = await tx.look(Attachment, attachment_id)
    if found is None:
        raise NotFound
    if found.comment_id is None:
        record = await tx.look(Record, found.record_id)
        must(level_on(tx.caller, "", record), "comment", seen=found.uploaded_by == tx.actor_id)
    else:
        await _take_from(tx, found, found.comment_id)
    row = await tx.get(Attachment, attachment_id)
    loose = await tx.find(LooseFile, row.place) or tx.add(LooseFile(tx.workspace_id, row.place, row.id, tx.now))
    loose.due_at = tx.now
    tx.remove(row)


async def seen(look: Reading, caller: Caller, ids: Sequence[str]) -> list[tuple[Attachment, Record]]:
    """Return those of these files that the caller may have, each with its record, in the order asked."""
    rows = {row.id: row for row in await look.rows(Attachment, "id = ANY(:ids)", ids=list(ids))}
    records = {row.id: row for row in await look.rows(Record, "id = ANY(:ids)", ids=[row.record_id for row in rows.values()])}
    taken = [row.comment_id for row in rows.values() if row.comment_id]
    comments = {row.id: row for row in await look.rows(Comment, "id = ANY(:ids)", ids=taken)} if taken else {}
    about = [row.thread_id for row in comments.values()]
    threads = {row.id: row for row in await look.rows(Thread, "id = ANY(:ids)", ids=about)} if about else {}

    def may_have(row: Attachment) -> bool:
        if not level_on(caller, "", records[row.record_id]):
            return False
        if row.comment_id is None:
            return row.uploaded_by == caller.person_id
        comment = comments[row.comment_id]
        thread = threads[comment.thread_id]
        return comment.withdrawn_at is None and may_see(caller, thread.visibility, thread.members)

    found = [rows[one] for one in dict.fromkeys(ids) if one in rows]
    return [(row, records[row.record_id]) for row in found if may_have(row)]


async def _repeated(tx: Transaction, before: Attachment, arrival: Arrival) -> Attachment:
    look = await tx.reading()
    if not await seen(look, tx.caller, [before.id]):
        raise NotFound
    record = await record_named(look, arrival.record)
    same = record is not None and record.id == before.record_id and before.uploaded_by == tx.actor_id
    if not same or (before.name, before.digest) != (arrival.name, arrival.digest):
        raise IdConflict
    return before


async def _take_from(tx: Transaction, row: Attachment, comment_id: str) -> None:
    comment, thread, rank = await reach_comment(tx, comment_id, "comment")
    manages = rank >= RANK["manage"]
    if row.uploaded_by != tx.actor_id and not manages:
        raise NotFound if comment.withdrawn_at else Forbidden("Only who attached it and those who manage may do that.")
    if not manages:
        await steps.must_be_proposed(tx, comment)
    comment.version += 1
    tx.append(AttachmentRemoved(comment_id=comment.id, attachment_id=row.id), on=thread, **thread.where())
