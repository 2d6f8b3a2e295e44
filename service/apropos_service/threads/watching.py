"""How much people hear of a thread: what they chose; else what draws them in; else their watch on the record.

Law: one rule, for the page of one person and for everybody who is to be told. Writing, being mentioned by name,
sponsoring and having something to do draw one in, as long as that is so, and to what comes after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..database import Reading
from ..records import watching
from ..records.model import Record, RecordWatch
from .model import Participation, Thread

DRAWN = """SELECT 'thread', thread_id FROM mention WHERE workspace_id = :workspace_id AND target = :me AND thread_id = ANY(:ids)
           UNION SELECT 'thread', thread_id FROM action
             WHERE workspace_id = :workspace_id AND assignee = :me AND state = 'open' AND thread_id = ANY(:ids)"""
WATCHED = "SELECT level, record_id FROM record_watch WHERE workspace_id = :workspace_id AND person_id = :me"

DRAWING = """SELECT thread_id, person_id, since_seq FROM participation
               WHERE workspace_id = :workspace_id AND thread_id = ANY(:ids) AND wrote
             UNION ALL SELECT m.thread_id, m.target, min(c.seq) FROM mention m
               JOIN comment c ON c.workspace_id = m.workspace_id AND c.thread_id = m.thread_id AND c.number = m.number
               WHERE m.workspace_id = :workspace_id AND m.thread_id = ANY(:ids) AND m.target NOT LIKE 'group:%'
               GROUP BY m.thread_id, m.target
             UNION ALL SELECT thread_id, assignee, 0 FROM action
               WHERE workspace_id = :workspace_id AND thread_id = ANY(:ids) AND state = 'open' AND assignee IS NOT NULL"""


def level(chosen: str | None, *, drawn: bool, on_record: str | None) -> str:
    """Return `all`, `mentions` or `none`. A record that is muted mutes what draws one in, but not what was chosen."""
    if chosen is not None:
        return chosen
    if on_record == "none":
        return "none"
    return "all" if drawn else on_record or "mentions"


@dataclass(frozen=True, slots=True)
class Draws:
    """What draws one person into some threads, beside what they chose and wrote there."""

    person_id: str | None = None
    threads: frozenset[str] = frozenset()
    records: Mapping[str, str] = field(default_factory=dict)

    def level(self, thread: Thread, mine: Participation | None) -> str:
        """Return how much the person hears of the thread."""
        drawn = thread.id in self.threads or thread.sponsor == self.person_id or (mine is not None and mine.wrote)
        return level(mine.watching if mine else None, drawn=drawn, on_record=self.records.get(thread.record_id))


async def draws(look: Reading, person_id: str | None, thread_ids: Sequence[str], watched: Mapping[str, str] | None = None) -> Draws:
    """Return what draws a person into these threads; `watched` is what they chose to hear of records, by id, where it is known."""
    if person_id is None or not thread_ids:
        return Draws()
    statement = f"{DRAWN} UNION {WATCHED}" if watched is None else DRAWN
    found = [tuple(row) for row in await look.fetch(statement, me=person_id, ids=list(thread_ids))]
    if watched is None:
        watched = {record_id: level for level, record_id in found if level != "thread"}
    records = await _nearest(look, watched, thread_ids) if watched else {}
    return Draws(person_id, frozenset(thread_id for kind, thread_id in found if kind == "thread"), records)


@dataclass(frozen=True, slots=True)
class Hearing:
    """How much somebody hears of a thread: with `all`, what came after its event `seq`, and what came since `at`."""

    level: str
    seq: int | None
    at: int | None

    def all_of(self, seq: int, at: int) -> bool:
        """Tell whether they hear of everything that happened then."""
        return self.level == "all" and ((self.seq is not None and seq > self.seq) or (self.at is not None and at >= self.at))


async def hearing(look: Reading, threads: Sequence[Thread], records: Mapping[str, Record]) -> dict[str, dict[str, Hearing]]:
    """Return for each thread how much everybody hears of it to whom it is anything; all others hear `mentions`."""
    ids = [row.id for row in threads]
    on_record = await watching.watchers(look, list(records.values()))
    since: dict[str, dict[str, int]] = {row.id: {row.sponsor: 0} if row.sponsor else {} for row in threads}
    chosen: dict[str, dict[str, str]] = {row.id: {} for row in threads}
    for thread_id, person_id, seq in await look.fetch(DRAWING, ids=ids):
        since[thread_id][person_id] = min(seq, since[thread_id].get(person_id, seq))
    for mine in await look.rows(Participation, "thread_id = ANY(:ids) AND watching IS NOT NULL", ids=ids):
        chosen[mine.thread_id][mine.person_id] = mine.watching or ""
        since[mine.thread_id].setdefault(mine.person_id, mine.since_seq)
    found: dict[str, dict[str, Hearing]] = {}
    for row in threads:
        drawn, there = since[row.id], on_record.get(row.record_id, {})
        found[row.id] = {who: _hearing(chosen[row.id].get(who), drawn.get(who), there.get(who)) for who in {*drawn, *there}}
    return found


def _hearing(chosen: str | None, seq: int | None, watch: RecordWatch | None) -> Hearing:
    heard = level(chosen, drawn=seq is not None, on_record=watch.level if watch else None)
    return Hearing(heard, seq, watch.since if watch and watch.level == "all" else None)


async def _nearest(look: Reading, watched: Mapping[str, str], thread_ids: Sequence[str]) -> dict[str, str]:
    """Return the level that a person's watches come to on the record of each thread."""
    where = "id IN (SELECT record_id FROM thread WHERE workspace_id = :workspace_id AND id = ANY(:ids))"
    lines = await watching.lineages(look, await look.rows(Record, where, ids=list(thread_ids)))
    nearest = {record_id: next((watched[above] for above in line if above in watched), None) for record_id, line in lines.items()}
    return {record_id: found for record_id, found in nearest.items() if found}
