"""Which comment answers a question: the asker, the thread's sponsor or whoever manages says so.

Law: a question has one accepted answer; accepting another moves the mark, and the log tells of both.
"""

from ..access.policy import RANK, Level
from ..database import Transaction
from ..errors import Forbidden, ValidationFailed, Versions, unless_stale
from ..events import settling as events
from . import steps
from .commands import reach
from .kind_model import CommentIsNoQuestion
from .model import Comment, Thread


async def accept_answer(tx: Transaction, question_id: str, answer_id: str, version: Versions | None) -> Comment:
    """Accept a comment of the same thread as the answer of a question; accepting another moves the mark.

    Appends `AnswerAccepted`, once. Raises `CommentIsNoQuestion`, `CommentIsWithdrawn`, and `ThreadIsResolved` or
    `ThreadIsArchived` when the discussion is over.
    """
    question, thread = await _question(tx, question_id, version)
    answer = await tx.find(Comment, answer_id)
    if answer is None or answer.thread_id != thread.id or answer.id == question.id or answer.withdrawn_at is not None:
        raise ValidationFailed.at("comment_id", "is another comment of the same thread, and not withdrawn")
    if question.answer_id == answer.id:
        return question
    before, question.answer_id = question.answer_id, answer.id
    question.accepted_by, question.accepted_at, question.version = tx.actor_id, tx.now, question.version + 1
    thread.answered_count += before is None
    thread.last_activity_at = tx.now
    tx.append(events.AnswerAccepted(comment_id=question.id, answer_id=answer.id, before=before), on=thread, **thread.where())
    await steps.look_again(tx, thread)
    return question


async def withdraw_answer(tx: Transaction, question_id: str, version: Versions | None) -> Comment:
    """Say that a question has no accepted answer after all. Appends `AnswerWithdrawn` when it had one."""
    question, thread = await _question(tx, question_id, version)
    steps.unaccept(tx, thread, question)
    await steps.look_again(tx, thread)
    return question


async def reach_comment(tx: Transaction, comment_id: str, need: Level) -> tuple[Comment, Thread, int]:
    """Return a comment to change it, its thread and the caller's rank; the thread is locked first.

    Raises `NotFound` or `Forbidden` by the policy.
    """
    found = await tx.look(Comment, comment_id)
    thread, _, rank = await reach(tx, found.thread_id if found else "", need)
    return await tx.get(Comment, comment_id), thread, rank


def must_settle(tx: Transaction, thread: Thread, comment: Comment, rank: int) -> None:
    """Raise `Forbidden` unless the caller wrote the comment, sponsors the thread or manages."""
    if rank < RANK["manage"] and (tx.actor_id is None or tx.actor_id not in (comment.author, thread.sponsor)):
        raise Forbidden("Only its author, the sponsor of the thread and those who manage may do that.")


async def _question(tx: Transaction, question_id: str, version: Versions | None) -> tuple[Comment, Thread]:
    question, thread, rank = await reach_comment(tx, question_id, "comment")
    must_settle(tx, thread, question, rank)
    unless_stale(question, version)
    thread.must_be_open()
    question.must_stand()
    if question.kind != "question":
        raise CommentIsNoQuestion
    return question, thread
