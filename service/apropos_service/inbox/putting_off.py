"""What comes back by itself: an entry that was put off, and the counts that were held back in quiet hours."""

from typing import Any

from ..database import Transaction
from ..events.alarms import Alarm, clear_alarm, set_alarm
from ..events.bus import personal_hint
from .model import InboxEntry, InboxMark

SNOOZE, QUIET = "snooze_over", "quiet_over"


def later(person_id: str, at: int, position: int, seq: int) -> dict[str, Any]:
    """Return the reason that somebody wanted to look at a thread later."""
    return {
        "reason": "later", "cause": "later", "event": "inbox.snoozed", "by": person_id, "at": at, "seq": seq, "position": position,
        "comment_id": None, "action_id": None, "since": seq,
    }  # fmt: skip


async def put_off(tx: Transaction, mark: InboxMark, until: int | None) -> None:
    """Leave the person alone with a thread until then; `None`: not any longer."""
    mark.snoozed_until = until
    if until is None:
        await clear_alarm(tx, SNOOZE, mark.thread_id, mark.person_id)
    else:
        alarm = Alarm(tx.workspace_id, SNOOZE, mark.thread_id, mark.person_id, mark.thread_id, until, until)
        await set_alarm(tx, alarm)


async def hold_back(tx: Transaction, person_id: str, until: int) -> None:
    """Give no hint to somebody before their quiet hours are over."""
    await set_alarm(tx, Alarm(tx.workspace_id, QUIET, "", person_id, None, until, until))


async def ring_snooze(tx: Transaction, alarm: Alarm) -> set[str]:
    """Bring an entry back that was put off until now, on top and unread."""
    row = await tx.find(InboxEntry, alarm.person_id, alarm.about)
    mark = await tx.find(InboxMark, alarm.person_id, alarm.about)
    if row is None or mark is None or mark.snoozed_until != alarm.due:
        return set()
    mark.snoozed_until, mark.woken = None, True
    position = await (await tx.reading()).position()
    others = [one for one in row.reasons if one["reason"] != "later"]
    row.reasons = [*others, later(alarm.person_id, alarm.due, position, row.seq)]
    row.position, row.at = position, alarm.due
    return {personal_hint(tx.workspace_id, alarm.person_id)}


async def ring_quiet(tx: Transaction, alarm: Alarm) -> set[str]:
    """Tell somebody what came while it was quiet."""
    return {personal_hint(tx.workspace_id, alarm.person_id)}
