"""Comments over HTTP: writing, changing, taking back, and the small signs people give."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..database import Transaction
from ..http import Expected, Look, Write, answer
from ..paging import Cursor, Cursors, Limit
from ..people.queries import cards
from ..wire import CommentId, Filled, Listing, ThreadId
from . import commands, history, marks, page_wire, present, queries, stretches, text, wire, withdrawing
from .model import Comment, Participation, Thread
from .showing import one_comment

router = APIRouter(prefix="/v1", tags=["threads"])


@router.get("/threads/{thread_id}/comments", response_model=page_wire.CommentPage)
async def list_comments(
    thread_id: ThreadId, look: Look, request: Request, limit: Limit = 20, cursor: Cursor = None, before: CommentId | None = None,
    after: CommentId | None = None, around: CommentId | None = None, render: wire.Render = "html",
) -> Response:  # fmt: skip
    """List the comments of a thread, oldest first: from its beginning, or from where `before`, `after` or `around` says.

    `next` goes on towards the end, `previous` towards the beginning.
    """
    cursors: Cursors = request.app.state.cursors
    here, about = look.caller.workspace_id, f"comments {thread_id}"
    place = cursors.open(here, about, cursor)
    async with look(snapshot=True) as reading:
        thread, _, _ = await queries.visible(reading, look.caller, thread_id)
        if place is None:
            stretch = await stretches.beginning(reading, thread, limit=limit, before=before, after=after, around=around)
        else:
            way = stretches.backwards if place[0] == "before" else stretches.forwards
            stretch = way(place[1], limit)
        rows = await stretches.comments(reading, thread, stretch)
        shown = await queries.shown_comments(reading, rows, render=render)
        people = await cards(reading, present.people_of(shown))
    low, high = (rows[0].number, rows[-1].number) if rows else stretch
    return answer({
        "data": shown, "people": people,
        "next": cursors.seal(here, about, ["after", high]) if rows and high < thread.last_number else None,
        "previous": cursors.seal(here, about, ["before", low]) if low > 1 else None,
    })  # fmt: skip


@router.post("/threads/{thread_id}/comments", response_model=wire.Comment, status_code=201)
async def post_comment(thread_id: ThreadId, draft: wire.CommentDraft, write: Write, render: wire.Render = "html") -> Response:
    """Post a comment to an open thread."""

    async def fresh(tx: Transaction, row: Comment) -> dict[str, Any]:
        if row.posted_at != tx.now or row.attachments:
            shown: dict[str, Any] = await one_comment(render)(tx, row)
            return shown
        return present.comment(row, reacted={}, seen_by=[], render=render)

    here = write.caller.workspace_id
    wanted: list[Any] = [(Thread, (here, thread_id))]
    wanted += [(Comment, (here, draft.id))] if draft.id else []
    wanted += [(Participation, (here, thread_id, write.caller.person_id))] if write.caller.person_id else []
    return await write(commands.post_comment, thread_id, draft, await text.said(draft.body), present=fresh, wanted=wanted)


@router.patch("/comments/{comment_id}", response_model=wire.Comment)
async def edit_comment(
    comment_id: CommentId, patch: wire.CommentPatch, write: Write, expected: Expected, render: wire.Render = "html"
) -> Response:
    """Change what a comment says; its history keeps what it said."""
    return await write(
        commands.edit_comment, comment_id, patch.body, await text.said(patch.body), expected, present=one_comment(render)
    )


@router.delete("/comments/{comment_id}", response_model=wire.Comment)
async def withdraw_comment(
    comment_id: CommentId, write: Write, expected: Expected, render: wire.Render = "html",
    reason: Annotated[Filled | None, Query(max_length=500)] = None,
) -> Response:  # fmt: skip
    """Take one's own comment back, or remove another's, with a reason, as somebody who manages; its place stays."""
    return await write(withdrawing.withdraw_comment, comment_id, expected, reason=reason, present=one_comment(render))


@router.post("/comments/{comment_id}/restore", response_model=wire.Comment)
async def restore_comment(comment_id: CommentId, write: Write, render: wire.Render = "html") -> Response:
    """Bring a withdrawn comment back; one that was removed, only those who manage."""
    return await write(withdrawing.restore_comment, comment_id, present=one_comment(render))


@router.get("/comments/{comment_id}/history", response_model=Listing[page_wire.Version])
async def comment_history(
    comment_id: CommentId, look: Look, request: Request, limit: Limit = 20, cursor: Cursor = None
) -> Response:
    """List every version of a comment, oldest first, and what each changed; for those who may manage, and its author."""
    cursors: Cursors = request.app.state.cursors
    here, about = look.caller.workspace_id, f"history {comment_id}"
    after = cursors.open(here, about, cursor) or 0
    async with look(snapshot=True) as reading:
        comment, found = await history.steps(reading, look.caller, comment_id, after=after, limit=limit)
    page = await history.shown(comment, found[:limit])
    following = cursors.seal(here, about, page[-1]["version"]) if len(found) > limit else None
    return answer({"data": page, "next": following})


@router.put("/comments/{comment_id}/reactions/{emoji}", response_model=wire.Comment)
async def add_reaction(comment_id: CommentId, emoji: wire.Emoji, write: Write, render: wire.Render = "html") -> Response:
    """React to a comment with an emoji."""
    return await write(marks.react, comment_id, emoji, add=True, present=one_comment(render))


@router.delete("/comments/{comment_id}/reactions/{emoji}", response_model=wire.Comment)
async def remove_reaction(comment_id: CommentId, emoji: wire.Emoji, write: Write, render: wire.Render = "html") -> Response:
    """Take a reaction back."""
    return await write(marks.react, comment_id, emoji, add=False, present=one_comment(render))


@router.put("/comments/{comment_id}/seen", response_model=wire.Comment)
async def mark_seen(comment_id: CommentId, write: Write, render: wire.Render = "html") -> Response:
    """Say that the caller saw a comment."""
    return await write(marks.see, comment_id, seen=True, present=one_comment(render))


@router.delete("/comments/{comment_id}/seen", response_model=wire.Comment)
async def unmark_seen(comment_id: CommentId, write: Write, render: wire.Render = "html") -> Response:
    """Take back that the caller saw a comment."""
    return await write(marks.see, comment_id, seen=False, present=one_comment(render))
