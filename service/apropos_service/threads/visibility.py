"""Who sees a thread: narrowing it at once, widening it in two steps that name who will newly see it.

Law: nobody newly sees a thread unless whoever widened it said just before whom that will be (docs/decisions/0013).
"""

from typing import Any

from ..access.commands import doubt
from ..access.policy import RANK
from ..database import Reading, Transaction
from ..errors import Conflict, Forbidden, Versions, unless_stale
from ..events.catalog import ThreadChanged, ThreadWidened
from ..people.model import Membership
from ..people.queries import cards
from ..records.model import RecordWatch
from .audience import Sight, blind, must_be_restricted, must_see_record
from .commands import reach
from .model import Participation, Thread
from .present import may_narrow
from .wire import VisibilityDraft

EVERYBODY, GUESTS = "all:members", "all:guests"
"""Whom nobody can list: everybody, or every guest, whose token or whom the host lets see the record."""
OPEN_TO = {"restricted": set(), "internal": {EVERYBODY}, "shared": {EVERYBODY, GUESTS}}
NAMED = 200
"""So many people are named of those who may see a record, by id; the others are in `EVERYBODY` and `GUESTS`."""
DRAWN = """SELECT target FROM mention WHERE workspace_id = :workspace_id AND thread_id = :id AND target NOT LIKE 'group:%'
           UNION SELECT assignee FROM action
             WHERE workspace_id = :workspace_id AND thread_id = :id AND assignee IS NOT NULL AND state = 'open'"""


class ConfirmationRequired(Conflict):
    """People would newly see this; send it again with `confirm` equal to `newly_visible_to` if they shall."""


async def set_visibility(tx: Transaction, thread_id: str, draft: VisibilityDraft, version: Versions | None) -> Thread:
    """Let a thread be seen by others than before. Who restricts it and its sponsor are among its members.

    Appends `ThreadWidened` when somebody newly sees it, `ThreadChanged` otherwise; the same again changes nothing. Raises
    `ConfirmationRequired`, `MemberCannotSee`, and `Forbidden` by what `may_narrow` and the level `manage` allow.
    """
    thread, record, rank = await reach(tx, thread_id, "comment")
    unless_stale(thread, version)
    members = _members(tx, thread, draft)
    if (draft.visibility, members) == (thread.visibility, thread.members):
        return thread
    if not may_narrow(thread, tx.actor_id, rank):
        raise Forbidden("Only who opened the discussion, its sponsor and those who manage may change who sees it.")
    before, after = Sight.of(thread, record), Sight(record.name, record.access, draft.visibility, members, thread.id)
    await must_see_record(tx, set(draft.members or ()) - set(thread.members), record)
    newly = await _newly(tx, thread, before, after)
    if newly and rank < RANK["manage"]:
        raise Forbidden("Others would newly see this: that needs the level manage on the record.", needs="manage")
    if newly and set(draft.confirm or ()) != newly:
        people = await cards(await tx.reading(), newly - {EVERYBODY, GUESTS})
        raise ConfirmationRequired(newly_visible_to=sorted(newly), people=people)
    was = {"visibility": thread.visibility, "members": thread.members}
    changed = [name for name, value in (("members", members), ("visibility", draft.visibility)) if value != was[name]]
    thread.visibility, thread.members, thread.version = draft.visibility, members, thread.version + 1
    event = ThreadWidened(was=was, newly=tuple(sorted(newly))) if newly else ThreadChanged(members=tuple(changed), was=was)
    tx.append(event, on=thread, **thread.where())
    await doubt(tx)
    return thread


def _members(tx: Transaction, thread: Thread, draft: VisibilityDraft) -> list[str]:
    must_be_restricted(draft.visibility, draft.members)
    if draft.visibility != "restricted":
        return []
    named = thread.members if draft.members is None else draft.members
    return sorted({one for one in (*named, tx.actor_id, thread.sponsor) if one})


async def _newly(tx: Transaction, thread: Thread, before: Sight, after: Sight) -> set[str]:
    """Return who will newly see it: people by id, and those whom nobody can list."""
    look = await tx.reading()
    opened = OPEN_TO[after.visibility] - OPEN_TO[before.visibility]
    known = await _known(look, thread, before) if opened else ()
    people = {*known, *after.members} - {tx.actor_id or ""}
    unseeing = await blind(look, tx.caller, people, before) if people else set()
    return opened | (unseeing - await blind(look, tx.caller, unseeing, after) if unseeing else set())


async def _known(look: Reading, thread: Thread, sight: Sight) -> list[str]:
    """Return people of whom something is known on the record or in the thread, at most `NAMED`, by id."""
    access: Any = sight.access or {}
    groups = sorted(access.get("groups") or ())
    in_groups = await look.rows(Membership, "group_id = ANY(:ids) ORDER BY person_id", ids=groups) if groups else []
    wrote = await look.rows(Participation, "thread_id = :id AND wrote", id=thread.id)
    watch = await look.rows(RecordWatch, "record_id = :id", id=thread.record_id)
    drawn = await look.fetch(DRAWN, id=thread.id)
    found = {thread.sponsor, thread.opened_by, *(access.get("people") or ()), *(row[0] for row in drawn)}
    found.update(row.person_id for rows in (in_groups, wrote, watch) for row in rows)
    return sorted(one for one in found if one)[:NAMED]
