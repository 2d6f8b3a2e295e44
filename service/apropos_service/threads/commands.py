"""Every write of a discussion; each appends its event in the same commit."""

from typing import Any

import orjson

from ..access.policy import Level, may_see, must
from ..database import Transaction
from ..errors import Forbidden, IdConflict, NotFound, ValidationFailed, Versions, unless_stale
from ..events import catalog as events
from ..ids import new
from ..records.commands import record_for
from ..records.model import Record
from ..records.queries import level_on
from ..search.commands import unsay
from . import mentioning, purpose, repeated, steps
from .attaching import attach
from .audience import Sight
from .due import due_at, moment
from .model import Comment, CommentVersion, Mention, Participation, Thread
from .text import Rendered
from .wire import CommentDraft, ResolutionDraft, ThreadDraft, ThreadPatch


async def open_thread(tx: Transaction, draft: ThreadDraft, said: Rendered) -> tuple[Thread, bool]:
    """Open a discussion with its first comment; the record may be new. Tells whether it was created now.

    Appends `ThreadOpened` and `CommentPosted`. Raises `NotFound` when the caller may not see the record,
    `RecordIsArchived`, and `MentionRefused`.
    """
    before = await tx.find(Thread, draft.id) if draft.id else None
    if before is not None:
        await reach(tx, before.id, "read")
        return await repeated.thread(tx, before, draft), False
    taken = await tx.look(Comment, draft.comment_id) if draft.comment_id else None
    if taken is not None:
        await reach(tx, taken.thread_id, "read")
        raise IdConflict
    record = await record_for(tx, draft.record)
    must(level_on(tx.caller, draft.record, record), "comment")
    record.must_take_threads()
    asked = repeated.fingerprint(draft)
    draft = await purpose.settled(tx, draft, record)
    due = due_at(draft.due_at, None)
    await mentioning.must_see(tx, said.mentions, Sight(record.name, record.access, draft.visibility, draft.members))
    thread = tx.add(Thread(
        tx.workspace_id, draft.id or new("thr"), record.id, draft.field, draft.title, "open", draft.visibility, draft.members,
        draft.goal, draft.sponsor, due, draft.template, draft.labels, draft.metadata, None, record.field(draft.field),
        tx.actor_id, opened_at=tx.now, last_activity_at=tx.now, comment_count=0, last_number=0, question_count=0, version=1, seq=0,
        opened_on=record.id, opened_on_seq=record.seq, draft=asked,
    ))  # fmt: skip
    comment_id = draft.comment_id or new("cmt")
    tx.append(events.ThreadOpened(comment_id=comment_id), on=thread, **thread.where())
    first = CommentDraft(id=comment_id, body=draft.body, kind=draft.kind, attachments=draft.attachments)
    await _add_comment(tx, thread, record, first, said)
    return thread, True


async def post_comment(tx: Transaction, thread_id: str, draft: CommentDraft, said: Rendered) -> tuple[Comment, bool]:
    """Add a comment to an open thread. Tells whether it was created now.

    Appends `CommentPosted`. Raises `NotFound` if the caller may not see the thread, `ThreadIsResolved` or
    `ThreadIsArchived` if the discussion is over, and `MentionRefused`.
    """
    thread, record, _ = await reach(tx, thread_id, "comment")
    before = await tx.find(Comment, draft.id) if draft.id else None
    if before is not None:
        await reach(tx, before.thread_id, "read")
        return await repeated.comment(tx, before, thread_id, draft), False
    thread.must_be_open()
    if draft.quote_id:
        quoted = await tx.look(Comment, draft.quote_id)
        if quoted is None or quoted.thread_id != thread_id:
            raise ValidationFailed.at("quote_id", "is a comment of the same thread")
    await mentioning.must_see(tx, said.mentions, Sight.of(thread, record))
    return await _add_comment(tx, thread, record, draft, said), True


async def edit_comment(tx: Transaction, comment_id: str, body: str, said: Rendered, version: Versions | None) -> Comment:
    """Change what a comment says; the earlier text stays in its history.

    Appends `CommentEdited`, and `MentionAdded` for each person it did not mention before. Raises `CommentIsWithdrawn`,
    `DecisionIsRecorded` and `DecisionIsReplaced` (people agreed to what it says), and `MentionRefused` for somebody it did not
    mention before.
    """
    comment, thread, record = await _own(tx, comment_id)
    unless_stale(comment, version)
    thread.must_be_open()
    comment.must_stand()
    if comment.body == body:
        return comment
    await steps.must_be_proposed(tx, comment)
    fresh = [target for target in said.mentions if target not in comment.mentions]
    await mentioning.must_see(tx, fresh, Sight.of(thread, record))
    _keep_version(tx, comment)
    await unsay(tx, comment.id)
    comment.body, comment.html, comment.nodes, comment.mentions = body, said.html, _tree(said), list(said.mentions)
    comment.edited_at, comment.version = tx.now, comment.version + 1
    tx.append(events.CommentEdited(comment_id=comment.id, version=comment.version), on=thread, **thread.where())
    for target in fresh:
        if await tx.find(Mention, comment.id, target) is None:
            tx.add(Mention(tx.workspace_id, comment.id, target, thread.id, comment.number))
        tx.append(events.MentionAdded(comment_id=comment.id, person_id=target), on=thread, **thread.where())
    return comment


async def change_thread(tx: Transaction, thread_id: str, patch: ThreadPatch, version: Versions | None) -> Thread:
    """Change the purpose of a thread: only what the patch names. Appends `ThreadChanged`."""
    thread, record, _ = await reach(tx, thread_id, "comment")
    unless_stale(thread, version)
    given: dict[str, Any] = {name: getattr(patch, name) for name in patch.model_fields_set}
    if "due_at" in given:
        given["due_at"] = await moment(tx, patch.due_at, given.get("sponsor", thread.sponsor))
    given = {
        name: ({} if name == "metadata" else []) if value is None and name in ("labels", "metadata") else value
        for name, value in given.items()
    }
    changed = {name: value for name, value in given.items() if getattr(thread, name) != value}
    if not changed:
        return thread
    await purpose.must_be_possible(tx, changed, Sight.of(thread, record))
    for name, value in changed.items():
        setattr(thread, name, value)
    thread.version += 1
    tx.append(events.ThreadChanged(members=tuple(sorted(changed))), on=thread, **thread.where())
    return thread


async def resolve_thread(tx: Transaction, thread_id: str, draft: ResolutionDraft, version: Versions | None) -> Thread:
    """End a discussion with an outcome. Appends `ThreadResolved`; the same outcome again changes nothing."""
    thread, record, _ = await reach(tx, thread_id, "comment")
    unless_stale(thread, version)
    outcome = {"summary": draft.summary, "value": draft.value}
    if thread.status == "resolved" and {name: thread.outcome[name] for name in outcome} == outcome:
        return thread
    await purpose.must_say_outcome(tx, record, draft.summary)
    thread.status, thread.outcome = "resolved", {**outcome, "by": tx.actor_id, "at": tx.now}
    thread.version, thread.last_activity_at = thread.version + 1, tx.now
    tx.append(events.ThreadResolved(), on=thread, **thread.where())
    return thread


async def reopen_thread(tx: Transaction, thread_id: str, reason: str, version: Versions | None) -> Thread:
    """Let a resolved or archived discussion go on. Appends `ThreadReopened`."""
    thread, _, _ = await reach(tx, thread_id, "comment")
    unless_stale(thread, version)
    if thread.status == "open":
        return thread
    thread.status, thread.outcome = "open", None
    thread.version, thread.last_activity_at = thread.version + 1, tx.now
    tx.append(events.ThreadReopened(reason=reason), on=thread, **thread.where())
    return thread


async def archive_thread(tx: Transaction, thread_id: str, version: Versions | None) -> Thread:
    """Put a discussion away; it stays readable. Appends `ThreadArchived`."""
    thread, _, _ = await reach(tx, thread_id, "comment")
    unless_stale(thread, version)
    if thread.status == "archived":
        return thread
    thread.status, thread.version = "archived", thread.version + 1
    tx.append(events.ThreadArchived(), on=thread, **thread.where())
    return thread


async def reach(tx: Transaction, thread_id: str, need: Level) -> tuple[Thread, Record, int]:
    """Return the thread, its record and the caller's rank. Raises `NotFound` or `Forbidden` by the policy."""
    thread = await tx.get(Thread, thread_id)
    record = await tx.look(Record, thread.record_id)
    if record is None:
        raise NotFound
    rank = level_on(tx.caller, record.name, record)
    must(rank, need, seen=may_see(tx.caller, thread.visibility, thread.members))
    return thread, record, rank


async def participation(tx: Transaction, thread: Thread, person_id: str) -> Participation:
    """Return what the thread is to this person, to change it."""
    found = await tx.find(Participation, thread.id, person_id)
    return found or tx.add(Participation(
        tx.workspace_id, thread.id, person_id, wrote=False, watching=None, read_seq=0, read_number=0,
        skipped=thread.last_number - thread.comment_count,
    ))  # fmt: skip


async def _add_comment(tx: Transaction, thread: Thread, record: Record, draft: CommentDraft, said: Rendered) -> Comment:
    thread.last_number, thread.comment_count, thread.last_activity_at = thread.last_number + 1, thread.comment_count + 1, tx.now
    comment = tx.add(Comment(
        tx.workspace_id, draft.id or new("cmt"), thread.id, thread.last_number, thread.seq + 1, draft.kind, tx.actor_id, draft.body,
        said.html, _tree(said), list(said.mentions), draft.quote_id, record.field(thread.field), posted_at=tx.now,
        edited_at=None, withdrawn_at=None, version=1, posted_as=draft.kind,
    ))  # fmt: skip
    await attach(tx, comment, record, draft.attachments)
    steps.posted(thread, comment)
    for target in said.mentions:
        tx.add(Mention(tx.workspace_id, comment.id, target, thread.id, comment.number))
    tx.append(events.CommentPosted(comment_id=comment.id, mentions=said.mentions), on=thread, **thread.where())
    if tx.actor_id:
        (await participation(tx, thread, tx.actor_id)).wrote_next(thread)
    return comment


async def _own(tx: Transaction, comment_id: str) -> tuple[Comment, Thread, Record]:
    found = await tx.look(Comment, comment_id)
    thread, record, _ = await reach(tx, found.thread_id if found else "", "comment")
    comment = await tx.get(Comment, comment_id)
    if comment.author != tx.actor_id:
        raise Forbidden("Only its author may do that.")
    return comment, thread, record


def _keep_version(tx: Transaction, comment: Comment) -> None:
    tx.add(
        CommentVersion(tx.workspace_id, comment.id, comment.version, comment.body, comment.html, comment.nodes, tx.actor_id, tx.now)
    )


def _tree(said: Rendered) -> str:
    """Return the nodes as they are stored: text that goes out as it is."""
    return orjson.dumps(said.nodes).decode()
