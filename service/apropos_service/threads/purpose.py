"""What a discussion is for: filled from a template, possible to reach, and what it must come to in the end.

Law: a template fills only what a draft does not name, and is never in the way: what it cannot resolve stays empty.
"""

from typing import Any

from ..access.model import Workspace
from ..database import Transaction
from ..errors import Problem, ValidationFailed
from ..people.model import Person
from ..records.model import Record
from ..templates.queries import resolve, templates_of
from .audience import Sight, blind, must_be_restricted, must_see_record
from .due import moment
from .wire import ThreadDraft


class OutcomeRequired(Problem):
    """Discussions on this type of record end with an outcome."""

    status = 422


async def settled(tx: Transaction, draft: ThreadDraft, record: Record) -> ThreadDraft:
    """Return the draft as it will be: its template filled in, its visibility, members and due time decided.

    Raises `ValidationFailed` for a template that is none, members of what is not restricted, a due date that is past, a
    sponsor who cannot see the record, and `MemberCannotSee`.
    """
    named = draft.members
    if draft.template is not None:
        draft = draft.model_copy(update=await _from_template(tx, draft, draft.template, record))
    must_be_restricted(draft.visibility, named)
    if tx.caller.guest and draft.visibility == "internal":
        draft = draft.model_copy(update={"visibility": "shared"})
    insiders = {*draft.members, tx.actor_id, draft.sponsor} if draft.visibility == "restricted" else ()
    inside = sorted(one for one in insiders if one)
    sight = Sight(record.name, record.access, draft.visibility, inside)
    due = await moment(tx, draft.due_at, draft.sponsor)
    await must_be_possible(tx, {"sponsor": draft.sponsor, "due_at": due}, sight)
    await must_see_record(tx, draft.members if inside else (), record)
    return draft.model_copy(update={"members": inside, "due_at": due})


async def must_be_possible(tx: Transaction, purpose: dict[str, Any], sight: Sight) -> None:
    """Raise `ValidationFailed` for a due date that is past, or a sponsor of whom it is known that they cannot see it."""
    due, sponsor = purpose.get("due_at"), purpose.get("sponsor")
    if due is not None and due <= tx.now:
        raise ValidationFailed.at("due_at", "is later than now")
    if sponsor is None or (tx.caller.verdicts is None and await tx.look(Person, sponsor) is None):
        return
    if await blind(await tx.reading(), tx.caller, [sponsor], sight):
        raise ValidationFailed.at("sponsor", f"{sponsor} cannot see this discussion; name somebody who can, or give them access")


async def must_say_outcome(tx: Transaction, record: Record, summary: str) -> None:
    """Raise `OutcomeRequired` when the workspace wants one for this type of record and there is none."""
    workspace = await tx.look(Workspace)
    if workspace is not None and record.type in (workspace.require_outcome or ()) and not summary.strip():
        message = "says in a line what the discussion came to"
        raise OutcomeRequired(f"summary: {message}", errors=[{"path": "summary", "message": message}])


async def _from_template(tx: Transaction, draft: ThreadDraft, name: str, record: Record) -> dict[str, Any]:
    """Return what the template says of everything that the draft does not name."""
    look = await tx.reading()
    rows = await templates_of(look, record.type)
    row = next((one for one in rows if one.name == name), None)
    if row is None:
        known = ", ".join(one.name for one in rows) or "none"
        raise ValidationFailed.at("template", f"is one of those for {record.type}: {known}")
    [found] = await resolve(look, record, [row], now=tx.now, verdicts=tx.caller.verdicts)
    insiders = [*found.people, *([found.sponsor] if found.sponsor else [])] if row.visibility == "restricted" else None
    said = {
        "title": row.title, "goal": row.goal, "sponsor": found.sponsor, "due_at": found.due_at, "kind": row.kind,
        "labels": row.labels, "visibility": row.visibility, "members": insiders,
    }  # fmt: skip
    return {member: value for member, value in said.items() if value and member not in draft.model_fields_set}
