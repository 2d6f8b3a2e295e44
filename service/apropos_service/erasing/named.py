"""Where somebody is named: columns with a person's id, JSON that holds some, mentions in what others wrote.

Law: every table is looked through by how its columns are named, so a new one needs no word here; JSON by `PEOPLE_IN`, which a
test holds to name every column that may. What the host describes (values, settings) and other people's own words are left.
"""

from typing import Any, Final

import orjson

from ..access.model import AccessChange
from ..database import Transaction
from ..inbox.model import InboxEntry
from ..records.model import Record
from ..rows import TABLES, Row, Table
from ..search.commands import say_anew
from ..templates.model import Template
from ..threads import text
from ..threads.model import Comment, CommentVersion, Thread
from ..threads.said import plain
from .queries import like

PEOPLE_IN: Final[tuple[tuple[type[Row], str], ...]] = (
    (Thread, "members"), (Thread, "outcome"), (Comment, "mentions"), (Comment, "removed"), (Record, "access"), (Record, "roles"),
    (Template, "people"), (InboxEntry, "reasons"), (AccessChange, "people"),
)  # fmt: skip
NOBODYS: Final = {"sponsor", "assignee", "owner"}
"""Who shall do something is nobody from then on; who did it is a mark."""
SPARED: Final = {"entry"}
"""The log, which `audit/forgetting.py` goes through."""


async def forget(tx: Transaction, person_id: str, mark: str) -> None:
    """Leave their mark wherever they are named, and drop what was kept for them alone."""
    await _reword(tx, person_id, mark)
    for cls, column in PEOPLE_IN:
        found = f"%{like(orjson.dumps(person_id).decode())}%"
        for row in await tx.rows(cls, f"{column} LIKE :found ESCAPE '!'", found=found):
            setattr(row, column, _without(getattr(row, column), person_id, "" if cls is Template else mark))
    for row in await tx.rows(Comment, "removed LIKE :found", found=f'%"{mark}"%'):
        row.removed = {**row.removed, "reason": None}
    for table in (cls.table for cls in TABLES if cls.table.name not in SPARED):
        await _forget_in(tx, table, person_id, mark)
    sql = "UPDATE mention SET target = :mark WHERE workspace_id = :workspace_id AND target = :person"
    await tx.execute(sql, person=person_id, mark=mark)


def is_theirs(table: Table) -> bool:
    """Tell whether a table's rows are of one person each, and say nothing without them; a vote counts without them."""
    return bool(set(table.people) & set(table.key)) and table.name != "vote"


async def _forget_in(tx: Transaction, table: Table, person_id: str, mark: str) -> None:
    for column in table.people:
        where = f"WHERE workspace_id = :workspace_id AND {column} = :person"
        if is_theirs(table):
            await tx.execute(f"DELETE FROM {table.name} {where}", person=person_id)  # noqa: S608
        elif column in NOBODYS:
            await tx.execute(f"UPDATE {table.name} SET {column} = NULL {where}", person=person_id)  # noqa: S608
        else:
            await tx.execute(f"UPDATE {table.name} SET {column} = :mark {where}", person=person_id, mark=mark)  # noqa: S608


async def _reword(tx: Transaction, person_id: str, mark: str) -> None:
    """Let others' comments mention nobody who can be told."""
    before, found = f"<@{person_id}>", f"%{like(f'<@{person_id}>')}%"
    rows: list[Any] = [*await tx.rows(Comment, "body LIKE :found ESCAPE '!'", found=found)]
    rows += await tx.rows(CommentVersion, "body LIKE :found ESCAPE '!'", found=found)
    for row in rows:
        row.body = row.body.replace(before, f"<@{mark}>")
        shown = await text.said(row.body)
        row.html, row.nodes = shown.html, orjson.dumps(shown.nodes).decode()
        if isinstance(row, Comment):
            await say_anew(tx, row.id, plain(shown.nodes))


def _without(value: Any, person_id: str, mark: str) -> Any:
    """Return JSON with the mark in the place of the id; without the id where there is no mark, or where it names a member."""
    if isinstance(value, dict):
        return {name: _without(one, person_id, mark) for name, one in value.items() if name != person_id}
    if isinstance(value, list):
        return [_without(one, person_id, mark) for one in value if mark or one != person_id]
    return mark if value == person_id else value
