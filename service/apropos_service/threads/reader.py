"""Learns from the log what is said where, and keeps the words by which it is found.

Law: what is written is what stands in the commit: a comment that was withdrawn or changed meanwhile is left to its own entry.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from ..database import Transaction
from ..events.log import Entry
from ..events.readers import CHUNK, Learnt
from ..search.commands import as_kept
from ..search.model import SaidWords
from .said import OF, Said, said, text_of

ABOUT_THREADS = {"thread.opened", "thread.changed", "thread.resolved", "thread.reopened"}
ABOUT_RECORDS = {"record.described", "record.renamed", "record.merged", "thread.opened"}
ABOUT_OTHERS = {"comment.posted", "comment.edited", "comment.withdrawn", "comment.restored", "action.added", "action.changed"}
LOCKED = ("cmt_", "act_")
"""What the words of must not outlive: it is held while they are written. Threads and records are not: people wait for those."""


class Words:
    """The reader. Its name has a number: with another one, a service reads every log anew and writes all words again."""

    name = "words-1"
    chunk = CHUNK

    def __init__(self, state: Any) -> None:
        """`state` has the database."""
        self._state = state

    async def learn(self, entries: Sequence[Entry], inside: str) -> Learnt:  # noqa: ARG002 it never stops inside an entry
        """Look up what the entries are about, as it is said now."""
        position, ids = entries[-1].position, {one for entry in entries for one in _concerned(entry)}
        if not ids:
            return Learnt(position)
        here = entries[0].workspace_id
        async with self._state.database.reading(here, snapshot=True) as look:
            found = await said(look, ids)
        kept = {}
        for one in found.values():
            kept[one.id] = as_kept(here, one.text)
            await asyncio.sleep(0)
        wanted: list[Any] = [(OF[one[:4]], (here, one)) for one in found if one.startswith(LOCKED)]
        wanted += [(SaidWords, (here, one)) for one in ids]
        return Learnt(position, "", lambda tx: _write(tx, {one: found.get(one) for one in ids}, kept), wanted)

    async def forget(self, tx: Transaction) -> None:
        """Drop all words."""
        for row in await tx.rows(SaidWords, "true"):
            tx.remove(row)


def _concerned(entry: Entry) -> set[str]:
    """Return the ids of what an entry may have changed the words of."""
    found = {entry.thread_id if entry.type in ABOUT_THREADS else None, entry.record_id if entry.type in ABOUT_RECORDS else None}
    if entry.type in ABOUT_OTHERS:
        facts = orjson.loads(entry.data)
        found |= {facts.get("comment_id"), facts.get("action_id")}
    return {one for one in found if one}


async def _write(tx: Transaction, found: Mapping[str, Said | None], kept: Mapping[str, str]) -> None:
    for one, then in sorted(found.items()):
        row, source = await tx.find(SaidWords, one), await _source(tx, one)
        if source is None or then is None:
            if row is not None:
                tx.remove(row)
        elif text_of(source) != then.text:
            continue
        elif row is None:
            tx.add(SaidWords(tx.workspace_id, one, then.record_id, then.thread_id, kept[one]))
        else:
            row.record_id, row.words = then.record_id, kept[one]


async def _source(tx: Transaction, one: str) -> Any:
    cls = OF[one[:4]]
    return await (tx.find(cls, one) if one.startswith(LOCKED) else tx.look(cls, one))
