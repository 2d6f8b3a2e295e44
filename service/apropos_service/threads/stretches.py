"""Stretches of a long thread: forwards, backwards, around a comment.

Law: a stretch costs what it holds, however long the thread is. Comments are numbered 1, 2, 3 without gaps, so a stretch is
from one number to another, whatever is posted meanwhile.
"""

from ..database import Reading
from ..errors import NotFound, ValidationFailed
from .model import Comment, Thread

Stretch = tuple[int, int]
"""The numbers of the first and the last comment."""


def forwards(after: int, limit: int) -> Stretch:
    """Return the `limit` comments after a number."""
    return after + 1, after + limit


def backwards(before: int, limit: int) -> Stretch:
    """Return the `limit` comments before a number."""
    return max(1, before - limit), before - 1


def around(number: int, last: int, limit: int) -> Stretch:
    """Return `limit` comments with this one in the middle, or as near to it as the ends allow."""
    high = min(last, max(number + limit // 2, limit))
    return max(1, high - limit + 1), high


async def beginning(look: Reading, thread: Thread, *, limit: int, **at: str | None) -> Stretch:
    """Return the stretch that `before`, `after` or `around` a comment of the thread is, or its first comments.

    Raises `NotFound` for a comment that is not in the thread, and `ValidationFailed` when more than one is given.
    """
    given = [(name, comment_id) for name, comment_id in at.items() if comment_id is not None]
    if len(given) > 1:
        raise ValidationFailed.at(given[1][0], f"goes without {given[0][0]}")
    if not given:
        return forwards(0, limit)
    [(name, comment_id)] = given
    edge = await look.row(Comment, id=comment_id, thread_id=thread.id)
    if edge is None:
        raise NotFound
    if name == "around":
        return around(edge.number, thread.last_number, limit)
    return backwards(edge.number, limit) if name == "before" else forwards(edge.number, limit)


async def comments(look: Reading, thread: Thread, stretch: Stretch) -> list[Comment]:
    """Return the comments of a stretch, oldest first."""
    where = "thread_id = :id AND number BETWEEN :low AND :high ORDER BY number"
    return await look.rows(Comment, where, id=thread.id, low=stretch[0], high=stretch[1])
