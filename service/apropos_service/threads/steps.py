"""How far a thread came, as counters on its row: asked, answered, decided; and since when a question waits.

Law: whoever changes what is counted calls the room here in the same command, so that reading never counts.
"""

from ..database import Transaction
from ..events import settling as events
from .kind_model import Decision, DecisionIsRecorded, DecisionIsReplaced
from .model import Comment, Thread

WAITING = """SELECT q.posted_at, q.author FROM comment q
             WHERE q.workspace_id = :workspace_id AND q.thread_id = :id AND q.kind = 'question' AND q.answer_id IS NULL
               AND q.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM comment r
                 WHERE r.workspace_id = q.workspace_id AND r.thread_id = q.thread_id AND r.number > q.number
                   AND r.withdrawn_at IS NULL AND coalesce(r.author, '') <> coalesce(q.author, ''))
             ORDER BY q.number LIMIT 1"""


def posted(thread: Thread, comment: Comment) -> None:
    """Take note of a new comment: it asks, or it replies to every question but its author's own."""
    if thread.waiting_since is not None and thread.asked_by != comment.author:
        thread.waiting_since = thread.asked_by = None
    if comment.kind == "question":
        thread.question_count += 1
        if thread.waiting_since is None:
            thread.waiting_since, thread.asked_by = comment.posted_at, comment.author


async def look_again(tx: Transaction, thread: Thread) -> None:
    """Find out anew since when a question waits, after something other than a new comment."""
    found = await tx.fetch(WAITING, id=thread.id) if thread.question_count > thread.answered_count else []
    thread.waiting_since, thread.asked_by = found[0] if found else (None, None)


async def count(tx: Transaction, thread: Thread, comment: Comment, by: int) -> None:
    """Count a comment in (`by` 1) or out (-1) as what it is now."""
    if comment.kind == "question":
        thread.question_count += by
        thread.answered_count += by * (comment.answer_id is not None)
    if comment.kind == "decision":
        decision = await tx.find(Decision, comment.id)
        if decision is not None and decision.stands:
            thread.recorded_count += by
            thread.troubled_count += by * (decision.problem_count > 0)


async def withdrawn(tx: Transaction, thread: Thread, comment: Comment) -> None:
    """Count a comment out, and take it back as the answer of questions. Appends `AnswerWithdrawn` for each of these."""
    await count(tx, thread, comment, -1)
    for question in await tx.rows(Comment, "thread_id = :thread AND answer_id = :id", thread=thread.id, id=comment.id):
        unaccept(tx, thread, question)
    await look_again(tx, thread)


async def restored(tx: Transaction, thread: Thread, comment: Comment) -> None:
    """Count a comment in again; what was accepted or waits is looked at anew."""
    await count(tx, thread, comment, 1)
    await look_again(tx, thread)


def doubt(thread: Thread, decision: Decision | None, by: int) -> None:
    """Take note that `by` more people (fewer, when negative) see a problem with a recorded decision since it was recorded."""
    if decision is not None and by:
        doubted = decision.problem_count > 0
        decision.problem_count += by
        thread.troubled_count += (decision.problem_count > 0) - doubted


async def must_be_proposed(tx: Transaction, comment: Comment) -> None:
    """Raise `DecisionIsRecorded` or `DecisionIsReplaced` when the comment is a decision that is not just proposed."""
    decision = await tx.find(Decision, comment.id) if comment.kind == "decision" else None
    if decision is not None:
        raise DecisionIsReplaced if decision.replaced_by else DecisionIsRecorded


def unaccept(tx: Transaction, thread: Thread, question: Comment) -> None:
    """Take the answer of a question away. Appends `AnswerWithdrawn`."""
    answer_id, question.answer_id = question.answer_id, None
    if answer_id is None:
        return
    question.accepted_by = question.accepted_at = None
    question.version += 1
    thread.answered_count -= question.withdrawn_at is None
    tx.append(events.AnswerWithdrawn(comment_id=question.id, answer_id=answer_id), on=thread, **thread.where())
