"""The log: every entry of a workspace, in commit order.

Law: `position` is taken from the workspace's one counter as the last step before the commit, so a reader that
stands at a position can never miss an earlier entry that commits later (docs/decisions/0003). It is the audit log too: each
entry says who made it, by what right and from where, and carries a seal (docs/decisions/0020).
"""

from collections import defaultdict
from typing import Any

from ..errors import Problem
from ..rows import Foreign, Index, Row, table
from ..wire import rfc3339
from .sealing import Sealing

ERASED = "record.erased"
"""What every listener has to know that goes on from a place in the log, whichever record it listens to."""


ELSEWHERE = {"record.renamed", "record.merged", ERASED}
"""What may concern those who listen to another record than its own."""


@table("log_head", key=("workspace_id",))
class LogHead(Row):
    """How far a workspace's log has come.

    Up to `forgotten`, nobody knows any more from where it was written; up to `pruned`, its entries are gone (`pruning`).
    """

    workspace_id: str
    position: int
    forgotten: int = 0
    pruned: int = 0


@table("entry", key=("workspace_id", "position"), foreign=[Foreign(("workspace_id",), "log_head")], indexes=[
    Index(("workspace_id", "record_id", "position")), Index(("workspace_id", "thread_id", "position")),
    Index(("workspace_id", "position"), where=f"type = '{ERASED}'"),
])  # fmt: skip
class Entry(Row):
    """An event as it stands in the log: ids and the few facts a reader needs to decide; or an act (`acts.py`).

    `actor_id` is the person who acted, `caller` the key or operator that let it in (`None`: the person's own token, or the
    service itself), `origin` the address it came from. What was forgotten of these is a mark (`sealing.py`).
    """

    workspace_id: str
    position: int
    id: str
    type: str
    record_id: str | None
    thread_id: str | None
    seq: int
    actor_id: str | None
    at: int
    data: str
    caller: str | None = None
    origin: str | None = None
    seal: str = ""


class NoLongerKept(Problem):
    """That place in the log is older than what is kept of it."""

    status = 410


def begins(entry: Entry) -> bool:
    """Tell whether an entry may be the first that is heard of a record by those who listen to it."""
    return entry.seq == 1 or entry.type in ELSEWHERE


async def number(connection: Any, entries: list[Entry], sealing: Sealing) -> None:
    """Give the entries of one commit their positions, which are this commit's until it ends, and their seals."""
    by_workspace = defaultdict(list)
    for entry in entries:
        by_workspace[entry.workspace_id].append(entry)
    for workspace_id in sorted(by_workspace):
        await _number(connection, workspace_id, by_workspace[workspace_id], sealing)


async def _number(connection: Any, workspace_id: str, entries: list[Entry], sealing: Sealing) -> None:
    sql = """UPDATE log_head SET position = position + :count WHERE workspace_id = :workspace_id RETURNING position,
             (SELECT seal FROM entry WHERE entry.workspace_id = :workspace_id AND entry.position = log_head.position - :count)"""
    [(position, seal)] = await connection.fetch(sql, count=len(entries), workspace_id=workspace_id)
    before = position - len(entries)
    if seal is None and before:  # the statement waited for another commit, whose entries it does not see
        where = "workspace_id = :workspace_id AND position = :before"
        seal = (await connection.fetch(f"SELECT seal FROM entry WHERE {where}", workspace_id=workspace_id, before=before))[0][0]  # noqa: S608
    for place, entry in enumerate(entries, before + 1):
        entry.position = place
        entry.seal = seal = sealing.seal(entry, seal or "")


async def entries_after(
    look: Any, position: int, *, limit: int, types: list[str] | None = None, record_id: str | None = None, acts: bool = False
) -> list[Entry]:
    """Return the entries after `position`, oldest first, at most `limit`; of these types or this record if given.

    Those that are no events are among them only with `acts`.
    """
    where = "position > :position" if acts else "position > :position AND seq > 0"
    params: dict[str, Any] = {"position": position, "limit": limit}
    if types:
        where, params["types"] = f"{where} AND type = ANY(:types)", types
    if record_id:
        where, params["record_id"] = f"{where} AND record_id = :record_id", record_id
    found: list[Entry] = await look.rows(Entry, f"{where} ORDER BY position LIMIT :limit", **params)
    return found


async def erased_between(look: Any, after: int, until: int) -> bool:
    """Tell whether a record of the workspace was erased after one place in the log, up to another."""
    where = f"position > :after AND position <= :until AND type = '{ERASED}' LIMIT 1"
    return bool(await look.rows(Entry, where, after=after, until=until))


async def aged(look: Any, mark: str, oldest: int) -> list[str]:
    """Return the workspaces whose first entry after `mark`, a member of `LogHead`, was written before `oldest`.

    SQLite takes what is joined so in this order: it would else read every log there is.
    """
    sql = f"""SELECT h.workspace_id FROM log_head h CROSS JOIN entry e
              WHERE e.workspace_id = h.workspace_id AND e.position = h.{mark} + 1 AND e.at < :oldest"""  # noqa: S608 ours
    return [row[0] for row in await look.fetch(sql, oldest=oldest)]


async def was_pruned(look: Any, position: int) -> bool:
    """Tell whether something that came after this place in the log is gone."""
    return bool(await look.rows(LogHead, "pruned > :position", position=position))


async def must_be_kept(look: Any, position: int) -> None:
    """Raise `NoLongerKept`, from when on the log is kept, where something that came after this place is gone."""
    if await was_pruned(look, position):
        [first] = await look.rows(Entry, "true ORDER BY position LIMIT 1")
        since = rfc3339(first.at)
        raise NoLongerKept(f"The log is kept since {since}; what came before that, after this place, is gone.", kept_since=since)
