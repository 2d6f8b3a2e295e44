"""Answers, decisions and actions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from ..errors import ValidationFailed
from ..http import Expected, Look, Write, answer
from ..paging import Cursor, Cursors, Limit
from ..wire import ActionId, CommentId, Listing, ThreadId
from . import actions, answers, decisions, kind_wire, kinds, queries, turning, wire
from .kind_model import Action
from .showing import one_action, one_comment

router = APIRouter(prefix="/v1", tags=["threads"])


@router.put("/comments/{comment_id}/answer", response_model=wire.Comment)
async def accept_answer(
    comment_id: CommentId, draft: kind_wire.AnswerDraft, write: Write, expected: Expected, render: wire.Render = "html"
) -> Response:
    """Accept a comment of the same thread as the answer of a question: its asker may, the sponsor, and whoever manages."""
    return await write(answers.accept_answer, comment_id, draft.comment_id, expected, present=one_comment(render))


@router.delete("/comments/{comment_id}/answer", response_model=wire.Comment)
async def withdraw_answer(comment_id: CommentId, write: Write, expected: Expected, render: wire.Render = "html") -> Response:
    """Say that a question has no accepted answer after all."""
    return await write(answers.withdraw_answer, comment_id, expected, present=one_comment(render))


@router.put("/comments/{comment_id}/vote", response_model=wire.Comment)
async def vote(comment_id: CommentId, draft: kind_wire.VoteDraft, write: Write, render: wire.Render = "html") -> Response:
    """Agree to a decision, or say the problem in one line; one vote a person, the last one counts."""
    return await write(decisions.vote, comment_id, draft, present=one_comment(render))


@router.delete("/comments/{comment_id}/vote", response_model=wire.Comment)
async def withdraw_vote(comment_id: CommentId, write: Write, render: wire.Render = "html") -> Response:
    """Take the caller's vote on a decision back."""
    return await write(decisions.withdraw_vote, comment_id, present=one_comment(render))


@router.put("/comments/{comment_id}/record", response_model=wire.Comment)
async def record_decision(
    comment_id: CommentId,
    draft: Annotated[kind_wire.DecisionRecordDraft, Body(default_factory=kind_wire.DecisionRecordDraft)],
    write: Write,
    expected: Expected, render: wire.Render = "html",
) -> Response:  # fmt: skip
    """Record a decision, also in the place of another: its author may, the sponsor, and whoever manages."""
    return await write(decisions.record_decision, comment_id, draft, expected, present=one_comment(render))


@router.patch("/comments/{comment_id}/record", response_model=wire.Comment)
async def change_review(
    comment_id: CommentId, patch: kind_wire.ReviewPatch, write: Write, expected: Expected, render: wire.Render = "html"
) -> Response:
    """Change when to look at a recorded decision again, also after the discussion was resolved."""
    return await write(decisions.change_review, comment_id, patch.review_at, expected, present=one_comment(render))


@router.post(
    "/comments/{comment_id}/turn-into", response_model=wire.Comment | kind_wire.Action,
    responses={201: {"model": kind_wire.Action, "description": "The action that was made"}},
)  # fmt: skip
async def turn_into(
    comment_id: CommentId, draft: kind_wire.TurnDraft, write: Write, expected: Expected, render: wire.Render = "html"
) -> Response:
    """Turn a comment into another kind, or make an action of its first line: that answers 201 with the action."""
    if draft.kind == "action":
        return await write(turning.turn_into_action, comment_id, draft, expected, present=one_action)
    for name in ("id", "assignee", "due_at"):
        if getattr(draft, name) is not None:
            raise ValidationFailed.at(name, "goes with the kind action")
    return await write(turning.turn_comment, comment_id, draft, expected, present=one_comment(render))


@router.get("/threads/{thread_id}/actions", response_model=Listing[kind_wire.Action])
async def list_actions(thread_id: ThreadId, look: Look, request: Request, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """List the actions of a thread, oldest first."""
    cursors: Cursors = request.app.state.cursors
    here, about = look.caller.workspace_id, f"actions {thread_id}"
    after = cursors.open(here, about, cursor) or 0
    async with look(snapshot=True) as reading:
        await queries.visible(reading, look.caller, thread_id)
        where = "thread_id = :id AND number > :after ORDER BY number LIMIT :limit"
        rows = await reading.rows(Action, where, id=thread_id, after=after, limit=limit + 1)
    following = cursors.seal(here, about, rows[limit - 1].number) if len(rows) > limit else None
    return answer({"data": [kinds.action(row) for row in rows[:limit]], "next": following})


@router.post("/threads/{thread_id}/actions", response_model=kind_wire.Action, status_code=201)
async def add_action(thread_id: ThreadId, draft: kind_wire.ActionDraft, write: Write) -> Response:
    """Add something to do to an open thread; a day as due date is the end of that day where the assignee is."""
    return await write(actions.add_action, thread_id, draft, present=one_action)


@router.patch("/actions/{action_id}", response_model=kind_wire.Action)
async def change_action(action_id: ActionId, patch: kind_wire.ActionPatch, write: Write, expected: Expected) -> Response:
    """Change an action, do it, drop it with a reason or open it again; also after the discussion was resolved."""
    return await write(actions.change_action, action_id, patch, expected, present=one_action)
