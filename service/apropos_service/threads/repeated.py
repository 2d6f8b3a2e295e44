"""Creating is safe to repeat: the same id with the same content is what exists, with other content a conflict."""

import hashlib

import orjson

from ..database import Transaction
from ..errors import IdConflict
from ..records.queries import record_named
from .model import Comment, CommentVersion, Thread
from .wire import CommentDraft, ThreadDraft

APART = {"id", "comment_id", "record", "body", "attachments"}
"""What is compared with what is kept: a record may have another name by now, a text be gone for good."""


def fingerprint(draft: ThreadDraft) -> str:
    """Return what tells whether two drafts ask for the same purpose, audience, labels and first comment."""
    asked = draft.model_dump(exclude=APART)
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def thread(tx: Transaction, before: Thread, draft: ThreadDraft) -> Thread:
    """Return the thread that this draft opened before. Raises `IdConflict` when it was another one."""
    record = await record_named(await tx.reading(), draft.record)
    first = await tx.rows(Comment, "thread_id = :id AND number = 1", id=before.id)
    same = record is not None and record.id == before.record_id and before.opened_by == tx.actor_id
    same = same and before.draft in ("", fingerprint(draft)) and before.field == draft.field
    same = same and first != [] and draft.comment_id in (None, first[0].id)
    if not same or await _first_text(tx, first[0]) != draft.body or (first[0].attachments or []) != draft.attachments:
        raise IdConflict
    return before


async def comment(tx: Transaction, before: Comment, thread_id: str, draft: CommentDraft) -> Comment:
    """Return the comment that this draft posted before. Raises `IdConflict` when it was another one."""
    same = before.thread_id == thread_id and before.author == tx.actor_id and before.quote_id == draft.quote_id
    same = same and (before.attachments or []) == draft.attachments
    if not same or before.posted_as != draft.kind or await _first_text(tx, before) != draft.body:
        raise IdConflict
    return before


async def _first_text(tx: Transaction, comment: Comment) -> str:
    """Return what a comment said when it was posted, whatever was made of it since."""
    first = None if comment.edited_at is None else await tx.look(CommentVersion, comment.id, 1)
    if first is None and comment.edited_at is not None:
        earlier = await tx.rows(CommentVersion, "comment_id = :id ORDER BY version LIMIT 1", id=comment.id)
        first = earlier[0] if earlier else None
    return first.body if first else comment.body
