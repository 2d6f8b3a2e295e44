"""Bringing made-up discussions into an empty workspace: all in one commit, or nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import tables  # noqa: F401 so that every table is known
from ..access.policy import Caller
from ..clock import Clock
from ..database import Database
from ..database.beside import beside
from ..database.loading import bring
from ..errors import Conflict, NotFound
from ..events.readers import ReaderCursor
from ..events.sealing import Sealing
from .talk import Talk, in_order

Told = Callable[[str, int, int], None]
"""Hears what is being written, how much of it is done, and how much there is."""


class WorkspaceIsUsed(Conflict):
    """What is made up goes into a workspace of its own."""

    published = False


async def fill(
    database: Database, sealing: Sealing, caller: Caller, readers: Callable[[], Sequence[str]], *, comments: int, people: int,
    told: Told,
) -> int:  # fmt: skip
    """Fill the caller's workspace, which nobody uses yet; the `readers` have then learnt of everything.

    They are named while the first rows are made. Returns how many entries the log has. Raises `NotFound`, or `WorkspaceIsUsed`.
    """
    async with database.loading() as connection:
        position, seal = await _log_of(connection, caller.workspace_id)
        talk = Talk(caller, comments, people, sealing, Clock().now(), position, seal)
        async with beside(in_order, talk) as made:
            names = readers()
            async for brought in bring(connection, made):
                told("comments", brought["comment"], comments)
        position += brought["entry"]
        await _end(connection, caller.workspace_id, position, names)
    return position


async def _log_of(connection: Any, here: str) -> tuple[int, str]:
    """Return where the log of a workspace ends, and the seal there; nothing is added to it before the transaction ends."""
    head = await connection.fetch("SELECT position FROM log_head WHERE workspace_id = :here FOR NO KEY UPDATE", here=here)
    if not head:
        raise NotFound(f"There is no workspace {here}. Make one: apropos workspace create NAME")
    if await connection.fetch("SELECT 1 FROM record WHERE workspace_id = :here LIMIT 1", here=here):
        raise WorkspaceIsUsed(f"{here} has records already. Make another: apropos workspace create NAME")
    sql = "SELECT seal FROM entry WHERE workspace_id = :here AND position = :position"
    return head[0][0], (await connection.fetch(sql, here=here, position=head[0][0]))[0][0]


async def _end(connection: Any, here: str, position: int, readers: Sequence[str]) -> None:
    """Let the log end there, and its readers stand at its end."""
    await connection.fetch("UPDATE log_head SET position = :position WHERE workspace_id = :here", position=position, here=here)
    await connection.fetch("DELETE FROM reader_cursor WHERE workspace_id = :here", here=here)
    cursors = [ReaderCursor(here, reader, position, "") for reader in readers]
    await connection.bring(ReaderCursor.table, list(map(ReaderCursor.table.values_of, cursors)))
