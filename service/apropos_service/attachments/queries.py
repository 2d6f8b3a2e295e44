"""Finding the files of comments."""

from collections.abc import Iterable
from typing import Any

from ..database import Reading
from . import wire
from .model import Attachment


async def cards(look: Reading, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the cards of these files by id, as everybody sees them; costs nothing when there are none."""
    wanted = list(ids)
    if not wanted:
        return {}
    names = ", ".join(column.name for column in Attachment.table.columns)
    sql = f"SELECT {names} FROM attachment WHERE workspace_id = :workspace_id AND id = ANY(:ids)"  # noqa: S608 the names are ours
    found = map(Attachment.load, await look.fetch(sql, ids=wanted))
    return {row.id: wire.attached(row) for row in found}
