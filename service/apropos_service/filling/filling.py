"""Bringing made-up discussions into an empty workspace: all in one commit, or nothing."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from ..access.policy import Caller
from ..clock import Clock
from ..database import Database
from ..database.loading import Brought, bring
from ..errors import Conflict, NotFound
from ..events.readers import ReaderCursor
from ..events.sealing import Sealing
from ..rows import Row, depth
from .talk import Talk

Told = Callable[[str, int, int], None]
"""Hears what is being written, how much of it is done, and how much there is."""


class WorkspaceIsUsed(Conflict):
    """What is made up goes into a workspace of its own."""

    published = False


async def fill(
    database: Database, sealing: Sealing, caller: Caller, readers: Sequence[str], *, comments: int, people: int, told: Told
) -> int:
    """Fill the caller's workspace, which nobody uses yet; the `readers` have then learnt of everything.

    Returns how many entries its log has. Raises `NotFound`, or `WorkspaceIsUsed`.
    """
    talk = Talk(caller, comments, people, sealing, Clock().now())
    async with database.loading() as connection:
        position, seal = await _log_of(connection, caller.workspace_id)
        async for _ in bring(connection, map(_in_order, talk.rows(position, seal))):
            told("comments", talk.said, comments)
        await _end(connection, caller.workspace_id, talk.position, readers)
    return talk.position


async def _log_of(connection: Any, here: str) -> tuple[int, str]:
    """Return where the log of a workspace ends, and the seal there; nothing is added to it before the transaction ends."""
    head = await connection.fetch("SELECT position FROM log_head WHERE workspace_id = :here FOR NO KEY UPDATE", here=here)
    if not head:
        raise NotFound(f"There is no workspace {here}. Make one: apropos workspace create NAME")
    if await connection.fetch("SELECT 1 FROM record WHERE workspace_id = :here LIMIT 1", here=here):
        raise WorkspaceIsUsed(f"{here} has records already. Make another: apropos workspace create NAME")
    sql = "SELECT seal FROM entry WHERE workspace_id = :here AND position = :position"
    return head[0][0], (await connection.fetch(sql, here=here, position=head[0][0]))[0][0]


def _in_order(rows: list[Row]) -> list[Brought]:
    """Return the rows by table, those that others point to first."""
    kinds: dict[type[Row], list[Row]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    classes = sorted(kinds, key=lambda cls: depth(cls.table.name))
    return [(cls.table, list(map(cls.table.values_of, kinds[cls]))) for cls in classes]


async def _end(connection: Any, here: str, position: int, readers: Sequence[str]) -> None:
    """Let the log end there, and its readers stand at its end."""
    await connection.fetch("UPDATE log_head SET position = :position WHERE workspace_id = :here", position=position, here=here)
    await connection.fetch("DELETE FROM reader_cursor WHERE workspace_id = :here", here=here)
    cursors = [ReaderCursor(here, reader, position, "") for reader in readers]
    await connection.bring(ReaderCursor.table, list(map(ReaderCursor.table.values_of, cursors)))
