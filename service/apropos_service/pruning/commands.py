"""Taking the beginning off a workspace's log.

Law: nothing goes that a reader has not read, that is parked, or that a webhook or a replay still owes. Each step is an act in
the log that says how far it went and which seal stood there, so what is left is still a chain that nobody can shorten unseen.
"""

from typing import Any, Final

from ..database import Transaction
from ..erasing.model import TextSetter
from ..erasing.written import setters_in
from ..events.log import Entry, LogHead
from ..threads.model import Thread

CHUNK = 1_000
PRUNED: Final = "log.pruned"
OWED = """SELECT min(position) FROM (
            SELECT min(d.position) AS position FROM delivery d
              JOIN endpoint e ON e.workspace_id = d.workspace_id AND e.id = d.endpoint_id
              WHERE d.workspace_id = :workspace_id AND d.due_at IS NOT NULL AND (e.enabled OR e.disabled_at >= :oldest)
            UNION ALL SELECT min(position) + 1 FROM replay WHERE workspace_id = :workspace_id
            UNION ALL SELECT min(position) FROM parked_entry WHERE workspace_id = :workspace_id) AS owed"""
GIVEN_UP = """UPDATE delivery SET due_at = NULL, state = 'failed'
              WHERE workspace_id = :workspace_id AND due_at IS NOT NULL AND position <= :until"""
READ = "SELECT count(*), min(position) FROM reader_cursor WHERE workspace_id = :workspace_id AND reader = ANY(:readers)"


async def prune(tx: Transaction, readers: list[str], oldest: int) -> bool:
    """Take the next entries off the log that are older than `oldest` (milliseconds since 1970); runs alone.

    The newest entry stays. What is owed to a webhook that was disabled before `oldest` is given up. Notes `log.pruned`. Tells
    whether there may be more.
    """
    head = await tx.get(LogHead)  # whoever owes an entry anew holds this too
    until, seal = await _due(tx, head, await _floor(tx, head, readers, oldest), oldest)
    if until == head.pruned:
        return False
    await _note_setters(tx, until)
    for sql in (GIVEN_UP, "DELETE FROM entry WHERE workspace_id = :workspace_id AND position <= :until"):
        await tx.execute(sql, until=until)
    head = await tx.get(LogHead)
    before, head.pruned, head.forgotten = head.pruned, until, max(head.forgotten, until)
    tx.note(PRUNED, tx.workspace_id, until=until, after=seal)
    return until - before == CHUNK


async def _floor(tx: Transaction, head: LogHead, readers: list[str], oldest: int) -> int:
    """Return the last place that nobody needs."""
    [(count, read)] = await tx.fetch(READ, readers=readers)
    if count < len(readers):
        return head.pruned
    [(owed,)] = await tx.fetch(OWED, oldest=oldest)
    needed: list[int] = [read, owed - 1] if owed is not None else [read]
    return min(head.position - 1, *needed)


async def _due(tx: Transaction, head: LogHead, floor: int, oldest: int) -> tuple[int, str]:
    """Return how far to go in this step, and the seal there."""
    until, seal = head.pruned, ""
    where = f"position > :pruned AND position <= :floor ORDER BY position LIMIT {CHUNK}"
    for entry in await (await tx.reading()).rows(Entry, where, pruned=head.pruned, floor=floor):
        if entry.at >= oldest:
            break
        until, seal = entry.position, entry.seal
    return until, seal


async def _note_setters(tx: Transaction, until: int) -> None:
    """Keep who set which text, which only these entries tell, of threads that were not erased since."""
    setters = await setters_in(tx, "position <= :until", until=until)
    there = {row.id for row in await tx.rows(Thread, "id = ANY(:threads)", threads=sorted({one for one, _, _ in setters}))}
    for (thread_id, about, member), who in setters.items():
        if thread_id not in there:
            continue
        row: Any = await tx.find(TextSetter, about, member)
        if row is None:
            tx.add(TextSetter(tx.workspace_id, about, member, thread_id, who))
        else:
            row.set_by = who
