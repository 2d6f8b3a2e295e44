"""What goes out beside a comment because of its kind, and a thread's actions: read for many at once.

Law: a page without decisions or actions costs no query for them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ..database import Reading
from ..wire import instant, rfc3339
from .kind_model import Action, Decision, Vote
from .model import Comment, Thread

PROPOSED: dict[str, Any] = {
    "state": "proposed", "agree": [], "problems": [], "replaced_by": None, "review_at": None, "recorded_by": None,
    "recorded_at": None,
}  # fmt: skip


def of_kind(row: Comment, decision: dict[str, Any] | None) -> dict[str, Any]:
    """Return the members that a question or a decision has; `decision` is what `decisions` found, if it looked."""
    if row.kind == "question":
        return {"answer_id": row.answer_id, "accepted_by": row.accepted_by, "accepted_at": instant(row.accepted_at)}
    return {"decision": decision or PROPOSED} if row.kind == "decision" else {}


def people_of(row: dict[str, Any]) -> Iterator[str | None]:
    """Yield everybody whom the kind of a comment, an action or a thread's actions name."""
    yield from (row.get(name) for name in ("accepted_by", "assignee", "done_by", "created_by"))
    decision = row.get("decision") or PROPOSED
    yield decision["recorded_by"]
    yield from decision["agree"]
    yield from (problem["person"] for problem in decision["problems"])
    for one in row.get("actions") or ():
        yield from people_of(one)


async def decisions(look: Reading, rows: Sequence[Comment]) -> dict[str, dict[str, Any]]:
    """Return what became of those of these comments that are decisions, by comment."""
    ids = [row.id for row in rows if row.kind == "decision"]
    if not ids:
        return {}
    votes = defaultdict(list)
    for vote in await look.rows(Vote, "comment_id = ANY(:ids) ORDER BY seq", ids=ids):
        votes[vote.comment_id].append(vote)
    found = {row.comment_id: row for row in await look.rows(Decision, "comment_id = ANY(:ids)", ids=ids)}
    return {one: _decision(found.get(one), votes[one]) for one in ids}


async def actions(look: Reading, threads: Sequence[Thread]) -> dict[str, list[dict[str, Any]]]:
    """Return the actions of these threads, oldest first, by thread."""
    ids = [row.id for row in threads if row.action_count]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await look.rows(Action, "thread_id = ANY(:ids) ORDER BY number", ids=ids) if ids else ():
        found[row.thread_id].append(action(row))
    return found


def action(row: Action) -> dict[str, Any]:
    """Return an action as it goes out."""
    return {
        "id": row.id, "thread_id": row.thread_id, "comment_id": row.comment_id, "text": row.text, "assignee": row.assignee,
        "due_at": instant(row.due_at), "state": row.state, "reason": row.reason, "done_at": instant(row.done_at),
        "done_by": row.done_by, "created_by": row.created_by, "created_at": rfc3339(row.created_at), "version": row.version,
    }  # fmt: skip


def _decision(row: Decision | None, votes: list[Vote]) -> dict[str, Any]:
    said = {
        "agree": [vote.person_id for vote in votes if vote.vote == "agree"],
        "problems": [
            {"person": vote.person_id, "text": vote.text, "at": rfc3339(vote.at)} for vote in votes if vote.vote == "problem"
        ],
    }
    if row is None:
        return {**PROPOSED, **said}
    return {
        "state": "replaced" if row.replaced_by else "recorded", **said, "replaced_by": row.replaced_by,
        "review_at": instant(row.review_at), "recorded_by": row.recorded_by, "recorded_at": instant(row.recorded_at),
    }  # fmt: skip
