"""What somebody wrote: comments with their versions and files, what discussions are about and came to, actions, reasons.

Law: a text is of who set it last, which the log knows; a comment becomes a stub in its place, so nobody's replies lose theirs.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from ..database import Transaction
from ..events.catalog import ThreadChanged
from ..events.settling import ActionChanged
from ..records.erasing import loosen_files
from ..search.commands import unsay
from ..threads import withdrawing
from ..threads.kind_model import Action
from ..threads.model import Comment, Thread
from .model import TextSetter

SAYS: Final = {"thread.reopened": ("reason",), "reaction.added": ("emoji",), "reaction.removed": ("emoji",)}
"""Facts of what somebody did that are words of theirs."""
GONE: Final = "…"
"""What stands where a text has to be."""
TEXTS: Final[Mapping[str, Any]] = {"title": None, "goal": None, "labels": [], "metadata": {}}
MINE = "SELECT id FROM comment WHERE workspace_id = :workspace_id AND author = :person"
CHANGES = """SELECT thread_id, actor_id, type, data FROM entry WHERE workspace_id = :workspace_id
             AND type IN ('thread.changed', 'action.changed', 'action.dropped') AND {where} ORDER BY position"""

Setters = dict[tuple[str, str], str | None]
"""Who set a member of a thread or action last, by its id and the member's name."""
SettersIn = dict[tuple[str, str, str], str | None]
"""The same, by the thread's id too."""


async def take_away(tx: Transaction, person_id: str, threads: Iterable[str]) -> None:
    """Erase what they wrote in these threads. Appends `CommentWithdrawn`, `ThreadChanged` and `ActionChanged`."""
    setters = await _setters(tx, sorted(threads))
    for comment in await tx.rows(Comment, "author = :person ORDER BY thread_id, number", person=person_id):
        await _stub(tx, comment)
    for thread in await tx.rows(Thread, "id = ANY(:threads) ORDER BY id", threads=sorted(threads)):
        await _empty(tx, thread, setters, person_id)
    theirs = {row[0] for row in await tx.fetch(MINE, person=person_id)}
    for action in await tx.rows(Action, "thread_id = ANY(:threads) ORDER BY id", threads=sorted(threads)):
        await _silence(tx, action, setters, person_id, quotes=action.comment_id in theirs)
    where = "workspace_id = :workspace_id"
    for sql in (
        f"DELETE FROM comment_version WHERE {where} AND comment_id IN ({MINE})",  # noqa: S608
        f"DELETE FROM mention WHERE {where} AND comment_id IN ({MINE})",  # noqa: S608
        f"UPDATE vote SET text = '{GONE}' WHERE {where} AND person_id = :person AND text IS NOT NULL",  # noqa: S608
        f"DELETE FROM access_request WHERE {where} AND (person_id = :person OR asked_by = :person)",  # noqa: S608
    ):
        await tx.execute(sql, person=person_id)
    await loosen_files(tx, f"(uploaded_by = :person OR comment_id IN ({MINE}))", person=person_id)


async def _stub(tx: Transaction, comment: Comment) -> None:
    if comment.withdrawn_at is None:
        await withdrawing.take_away(tx, await tx.get(Thread, comment.thread_id), comment)
    comment.body, comment.html, comment.nodes, comment.mentions, comment.attachments = "", "", "[]", [], []


async def _empty(tx: Transaction, thread: Thread, setters: Setters, person_id: str) -> None:
    setter = {name: setters.get((thread.id, name), thread.opened_by) for name in TEXTS}
    gone = [name for name in TEXTS if setter[name] == person_id and getattr(thread, name)]
    for name in gone:
        setattr(thread, name, TEXTS[name])
    if thread.outcome and thread.outcome["by"] == person_id:
        thread.outcome = {**thread.outcome, "summary": GONE}
        gone.append("outcome")
    if gone:
        thread.version += 1
        await unsay(tx, thread.id)
        tx.append(ThreadChanged(members=tuple(gone)), on=thread, **thread.where())


async def _silence(tx: Transaction, action: Action, setters: Setters, person_id: str, *, quotes: bool) -> None:
    """Empty an action where they said what is to do, in a message that it `quotes` perhaps, or why it is not done."""
    wrote = setters.get((action.id, "text"), person_id if quotes else action.created_by)
    gone = [name for name, who in (("text", wrote), ("reason", setters.get((action.id, "reason")))) if who == person_id]
    gone = [name for name in gone if getattr(action, name)]
    if not gone:
        return
    for name in gone:
        setattr(action, name, GONE)
    action.version += 1
    await unsay(tx, action.id)
    thread = await tx.get(Thread, action.thread_id)
    assignee = action.assignee if action.assignee != person_id else None
    told = ActionChanged(action_id=action.id, members=tuple(gone), assignee=assignee)
    tx.append(told, on=thread, **thread.where())


async def _setters(tx: Transaction, threads: list[str]) -> Setters:
    pruned = await tx.rows(TextSetter, "thread_id = ANY(:threads)", threads=threads)
    kept = await setters_in(tx, "thread_id = ANY(:threads)", threads=threads)
    return {(row.about, row.member): row.set_by for row in pruned} | {(about, name): who for (_, about, name), who in kept.items()}


async def setters_in(tx: Transaction, where: str, **given: Any) -> SettersIn:
    """Return who set which text last, by the entries of the log that satisfy `where`."""
    found: SettersIn = {}
    for thread_id, actor_id, kind, data in await tx.fetch(CHANGES.format(where=where), **given):
        facts = orjson.loads(data)
        for name in ("reason",) if kind == "action.dropped" else facts["members"]:
            found[thread_id, facts.get("action_id") or thread_id, name] = actor_id
    return found
