"""What some entries of the log are about, looked up as it is now: everything that decides who is told of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..database import Reading
from ..events.log import Entry
from ..people.model import Membership
from ..records.model import Record
from ..threads.kind_model import Action
from ..threads.model import Comment, Thread
from ..threads.watching import Hearing, hearing
from .notice import Standing

LATEST = 20
"""So many comments of a thread are looked at for one that stands in the place of a withdrawn one."""
FIRST_REPLIES = """
SELECT q.id, q.author, (SELECT min(r.number) FROM comment r
   WHERE r.workspace_id = q.workspace_id AND r.thread_id = q.thread_id AND r.number > q.number AND r.withdrawn_at IS NULL
     AND coalesce(r.author, '') <> coalesce(q.author, '')), q.thread_id
FROM comment q WHERE q.workspace_id = :workspace_id AND q.thread_id = ANY(:ids) AND q.kind = 'question'
 AND q.withdrawn_at IS NULL AND q.author IS NOT NULL"""
ACCEPTED = """
SELECT q.thread_id, a.id, a.author FROM comment q JOIN comment a ON a.workspace_id = q.workspace_id AND a.id = q.answer_id
WHERE q.workspace_id = :workspace_id AND q.thread_id = ANY(:ids) AND q.answer_id IS NOT NULL
 AND q.withdrawn_at IS NULL AND a.author IS NOT NULL ORDER BY q.number"""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the entries are about.

    `facts` are by position, `hearing` by thread and person, `members` by group; `askers` are the authors of the questions
    of a thread to which the comment with that number is the first reply, `answers` a thread's accepted answers with their
    authors; `standing` the newest comments of a thread and `reactions` those of a comment, the newest first.
    """

    facts: Mapping[int, Mapping[str, Any]]
    threads: Mapping[str, Thread]
    records: Mapping[str, Record]
    comments: Mapping[str, Comment]
    actions: Mapping[str, Action]
    hearing: Mapping[str, Mapping[str, Hearing]]
    members: Mapping[str, Sequence[str]]
    askers: Mapping[tuple[str, int], Sequence[str]]
    answers: Mapping[str, Sequence[tuple[str, str]]]
    standing: Mapping[str, tuple[Standing, ...]]
    reactions: Mapping[str, tuple[Standing, ...]]


async def scene_of(look: Reading, entries: Sequence[Entry]) -> Scene:
    """Return what these entries of one workspace are about."""
    facts = {entry.position: orjson.loads(entry.data) for entry in entries}
    threads = await _by_id(look, Thread, (entry.thread_id for entry in entries))
    records = await _by_id(look, Record, (row.record_id for row in threads.values()))
    named = {fact.get(name) for fact in facts.values() for name in ("comment_id", "answer_id")}
    comments = await _by_id(look, Comment, named)
    taken_back = {entry.thread_id or "" for entry in entries if entry.type == "comment.withdrawn"}
    unreacted = {facts[entry.position]["comment_id"] for entry in entries if entry.type == "reaction.removed"}
    rows = list(threads.values())
    return Scene(
        facts, threads, records, comments,
        actions=await _by_id(look, Action, (fact.get("action_id") for fact in facts.values())),
        hearing=await hearing(look, rows, records) if rows else {},
        members=await _members(look, comments.values(), facts.values()),
        askers=await _askers(look, [row.id for row in rows if row.question_count]),
        answers=await _answers(look, [row.id for row in rows if row.answered_count]),
        standing={one: await _newest(look, one) for one in sorted(taken_back & threads.keys())},
        reactions={one: await _reactions(look, one) for one in sorted(unreacted & comments.keys())},
    )  # fmt: skip


async def _by_id(look: Reading, cls: Any, ids: Iterable[str | None]) -> dict[str, Any]:
    wanted = sorted({one for one in ids if one})
    return {row.id: row for row in await look.rows(cls, "id = ANY(:ids)", ids=wanted)} if wanted else {}


async def _members(look: Reading, comments: Iterable[Comment], facts: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    targets = {target for row in comments for target in row.mentions} | {fact.get("person_id") for fact in facts}
    groups = sorted({target.removeprefix("group:") for target in targets if target and target.startswith("group:")})
    found = defaultdict(list)
    for row in await look.rows(Membership, "group_id = ANY(:ids) ORDER BY person_id", ids=groups) if groups else ():
        found[row.group_id].append(row.person_id)
    return found


async def _askers(look: Reading, thread_ids: list[str]) -> dict[tuple[str, int], list[str]]:
    found = defaultdict(list)
    for _, author, number, thread_id in await look.fetch(FIRST_REPLIES, ids=thread_ids) if thread_ids else ():
        if number is not None:
            found[thread_id, number].append(author)
    return found


async def _answers(look: Reading, thread_ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    found = defaultdict(list)
    for thread_id, answer_id, author in await look.fetch(ACCEPTED, ids=thread_ids) if thread_ids else ():
        found[thread_id].append((answer_id, author))
    return found


async def _newest(look: Reading, thread_id: str) -> tuple[Standing, ...]:
    where = f"thread_id = :id AND withdrawn_at IS NULL ORDER BY number DESC LIMIT {LATEST}"
    return tuple(Standing(row.author, row.posted_at, row.seq, row.id) for row in await look.rows(Comment, where, id=thread_id))


async def _reactions(look: Reading, comment_id: str) -> tuple[Standing, ...]:
    sql = """SELECT person_id, at FROM reaction WHERE workspace_id = :workspace_id AND comment_id = :id
             ORDER BY at DESC, person_id LIMIT 20"""
    return tuple(Standing(person_id, at, 0, comment_id) for person_id, at in await look.fetch(sql, id=comment_id))
