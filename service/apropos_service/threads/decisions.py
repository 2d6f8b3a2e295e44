"""Decisions: people vote on what is proposed; the sponsor, its author or whoever manages records it.

Law: what was recorded is never rewritten. A later decision replaces it, or a problem seen since puts it in doubt, until
it is recorded once more.
"""

from ..access.policy import Level
from ..database import Transaction
from ..errors import ValidationFailed, Versions, unless_stale
from ..events import settling as events
from . import steps
from .answers import must_settle, reach_comment
from .kind_model import (
    CommentIsNoDecision,
    Decision,
    DecisionIsNotRecorded,
    DecisionIsReplaced,
    Vote,
)
from .kind_wire import DecisionRecordDraft, VoteDraft
from .model import Comment, Thread


async def vote(tx: Transaction, decision_id: str, draft: VoteDraft) -> Comment:
    """Say what a person thinks of a decision; one vote a person, the last one counts.

    Appends `DecisionVoted` when it changes something. Raises `CommentIsNoDecision`, `CommentIsWithdrawn`,
    `DecisionIsReplaced`, and `ThreadIsResolved` or `ThreadIsArchived` when the discussion is over.
    """
    comment, thread, decision = await _votable(tx, decision_id)
    person_id = tx.caller.must_be_person()
    if (draft.vote == "problem") != (draft.text is not None):
        says = "is one line that says the problem" if draft.text is None else "goes with a problem"
        raise ValidationFailed.at("text", says)
    mine = await tx.find(Vote, comment.id, person_id)
    if mine is not None and (mine.vote, mine.text) == (draft.vote, draft.text):
        return comment
    troubled = mine is not None and mine.troubles(decision)
    tx.append(events.DecisionVoted(comment_id=comment.id, vote=draft.vote), on=thread, **thread.where())
    if mine is None:
        mine = tx.add(Vote(tx.workspace_id, comment.id, person_id, draft.vote, draft.text, tx.now, thread.seq))
    else:
        mine.vote, mine.text, mine.at, mine.seq = draft.vote, draft.text, tx.now, thread.seq
    steps.doubt(thread, decision, mine.troubles(decision) - troubled)
    thread.last_activity_at = tx.now
    return comment


async def withdraw_vote(tx: Transaction, decision_id: str) -> Comment:
    """Take a person's vote on a decision back. Appends `DecisionVoteWithdrawn` when there was one. Raises like `vote`."""
    comment, thread, decision = await _votable(tx, decision_id)
    mine = await tx.find(Vote, comment.id, tx.caller.must_be_person())
    if mine is not None:
        steps.doubt(thread, decision, -mine.troubles(decision))
        tx.remove(mine)
        tx.append(events.DecisionVoteWithdrawn(comment_id=comment.id, vote=mine.vote), on=thread, **thread.where())
    return comment


async def record_decision(tx: Transaction, decision_id: str, draft: DecisionRecordDraft, version: Versions | None) -> Comment:
    """Let a decision stand, in the place of the one it replaces if that is named; once more clears newer problems.

    Appends `DecisionRecorded`, and `DecisionReplaced` for the other; where it stands already, `DecisionChanged` for
    another review date. Raises like `vote`.
    """
    comment, thread = await _settling(tx, decision_id, version)
    thread.must_be_open()
    decision = await tx.find(Decision, comment.id)
    replaced = await _replaced(tx, thread, comment, draft.replaces) if draft.replaces else None
    if decision is None or decision.problem_count:
        decision = await _record(tx, thread, comment, decision, replaced=replaced)
        decision.review_at = _future(tx, decision, draft)
    elif _future(tx, decision, draft) != decision.review_at:
        _change_review(tx, thread, comment, decision, draft.review_at)
    if replaced is not None:
        await _replace(tx, thread, replaced, by=comment)
    return comment


async def change_review(tx: Transaction, decision_id: str, review_at: int | None, version: Versions | None) -> Comment:
    """Change when to look at a recorded decision again, also after the discussion; `None` for never.

    Appends `DecisionChanged`. Raises `DecisionIsNotRecorded`, `DecisionIsReplaced` and `ThreadIsArchived`.
    """
    comment, thread = await _settling(tx, decision_id, version)
    thread.must_not_be_archived()
    decision = await tx.find(Decision, comment.id)
    if decision is None:
        raise DecisionIsNotRecorded
    if _future(tx, decision, DecisionRecordDraft.model_construct({"review_at"}, review_at=review_at)) != decision.review_at:
        _change_review(tx, thread, comment, decision, review_at)
    return comment


async def _record(
    tx: Transaction, thread: Thread, comment: Comment, decision: Decision | None, *, replaced: Comment | None
) -> Decision:
    if decision is None:
        thread.recorded_count += 1
        decision = tx.add(Decision(
            tx.workspace_id, comment.id, thread.id, None, None, 0, review_at=None, replaced_by=None, problem_count=0,
        ))  # fmt: skip
    steps.doubt(thread, decision, -decision.problem_count)
    comment.version += 1
    event = events.DecisionRecorded(comment_id=comment.id, replaces=replaced.id if replaced else None)
    tx.append(event, on=thread, **thread.where())
    decision.recorded_by, decision.recorded_at, decision.recorded_seq = tx.actor_id, tx.now, thread.seq
    thread.last_activity_at = tx.now
    return decision


async def _replaced(tx: Transaction, thread: Thread, comment: Comment, other_id: str) -> Comment | None:
    """Return the decision to replace, `None` when that was done before. Raises `DecisionIsReplaced` by yet another."""
    other = await tx.find(Comment, other_id)
    if other is None or other.thread_id != thread.id or other.id == comment.id:
        raise ValidationFailed.at("replaces", "is another decision of the same thread")
    if other.kind != "decision" or other.withdrawn_at is not None:
        raise ValidationFailed.at("replaces", "is another decision of the same thread, and not withdrawn")
    before = await tx.find(Decision, other.id)
    if before is None or before.replaced_by is None:
        return other
    if before.replaced_by != comment.id:
        raise DecisionIsReplaced("What this one shall replace was replaced by another one.", replaced_by=before.replaced_by)
    return None


async def _replace(tx: Transaction, thread: Thread, other: Comment, *, by: Comment) -> None:
    await steps.count(tx, thread, other, -1)
    decision = await tx.find(Decision, other.id) or tx.add(Decision(
        tx.workspace_id, other.id, thread.id, None, None, 0, review_at=None, replaced_by=None, problem_count=0,
    ))  # fmt: skip
    decision.replaced_by, other.version = by.id, other.version + 1
    tx.append(events.DecisionReplaced(comment_id=other.id, replaced_by=by.id), on=thread, **thread.where())


def _change_review(tx: Transaction, thread: Thread, comment: Comment, decision: Decision, review_at: int | None) -> None:
    decision.review_at, comment.version = review_at, comment.version + 1
    tx.append(events.DecisionChanged(comment_id=comment.id, members=("review_at",)), on=thread, **thread.where())


def _future(tx: Transaction, decision: Decision, draft: DecisionRecordDraft) -> int | None:
    """Return the review date that a draft leads to: what it does not name stays."""
    if "review_at" not in draft.model_fields_set or draft.review_at == decision.review_at:
        return decision.review_at
    if draft.review_at is not None and draft.review_at <= tx.now:
        raise ValidationFailed.at("review_at", "is later than now")
    return draft.review_at


async def _votable(tx: Transaction, decision_id: str) -> tuple[Comment, Thread, Decision | None]:
    comment, thread, _ = await _decision(tx, decision_id, "comment")
    thread.must_be_open()
    return comment, thread, await tx.find(Decision, comment.id)


async def _settling(tx: Transaction, decision_id: str, version: Versions | None) -> tuple[Comment, Thread]:
    comment, thread, rank = await _decision(tx, decision_id, "comment")
    must_settle(tx, thread, comment, rank)
    unless_stale(comment, version)
    return comment, thread


async def _decision(tx: Transaction, decision_id: str, need: Level) -> tuple[Comment, Thread, int]:
    comment, thread, rank = await reach_comment(tx, decision_id, need)
    comment.must_stand()
    if comment.kind != "decision":
        raise CommentIsNoDecision
    decision = await tx.find(Decision, comment.id)
    if decision is not None and decision.replaced_by is not None:
        raise DecisionIsReplaced(replaced_by=decision.replaced_by)
    return comment, thread, rank
