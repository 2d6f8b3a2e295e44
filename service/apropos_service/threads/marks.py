"""Small things people do with a discussion: react, say that they saw, watch, read."""

from ..database import Transaction
from ..errors import ValidationFailed
from ..events import catalog as events
from .commands import participation, reach
from .emoji import one_emoji
from .model import Comment, Participation, Reaction, Seen, Thread


async def react(tx: Transaction, comment_id: str, emoji: str, *, add: bool) -> Comment:
    """Put a person's emoji on a comment, or take it off. Appends `ReactionAdded` or `ReactionRemoved` once.

    Raises `CommentIsWithdrawn` for an emoji that it does not have yet; what is there is still taken off. Raises
    `ValidationFailed` for what is not exactly one emoji.
    """
    emoji = one_emoji(emoji) or ""
    if not emoji:
        raise ValidationFailed.at("emoji", "is exactly one emoji, such as 👍")
    comment, thread = await _comment(tx, comment_id, writes=True)
    person_id = tx.caller.must_be_person()
    before = await tx.find(Reaction, comment.id, emoji, person_id)
    if add and before is None:
        comment.must_stand()
        tx.add(Reaction(tx.workspace_id, comment.id, emoji, person_id, tx.now))
        tx.append(events.ReactionAdded(comment_id=comment.id, emoji=emoji), on=thread, **thread.where())
    if not add and before is not None:
        tx.remove(before)
        tx.append(events.ReactionRemoved(comment_id=comment.id, emoji=emoji), on=thread, **thread.where())
    return comment


async def see(tx: Transaction, comment_id: str, *, seen: bool) -> Comment:
    """Say that a person saw a comment, or take that back. Appends `CommentSeen` when it changes something.

    Raises `CommentIsWithdrawn` for one that they have not seen.
    """
    comment, thread = await _comment(tx, comment_id, writes=False)
    person_id = tx.caller.must_be_person()
    before = await tx.find(Seen, comment.id, person_id)
    if seen == (before is not None):
        return comment
    if before is None:
        comment.must_stand()
        tx.add(Seen(tx.workspace_id, comment.id, person_id, tx.now))
    else:
        tx.remove(before)
    tx.append(events.CommentSeen(comment_id=comment.id, seen=seen), on=thread, **thread.where())
    return comment


async def watch(tx: Transaction, thread_id: str, level: str) -> Thread:
    """Choose how much to hear of a thread. Appends `WatchChanged` when it changes something."""
    thread, _, _ = await reach(tx, thread_id, "read")
    person_id = tx.caller.must_be_person()
    mine = await participation(tx, thread, person_id)
    if mine.watching != level:
        mine.watching = level
        tx.append(events.WatchChanged(person_id=person_id, level=level), on=thread, **thread.where())
        if level == "all" and not mine.wrote:
            mine.since_seq = thread.seq
    return thread


async def read(tx: Transaction, thread_id: str, seq: int) -> Thread:
    """Take note that a person has read up to `seq`. Never goes back; nobody else is told."""
    thread, _, _ = await reach(tx, thread_id, "read")
    mine = await participation(tx, thread, tx.caller.must_be_person())
    if seq <= mine.read_seq:
        return thread
    mine.read_seq = min(seq, thread.seq)
    if seq >= thread.seq:
        mine.read_number, mine.skipped = thread.last_number, 0
        return thread
    await _read_on(tx, thread, mine, seq)
    return thread


async def _read_on(tx: Transaction, thread: Thread, mine: Participation, seq: int) -> None:
    """Move the mark to the last comment up to `seq`, looking only at those in between."""
    here = {"id": thread.id, "read": mine.read_number}
    past = """SELECT number FROM comment WHERE workspace_id = :workspace_id AND thread_id = :id AND number > :read AND seq > :seq
              ORDER BY number LIMIT 1"""
    found = await tx.fetch(past, **here, seq=seq)
    until = found[0][0] - 1 if found else thread.last_number
    skipped = """SELECT count(*) FROM comment WHERE workspace_id = :workspace_id AND thread_id = :id
                 AND number > :read AND number <= :until AND (author = :me OR withdrawn_at IS NOT NULL)"""
    [(passed,)] = await tx.fetch(skipped, **here, until=until, me=mine.person_id)
    mine.read_number, mine.skipped = until, mine.skipped - passed


async def _comment(tx: Transaction, comment_id: str, *, writes: bool) -> tuple[Comment, Thread]:
    found = await tx.look(Comment, comment_id)
    thread, _, _ = await reach(tx, found.thread_id if found else "", "comment" if writes else "read")
    return await tx.get(Comment, comment_id), thread
