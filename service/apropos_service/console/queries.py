"""What only the console's pages list: records by what they are called, and how much there is of everything."""

from collections.abc import Sequence
from typing import Any

from ..access.policy import Caller
from ..database import Reading
from ..records.model import Record
from ..records.queries import level_on

LISTED = 50
NUMBERS = """SELECT
  (SELECT count(*) FROM record WHERE workspace_id = :workspace_id),
  (SELECT count(*) FROM person WHERE workspace_id = :workspace_id),
  (SELECT count(*) FROM thread WHERE workspace_id = :workspace_id AND status = 'open' {seen}),
  (SELECT count(*) FROM thread WHERE workspace_id = :workspace_id AND status = 'open' AND due_at < :now {seen}),
  (SELECT count(*) FROM access_key WHERE workspace_id = :workspace_id AND revoked_at IS NULL
     AND (expires_at IS NULL OR expires_at > :now))"""


async def numbers(look: Reading, caller: Caller, now: int) -> dict[str, int]:
    """Return how many records, people, open and overdue discussions and valid keys there are, as far as the caller may see."""
    seen = "" if caller.is_host else "AND visibility <> 'restricted'"
    [row] = await look.fetch(NUMBERS.format(seen=seen), now=now)
    return dict(zip(("records", "people", "open", "overdue", "keys"), row, strict=True))


async def records_called(look: Reading, caller: Caller, text: str, after: str) -> tuple[list[dict[str, Any]], str | None]:
    """Return records whose name or title has this text, in the order of their names, each with its number of open discussions.

    `after` is a name; the second is the one to go on after, `None` on the last page.
    """
    like = "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    where = """(lower(name) LIKE lower(:text) ESCAPE '!' OR lower(coalesce(title, '')) LIKE lower(:text) ESCAPE '!')
               AND name COLLATE "C" > :after ORDER BY name COLLATE "C" LIMIT :limit"""
    found = await look.rows(Record, where, text=like, after=after, limit=LISTED + 1)
    shown = [row for row in found[:LISTED] if level_on(caller, row.name, row)]
    open_ = await _open(look, caller, [row.id for row in shown])
    listed = [{"row": row, "open": open_.get(row.id, 0)} for row in shown]
    return listed, found[LISTED - 1].name if len(found) > LISTED else None


async def _open(look: Reading, caller: Caller, ids: Sequence[str]) -> dict[str, int]:
    seen = "" if caller.is_host else "AND visibility <> 'restricted'"
    sql = f"""SELECT record_id, count(*) FROM thread WHERE workspace_id = :workspace_id AND status = 'open' {seen}
              AND record_id = ANY(:ids) GROUP BY record_id"""  # noqa: S608 it is ours
    return {row[0]: row[1] for row in await look.fetch(sql, ids=list(ids))} if ids else {}
