"""Reading discussions: whole threads with what belongs to them, many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from ..access.policy import Caller, may_see, must
from ..attachments import queries as attachments
from ..database import Reading
from ..errors import NotFound
from ..people.queries import cards
from ..records.model import Record
from ..records.queries import level_on
from . import changes, kinds, present
from .highlights import highlighted
from .model import Comment, Participation, Thread
from .watching import draws

LAST = 20


async def visible(reading: Reading, caller: Caller, thread_id: str) -> tuple[Thread, Record, int]:
    """Return a thread that the caller may see, its record and the rank on it. Raises `NotFound`."""
    thread = await reading.row(Thread, id=thread_id)
    record = await reading.row(Record, id=thread.record_id) if thread else None
    if thread is None or record is None:
        raise NotFound
    rank = level_on(caller, record.name, record)
    must(rank, "read", seen=may_see(caller, thread.visibility, thread.members))
    return thread, record, rank


async def shown_threads(
    look: Reading,
    caller: Caller,
    found: Sequence[tuple[Thread, Record, int]],
    *,
    render: present.Render = "html",
    comments: bool = True,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return threads as the caller sees them, and the people named in them.

    `comments` as in `whole_threads`. `found` holds thread, record and the caller's rank on it.
    """
    ids = [row.id for row, _, _ in found]
    mine, drawn = await participations(look, caller.person_id, ids), await draws(look, caller.person_id, ids)
    shown = await whole_threads(look, [(row, record) for row, record, _ in found], render=render, comments=comments)
    for thread, (row, _, rank) in zip(shown, found, strict=True):
        own = mine.get(row.id)
        thread["viewer"] = present.viewer(row, caller, rank, own, drawn.level(row, own))
    return shown, await cards(look, present.people_of(named_in(shown)))


async def whole_threads(
    look: Reading, found: Sequence[tuple[Thread, Record]], *, render: present.Render = "html", comments: bool = True
) -> list[dict[str, Any]]:
    """Return threads as they are to everybody.

    With `comments`, each has its last 20 of these, its highlights and actions, and how its value changed.
    """
    rows = [row for row, _ in found]
    wrote = await writers(look, [row.id for row in rows])
    shown = [present.thread(row, record, participants=wrote.get(row.id, [])) for row, record in found]
    if comments:
        last, earlier = await last_comments(look, rows, render=render)
        to_do, changed = await kinds.actions(look, rows), await changes.changes(look, found)
        for thread in shown:
            thread["comments"] = last.get(thread["id"], [])
            thread["highlights"] = earlier.get(thread["id"], [])
            thread["actions"] = to_do.get(thread["id"], [])
            thread["changes"] = changed.get(thread["id"], [])
    return shown


def named_in(shown: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Return these threads and the comments shown in them: where people are named."""
    return chain(shown, *((*thread.get("comments", ()), *thread.get("highlights", ())) for thread in shown))


async def writers(look: Reading, thread_ids: list[str]) -> dict[str, list[str]]:
    """Return who wrote in each thread, ordered by id."""
    sql = """SELECT thread_id, person_id FROM participation
             WHERE workspace_id = :workspace_id AND thread_id = ANY(:ids) AND wrote ORDER BY person_id"""
    found = defaultdict(list)
    for thread_id, person_id in await look.fetch(sql, ids=thread_ids):
        found[thread_id].append(person_id)
    return found


async def participations(look: Reading, person_id: str | None, thread_ids: list[str]) -> dict[str, Participation]:
    """Return what each thread is to this person."""
    if person_id is None or not thread_ids:
        return {}
    rows = await look.rows(Participation, "person_id = :person_id AND thread_id = ANY(:ids)", person_id=person_id, ids=thread_ids)
    return {row.thread_id: row for row in rows}


async def last_comments(
    look: Reading, threads: Sequence[Thread], *, render: present.Render = "html"
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """Return the last 20 comments of each thread, oldest first, and the highlights among those before.

    The statement names the threads, and the least number, for the comments too: PostgreSQL, which takes no statistics of a table
    until it has grown, would else read every comment of the workspace.
    """
    if not threads:
        return {}, {}
    names = ", ".join(f"c.{column.name}" for column in Comment.table.columns)
    sql = f"""SELECT {names} FROM comment c JOIN thread t ON t.workspace_id = c.workspace_id AND t.id = c.thread_id
              WHERE t.workspace_id = :workspace_id AND t.id = ANY(:ids) AND c.number > t.last_number - {LAST}
                AND c.workspace_id = :workspace_id AND c.thread_id = ANY(:ids) AND c.number > :least ORDER BY c.number"""  # noqa: S608
    least = min(row.last_number for row in threads) - LAST
    found = await look.fetch(sql, ids=[row.id for row in threads], least=least)
    earlier = await highlighted(look, threads, last=LAST)
    rows = [*earlier, *(Comment.load(values) for values in found)]
    last: dict[str, list[dict[str, Any]]] = defaultdict(list)
    before: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place, comment in enumerate(await shown_comments(look, rows, render=render)):
        (before if place < len(earlier) else last)[comment["thread_id"]].append(comment)
    return last, before


async def shown_comments(look: Reading, rows: Sequence[Comment], *, render: present.Render = "html") -> list[dict[str, Any]]:
    """Return these comments as they go out, with reactions, files and who saw them."""
    ids = [row.id for row in rows]
    reacted, seen, decided = await reactions(look, ids), await seen_by(look, ids), await kinds.decisions(look, rows)
    attached = {row.id: row.attachments for row in rows if row.attachments and row.withdrawn_at is None}
    files = await attachments.cards(look, chain.from_iterable(attached.values()))
    return [
        present.comment(
            row,
            reacted=reacted.get(row.id, {}),
            seen_by=seen.get(row.id, []),
            attachments=[files[one] for one in attached.get(row.id, ()) if one in files],
            decision=decided.get(row.id),
            render=render,
        )
        for row in rows
    ]


async def reactions(look: Reading, comment_ids: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return who reacted to each comment, by emoji, in the order they came."""
    sql = """SELECT comment_id, emoji, person_id FROM reaction
             WHERE workspace_id = :workspace_id AND comment_id = ANY(:ids) ORDER BY at, person_id"""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for comment_id, emoji, person_id in await look.fetch(sql, ids=comment_ids):
        found[comment_id][emoji].append(person_id)
    return found


async def seen_by(look: Reading, comment_ids: list[str]) -> dict[str, list[str]]:
    """Return who said that they saw each comment, in the order they came."""
    sql = """SELECT comment_id, person_id FROM seen
             WHERE workspace_id = :workspace_id AND comment_id = ANY(:ids) ORDER BY at, person_id"""
    found = defaultdict(list)
    for comment_id, person_id in await look.fetch(sql, ids=comment_ids):
        found[comment_id].append(person_id)
    return found
