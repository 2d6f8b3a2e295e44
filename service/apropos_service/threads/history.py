"""Every version of a comment: what it said, who wrote that when, and what each changed.

Law: for those who may manage, and for its author unless a moderator removed it.
"""

import asyncio
from itertools import pairwise
from typing import Any

from ..access.policy import Caller, must
from ..database import Reading
from ..errors import NotFound
from ..wire import rfc3339
from . import queries
from .difference import difference
from .model import Comment, CommentVersion

Version = CommentVersion | Comment
Step = tuple[CommentVersion | None, Version]
"""A version and the one before it; the last version of a comment is the comment itself."""


async def steps(look: Reading, caller: Caller, comment_id: str, *, after: int, limit: int) -> tuple[Comment, list[Step]]:
    """Return a comment and its versions past `after`, oldest first: at most `limit` + 1, to tell if more follow.

    Raises `NotFound` and `Forbidden` by the policy.
    """
    comment = await look.row(Comment, id=comment_id)
    if comment is None:
        raise NotFound
    _, _, rank = await queries.visible(look, caller, comment.thread_id)
    theirs = caller.person_id is not None and comment.author == caller.person_id and comment.removed is None
    must(rank, "read" if theirs else "manage")
    its = {"id": comment_id, "after": after}
    before = await look.rows(CommentVersion, "comment_id = :id AND version <= :after ORDER BY version DESC LIMIT 1", **its)
    later = await look.rows(
        CommentVersion, "comment_id = :id AND version > :after ORDER BY version LIMIT :limit", **its, limit=limit + 1
    )
    chain: list[Any] = [before[0] if before else None, *later, *([comment] if len(later) <= limit else ())]
    return comment, list(pairwise(chain))


async def shown(comment: Comment, found: list[Step]) -> list[dict[str, Any]]:
    """Return versions as they go out; telling them apart takes a while, so it is done beside the event loop."""
    return await asyncio.to_thread(lambda: [_shown(comment, *step) for step in found])


def _shown(comment: Comment, before: CommentVersion | None, row: Version) -> dict[str, Any]:
    replaced = (row.replaced_by, rfc3339(row.replaced_at)) if isinstance(row, CommentVersion) else (None, None)
    written = (before.replaced_by, before.replaced_at) if before else (comment.author, comment.posted_at)
    return {
        "version": row.version, "body": row.body, "html": row.html, "written_by": written[0], "written_at": rfc3339(written[1]),
        "replaced_by": replaced[0], "replaced_at": replaced[1],
        "difference": difference(before.body, row.body) if before else None,
    }  # fmt: skip
