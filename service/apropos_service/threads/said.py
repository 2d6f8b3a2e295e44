"""What is said in a discussion, as plain text: what it is about, its comments, its actions, and what its record is called.

Law: only what stands. What was withdrawn says nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..database import Reading
from ..records.model import Record
from ..rows import Row
from .kind_model import Action
from .model import Comment, Thread

OF: dict[str, type[Any]] = {"rec_": Record, "thr_": Thread, "cmt_": Comment, "act_": Action}
"""What says something, by what its ids begin with."""
BLOCKS = {"p", "li", "tr", "pre", "blockquote", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a record, thread, comment or action with this id says; `thread_id` is `None` for what a record is called."""

    id: str
    record_id: str
    thread_id: str | None
    text: str


async def said(look: Reading, ids: Iterable[str]) -> dict[str, Said]:
    """Return what is said now under these ids, whatever they are of; nothing of what says nothing."""
    wanted = sorted(set(ids))
    rows: list[Any] = []
    for prefix, cls in OF.items():
        some = [one for one in wanted if one.startswith(prefix)]
        rows += await look.rows(cls, "id = ANY(:ids)", ids=some) if some else []
    threads = sorted({row.thread_id for row in rows if isinstance(row, Comment | Action)})
    sql = "SELECT id, record_id FROM thread WHERE workspace_id = :workspace_id AND id = ANY(:ids)"
    records = {row[0]: row[1] for row in await look.fetch(sql, ids=threads)} if threads else {}
    return {row.id: Said(row.id, *_where(row, records), text) for row in rows if (text := text_of(row))}


def text_of(row: Row) -> str:
    """Return what a row says, as plain text."""
    match row:
        case Record():
            return _lines(row.title, row.name.partition(":")[2])
        case Thread():
            return _lines(row.title, row.goal, (row.outcome or {}).get("summary"))
        case Comment():
            return plain(orjson.loads(row.nodes)) if row.withdrawn_at is None else ""
        case Action():
            return row.text
    return ""


def plain(nodes: Sequence[Any]) -> str:
    """Return the text of nodes, with a line for each block; a mention is `@` and its id."""
    return "".join(map(_plain, nodes)).strip()


def _plain(node: Any) -> str:
    if isinstance(node, str):
        return node
    tag, attributes, *children = node
    if tag == "mention":
        return f"@{next(iter(attributes.values()))}"
    inner = "".join(map(_plain, children))
    return f"{inner}\n" if tag in BLOCKS else inner


def _where(row: Any, records: dict[str, str]) -> tuple[str, str | None]:
    if isinstance(row, Record):
        return row.id, None
    return (row.record_id, row.id) if isinstance(row, Thread) else (records[row.thread_id], row.thread_id)


def _lines(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)
