"""What falls due in a discussion, and what happens then: alarms for threads, actions and decisions to look at again.

Law: alarms follow from the rows as they are, so setting them anew is always right. A date is told of once, also when the
inbox is built anew: the log knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from ..database import Transaction
from ..events.alarms import Alarm
from ..events.event import Event
from ..events.log import Entry
from ..events.timing import NoticeDueSoon, NoticeOverdue, NoticeReviewDue
from ..people.hours import morning_before, quiet_until
from ..people.preferences import liked
from ..threads.kind_model import Action, Decision
from ..threads.model import Comment, Thread
from ..wire import rfc3339

SOON, OVERDUE, REVIEW = "due_soon", "overdue", "review_due"
KINDS = [SOON, OVERDUE, REVIEW]
MOVING = {"thread.resolved", "thread.reopened", "thread.archived", "decision.recorded", "decision.changed", "decision.replaced"}
TO_DO = "thread_id = :thread_id AND state = 'open' AND due_at IS NOT NULL"
TO_REVIEW = "thread_id = :thread_id AND review_at IS NOT NULL AND recorded_at IS NOT NULL AND replaced_by IS NULL"


@dataclass(frozen=True, slots=True)
class Date:
    """A thread, an action or a decision (`about`) is due; `owed_by` are those to whom it falls."""

    kind: str
    about: str
    due: int
    owed_by: tuple[str, ...]


def moves_dates(entry: Entry, fact: Mapping[str, Any], thread: Thread) -> bool:
    """Tell whether an entry may have changed what is due in its thread."""
    changed = entry.type == "thread.changed" and {"due_at", "sponsor"} & set(fact.get("members", ()))
    opened = entry.type == "thread.opened" and thread.due_at is not None
    return entry.type in MOVING or entry.type.startswith("action.") or bool(changed or opened)


async def set_dates(tx: Transaction, thread_id: str, since: int) -> None:
    """Set the alarms of a thread by what is due in it now, and take away those that no longer hold.

    Nobody is told that something is due soon when the morning before was past already as it was said, at `since`.
    """
    thread = await tx.look(Thread, thread_id)
    wanted = {(one.kind, one.about, one.person_id): one for one in await _alarms(tx, thread)} if thread else {}
    for row in await tx.rows(Alarm, "thread_id = :thread_id AND kind = ANY(:kinds)", thread_id=thread_id, kinds=KINDS):
        alarm = wanted.get((row.kind, row.about, row.person_id))
        if alarm is not None and row.due == alarm.due:
            row.at = wanted.pop((row.kind, row.about, row.person_id)).at
        else:
            tx.remove(row)
    for alarm in wanted.values():
        if alarm.kind != SOON or alarm.at > since:
            tx.add(alarm)


async def ring_date(tx: Transaction, alarm: Alarm) -> set[str]:
    """Say that something is due, unless that has changed since. Appends `NoticeDueSoon`, `NoticeOverdue` or `NoticeReviewDue`."""
    thread = await tx.find(Thread, alarm.thread_id)
    dates = await _dates(tx, thread) if thread else []
    date = next((one for one in dates if (one.kind, one.about, one.due) == (alarm.kind, alarm.about, alarm.due)), None)
    if thread is not None and date is not None and (date.kind != SOON or date.due > tx.now):
        event = _event(thread, date)
        if not await _was_told(tx, thread, event):
            tx.append(event, on=thread, **thread.where())
    return set()


def soon_at(due: int, likes: Mapping[str, Any]) -> int:
    """Return when to tell somebody that something is due soon: the morning before, outside of their quiet hours."""
    at = morning_before(due, likes["time_zone"])
    return quiet_until(likes["quiet_hours"], likes["time_zone"], at) or at


async def _alarms(tx: Transaction, thread: Thread) -> list[Alarm]:
    dates = await _dates(tx, thread)
    likes = await liked(await tx.reading(), {one for date in dates for one in date.owed_by})
    return [
        Alarm(
            tx.workspace_id, date.kind, date.about, date.owed_by[0] if date.kind == SOON else "", thread.id,
            soon_at(date.due, likes[date.owed_by[0]]) if date.kind == SOON else date.due, date.due,
        )
        for date in dates
        if date.owed_by or date.kind != SOON
    ]  # fmt: skip


async def _dates(tx: Transaction, thread: Thread) -> list[Date]:
    """Return what is due in a thread; work goes on after it is resolved."""
    found = []
    if thread.status == "open" and thread.due_at is not None:
        owed = _people(thread.sponsor or thread.opened_by)
        found += [Date(kind, thread.id, thread.due_at, owed) for kind in (SOON, OVERDUE)]
    if thread.status == "archived":
        return found
    for action in await tx.rows(Action, TO_DO, thread_id=thread.id):
        owed = _people(action.assignee or thread.sponsor or action.created_by)
        found += [Date(kind, action.id, action.due_at or 0, owed) for kind in (SOON, OVERDUE)]
    for decision in await tx.rows(Decision, TO_REVIEW, thread_id=thread.id):
        comment = await tx.look(Comment, decision.comment_id)
        if comment is not None and comment.withdrawn_at is None:
            found.append(Date(REVIEW, comment.id, decision.review_at or 0, _people(comment.author, thread.sponsor)))
    return found


def _people(*who: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in who if one is not None))


def _event(thread: Thread, date: Date) -> Event:
    due, action_id = rfc3339(date.due), date.about if date.about != thread.id else None
    if date.kind == REVIEW:
        return NoticeReviewDue(due, date.about, date.owed_by)
    return (NoticeDueSoon if date.kind == SOON else NoticeOverdue)(due, date.owed_by, action_id)


async def _was_told(tx: Transaction, thread: Thread, event: Event) -> bool:
    sql = "SELECT data FROM entry WHERE workspace_id = :workspace_id AND thread_id = :id AND type = :type"
    said = [orjson.loads(row[0]) for row in await tx.fetch(sql, id=thread.id, type=event.type)]
    about = ("due_at", "action_id", "comment_id")
    return any([one.get(name) for name in about] == [event.facts().get(name) for name in about] for one in said)
