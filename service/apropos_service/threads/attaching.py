"""Giving files to a comment.

Law: a file goes with one comment, for good: with the first one that its uploader posts it with.
"""

from collections.abc import Sequence

from ..attachments.model import Attachment, LooseFile
from ..database import Transaction
from ..errors import ValidationFailed
from ..records.model import Record
from .model import Comment


async def attach(tx: Transaction, comment: Comment, record: Record, ids: Sequence[str]) -> None:
    """Give uploads to a new comment. Raises `ValidationFailed`, naming each that is not the caller's or waits elsewhere."""
    found = [await tx.find(Attachment, one) for one in ids]
    waiting = [row for row in found if row is not None and _waits(tx, row, record)]
    usable = {row.id for row in waiting}
    wrong = [
        {"path": f"attachments.{place}", "message": f"{one} is not an upload of yours that waits on {record.name}"}
        for place, one in enumerate(ids)
        if one not in usable or one in ids[:place]
    ]
    if wrong:
        raise ValidationFailed("; ".join(each["message"] for each in wrong), errors=wrong)
    for row in waiting:
        row.comment_id = comment.id
        loose = await tx.find(LooseFile, row.place)
        if loose is not None:
            tx.remove(loose)
    comment.attachments = list(ids) or None


def _waits(tx: Transaction, row: Attachment, record: Record) -> bool:
    return row.comment_id is None and row.uploaded_by == tx.actor_id and row.record_id == record.id
