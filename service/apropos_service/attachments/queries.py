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
    names = ", ".join(f"a.{column.name}" for column in Attachment.table.columns)
    sql = f"""SELECT r.name, {names} FROM attachment a JOIN record r ON r.workspace_id = a.workspace_id AND r.id = a.record_id
              WHERE a.workspace_id = :workspace_id AND a.id = ANY(:ids)"""  # noqa: S608 the names are ours
    found = [(row[0], Attachment.load(tuple(row)[1:])) for row in await look.fetch(sql, ids=wanted)]
    return {row.id: wire.attachment(row, record) for record, row in found}
