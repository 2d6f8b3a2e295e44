"""Discussions by what is said in them: which have all that is asked, and a piece of the text that has most of it.

Law: what is said is found by its words; what is shown is the text as it stands in the same snapshot.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ..database import Reading
from ..database.found import Ask
from ..records.model import Record
from ..search.asking import Asked, Term
from ..search.excerpt import Hits, excerpt
from ..search.model import tag
from .model import Thread
from .present import Render
from .said import Said, said
from .text import html_of

TRIED = 3
"""So many texts of a discussion are read for a snippet."""
READ = 50
"""So many texts of a discussion are read for words in their order, the newest first."""
NEWEST, OFTEN, MANY = 200, 4, 3_000
"""What so many of so many comments, the newest, have is not gathered, nor what so many texts have: threads are gone through in
their order, and looked into. Gathering costs the more the more there are, looking into threads the less."""
SAMPLE = """
SELECT {sums} FROM said_words WHERE said_words.workspace_id = :workspace_id AND said_words.said_id IN (
  SELECT s.said_id FROM said_words s
  WHERE s.workspace_id = :workspace_id AND s.said_id < 'cmt_~' ORDER BY s.said_id DESC LIMIT :newest)"""
COUNTED = """
SELECT count(*) FROM (SELECT 1 FROM said_words
  WHERE said_words.workspace_id = :workspace_id AND FOUND(said_words.words, :{name}) LIMIT :many) them"""
THREADS = """
WITH found AS MATERIALIZED (SELECT said_words.thread_id, said_words.record_id FROM said_words
  WHERE said_words.workspace_id = :workspace_id AND FOUND(said_words.words, :{name}))
SELECT f.thread_id FROM found f WHERE f.thread_id IS NOT NULL
UNION SELECT u.id FROM found f JOIN thread u ON u.workspace_id = :workspace_id AND u.record_id = f.record_id
WHERE coalesce(f.thread_id, '') = ''"""
"""Gathered before threads are looked up: a planner that guesses them to be many goes through all; and by the words alone."""
HOLDING = """
SELECT t.id FROM thread t WHERE t.workspace_id = :workspace_id AND t.id = ANY(:thread_ids) AND """
SAID = """EXISTS (
  SELECT 1 FROM said_words
  WHERE said_words.workspace_id = :workspace_id AND said_words.thread_id = t.id AND HAS(said_words.words, :{name})
  UNION ALL SELECT 1 FROM said_words
  WHERE said_words.workspace_id = :workspace_id AND said_words.said_id = t.record_id AND HAS(said_words.words, :{name}))"""
BEST = """
SELECT thread_id, record_id, said_id FROM (
  SELECT said_words.thread_id, said_words.record_id, said_words.said_id, row_number() OVER (
    PARTITION BY said_words.thread_id, said_words.record_id ORDER BY {score} DESC, said_words.said_id DESC) AS place
  FROM said_words WHERE said_words.workspace_id = :workspace_id
    AND (said_words.thread_id = ANY(:thread_ids) OR said_words.said_id = ANY(:record_ids))
    AND ({found})) best
WHERE place <= :most ORDER BY place"""
SOURCES = {"rec_": "record", "thr_": "thread", "cmt_": "comment", "act_": "action"}


async def often(look: Reading, asked: Asked) -> set[Term]:
    """Return the terms that are said often nowadays, or were said by many."""
    asks = _asks(_named(asked.terms), look.workspace_id)
    sums = ", ".join(f"sum(CASE WHEN HAS(said_words.words, :{name}) THEN 1 ELSE 0 END)" for name in asks)
    counts = await look.fetch(SAMPLE.format(sums=sums), newest=NEWEST, **asks)
    said = [(*one, count or 0) for found in counts for one, count in zip(_named(asked.terms), found, strict=True)]
    return {term for name, term, count in said if count >= OFTEN or (count and await _are_many(look, name, asks[name]))}


def conditions(look: Reading, asked: Asked, left: set[Term]) -> tuple[list[str], dict[str, Ask]]:
    """Return what holds of a thread `t` that has all that is asked, and the parameters; what is `left` out, `holding` sees to."""
    named = [(name, term) for name, term in _named(asked.terms) if term not in left]
    return [f"t.id = ANY(ARRAY({THREADS.format(name=name)}))" for name, _ in named], _asks(named, look.workspace_id)


async def holding(look: Reading, asked: Asked, left: set[Term], found: Sequence[tuple[Thread, Record]]) -> set[str]:
    """Return those of these threads that have what is `left`, and nothing that shall not be there."""
    has = [(name, term) for name, term in _named(asked.terms) if term in left]
    has_not = [(name, term) for name, term in _named(asked.without, "no") if not term.quoted]
    kept = {thread.id for thread, _ in found}
    if kept and (has or has_not):
        where = [*(SAID.format(name=name) for name, _ in has), *(f"NOT {SAID.format(name=name)}" for name, _ in has_not)]
        asks = _asks([*has, *has_not], look.workspace_id)
        kept = {row[0] for row in await look.fetch(HOLDING + " AND ".join(where), thread_ids=sorted(kept), **asks)}
    return await _in_order(look, asked, [one for one in found if one[0].id in kept])


async def add_snippets(
    look: Reading, asked: Asked, shown: Sequence[dict[str, Any]], record_ids: Sequence[str], *, render: Render
) -> None:
    """Add to each thread, whose record has the id beside it, where what was asked is found in it."""
    texts = await _texts(look, asked.terms, list(zip((one["id"] for one in shown), record_ids, strict=True)), most=TRIED)
    for thread in shown:
        thread["snippet"] = _snippet([(Hits(one.text, asked.terms), one) for one in texts[thread["id"]]], render)


async def _are_many(look: Reading, name: str, ask: Ask) -> bool:
    [(count,)] = await look.fetch(COUNTED.format(name=name), many=MANY, **{name: ask})
    return bool(count == MANY)


async def _in_order(look: Reading, asked: Asked, found: Sequence[tuple[Thread, Record]]) -> set[str]:
    """Return those of these threads in which quoted words stand in their order where asked, and do not where not."""
    kept = {thread.id for thread, _ in found}
    for term in [term for term in (*asked.terms, *asked.without) if term.quoted]:
        texts = await _texts(look, [term], [(thread.id, record.id) for thread, record in found], most=READ)
        has = {thread_id for thread_id, some in texts.items() if any(Hits(one.text, [term]).count for one in some)}
        kept = kept & has if term in asked.terms else kept - has
    return kept


def _snippet(tried: Sequence[tuple[Hits, Said]], render: Render) -> dict[str, Any] | None:
    hits, best = max(tried, key=lambda one: one[0].count, default=(None, None))
    if hits is None or best is None or not hits.spans:
        return None
    nodes, kind = excerpt(hits.text, hits.spans), SOURCES[best.id[:4]]
    shown = {"nodes": nodes} if render == "nodes" else {"html": html_of(nodes)}
    return {"source": kind, "comment_id": best.id if kind == "comment" else None, **shown}


async def _texts(look: Reading, terms: Sequence[Term], found: Sequence[tuple[str, str]], *, most: int) -> dict[str, list[Said]]:
    """Return the texts of these threads and their records that have some of the terms, the best first, at most `most` each."""
    if not found:
        return {}
    asks = _asks(_named(terms), look.workspace_id)
    each = [f"HAS(said_words.words, :{name})" for name in asks]
    sql = BEST.format(score=" + ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in each), found=" OR ".join(each))
    threads, records = zip(*found, strict=True)
    rows = await look.fetch(sql, thread_ids=list(threads), record_ids=sorted(set(records)), most=most, **asks)
    texts = await said(look, [said_id for _, _, said_id in rows])
    return {
        thread_id: [
            texts[said_id]
            for at, record, said_id in rows
            if said_id in texts and (at == thread_id or (at is None and record == record_id))
        ]
        for thread_id, record_id in found
    }


def _asks(named: Iterable[tuple[str, Term]], workspace_id: str) -> dict[str, Ask]:
    return {name: Ask(term.any_of, tag(workspace_id)) for name, term in named}


def _named(terms: Sequence[Term], prefix: str = "q") -> list[tuple[str, Term]]:
    return [(f"{prefix}{number}", term) for number, term in enumerate(terms)]
