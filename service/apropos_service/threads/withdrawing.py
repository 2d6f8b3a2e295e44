"""Taking a comment back, or away: its author withdraws it, a moderator removes it and may say why.

Law: its place stays, and what was removed comes back only by a moderator's hand.
"""

from ..access.policy import RANK
from ..database import Transaction
from ..errors import Forbidden, ValidationFailed, Versions, unless_stale
from ..events import catalog as events
from ..search.commands import unsay
from . import steps
from .answers import reach_comment
from .model import Comment, CommentIsErased, Participation, Thread


async def withdraw_comment(tx: Transaction, comment_id: str, version: Versions | None, *, reason: str | None = None) -> Comment:
    """Withdraw one's own comment, or remove another's as somebody who manages. Appends `CommentWithdrawn`.

    As an accepted answer it is taken back too: appends `AnswerWithdrawn`. Raises `DecisionIsRecorded` and
    `DecisionIsReplaced` for an author who does not manage.
    """
    comment, thread, rank = await reach_comment(tx, comment_id, "comment")
    removes = comment.author != tx.actor_id
    if removes and rank < RANK["manage"]:
        raise Forbidden("Only its author and those who manage may do that.")
    if reason is not None and not removes:
        raise ValidationFailed.at("reason", "goes with removing what somebody else wrote")
    unless_stale(comment, version)
    if comment.removed is not None or (comment.withdrawn_at is not None and not removes):
        return comment
    if rank < RANK["manage"]:
        await steps.must_be_proposed(tx, comment)
    if removes:
        comment.removed = {"by": tx.actor_id, "reason": reason, "at": tx.now}
    await take_away(tx, thread, comment)
    return comment


async def take_away(tx: Transaction, thread: Thread, comment: Comment) -> None:
    """Let a comment be withdrawn, also once more. Appends `CommentWithdrawn`, and `AnswerWithdrawn` where it was one."""
    comment.version += 1
    await unsay(tx, comment.id)
    goes, comment.withdrawn_at = comment.withdrawn_at is None, comment.withdrawn_at or tx.now
    told = events.CommentWithdrawn(comment_id=comment.id, version=comment.version, again=not goes)
    tx.append(told, on=thread, **thread.where())
    if goes:
        await _count(tx, thread, comment, -1)
        await steps.withdrawn(tx, thread, comment)


async def restore_comment(tx: Transaction, comment_id: str) -> Comment:
    """Bring a withdrawn comment back: its author may, unless it was removed, and those who manage. Appends `CommentRestored`.

    Raises `CommentIsErased` when nothing of it is left.
    """
    comment, thread, rank = await reach_comment(tx, comment_id, "comment")
    if rank < RANK["manage"] and (comment.author != tx.actor_id or comment.removed is not None):
        raise Forbidden("A moderator removed it." if comment.author == tx.actor_id else "Only its author may do that.")
    if comment.withdrawn_at is None:
        return comment
    if not comment.body:
        raise CommentIsErased
    comment.withdrawn_at, comment.removed, comment.version = None, None, comment.version + 1
    await _count(tx, thread, comment, 1)
    await steps.restored(tx, thread, comment)
    tx.append(events.CommentRestored(comment_id=comment.id), on=thread, **thread.where())
    return comment


async def _count(tx: Transaction, thread: Thread, comment: Comment, by: int) -> None:
    """Count a comment in or out, and let it wait again or no longer for those who have not read it."""
    thread.comment_count += by
    where = "thread_id = :thread_id AND read_number < :number AND person_id <> :author"
    for row in await tx.rows(Participation, where, thread_id=comment.thread_id, number=comment.number, author=comment.author or ""):
        row.skipped -= by
