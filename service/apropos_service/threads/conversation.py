"""First paint of a record in one request.

Law: what goes out is of one moment, and told only to who may see it. A record whose threads are all kept is one statement,
which is one moment by itself; anything else is looked up in a snapshot. What somebody saw is theirs again while the log stands
where it stood, what is theirs alone is as it was, and they may what they might.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..access.policy import Caller, must
from ..database import Reading
from ..lately import Lately
from ..people.queries import cards
from ..records import wire as record_wire
from ..records.queries import level_on
from . import present
from .kept import Kept, Whole
from .record_page import Asked, Row, Seen, glance, look_up, seen_again, versions
from .watching import draws

MOST = 20_000
"""Threads of pages that are kept, all together."""
LEVELS = ("none", "read", "comment", "manage")

Pages = Lately[Any, "Painted"]


@dataclass(frozen=True, slots=True)
class Painted:
    """What goes out, as JSON: `wholes` beside what each is to the caller, `others` what is said beside the threads.

    `tag` changes whenever what is shown does. `powers` are what the caller might.
    """

    seen: Seen
    powers: Any
    wholes: Sequence[Whole]
    viewers: Sequence[bytes]
    others: dict[str, orjson.Fragment]
    tag: str

    def shown(self) -> dict[str, Any]:
        """Return what goes out but for its cursors."""
        threads = [whole.seen_by(viewer) for whole, viewer in zip(self.wholes, self.viewers, strict=True)]
        return {"record": self.others["record"], "threads": threads, **self.others}

    def is_still(self, caller: Caller, rows: Sequence[Row]) -> bool:
        """Tell whether the same would be painted anew; where the host is asked live, nobody knows that."""
        return rows == self.seen.rows and caller.powers == self.powers and caller.verdicts is None


def pages() -> Pages:
    """Return a place for what people of this process saw lately."""
    return Lately(MOST, lambda painted: 1 + len(painted.viewers))


async def at_once(look: Reading, kept: Kept, pages: Pages, caller: Caller, asked: Asked) -> Painted | None:
    """Return what the caller sees, without a snapshot; `None` where that takes more than one moment.

    Raises `NotFound` when the caller may not see the record.
    """
    known = pages.find((caller.workspace_id, caller.name, asked))
    seen = None
    if known is not None:
        rows = await glance(look, caller, asked)
        if known.is_still(caller, rows):
            return known
        seen = seen_again(known.seen, rows, caller, asked)
        if seen is None and not kept.has_all(caller.workspace_id, versions(rows)[: asked.limit], render=asked.render):
            return None  # what changed has to be looked up in a snapshot, and so all of it
    if seen is None:
        seen = await look_up(look, caller, asked)
    whole = seen.at_once and kept.has(seen.page(asked.limit), render=asked.render)
    return await _painted(look, kept, pages, caller, asked, seen) if whole else None


async def in_snapshot(look: Reading, kept: Kept, pages: Pages, caller: Caller, asked: Asked) -> Painted:
    """Return what the caller sees; `look` is of one moment. Raises `NotFound` when they may not see the record."""
    return await _painted(look, kept, pages, caller, asked, await look_up(look, caller, asked))


async def _painted(look: Reading, kept: Kept, pages: Pages, caller: Caller, asked: Asked, seen: Seen) -> Painted:
    record = seen.record
    rank = level_on(caller, asked.record, record)
    must(rank, "read")
    wholes = await kept.threads(look, seen.page(asked.limit), render=asked.render)
    threads = seen.threads[: asked.limit]
    drawn = await draws(look, caller.person_id, [row.id for row, _ in threads], seen.watched)
    viewers = [present.viewer(row, caller, rank, mine, drawn.level(row, mine)) for row, mine in threads]
    people = await cards(look, {caller.person_id}.union(*(whole.people for whole in wholes)))
    others = {
        "record": record_wire.record(record) if record else record_wire.undescribed(asked.record), "people": people,
        "viewer": {"person_id": caller.person_id, "level": LEVELS[rank], "can": caller.can(rank)},
    }  # fmt: skip
    tag = _tag(seen, rank, viewers, people, caller, asked)
    shown = {name: orjson.Fragment(orjson.dumps(other)) for name, other in others.items()}
    painted = Painted(seen, caller.powers, wholes, [orjson.dumps(viewer) for viewer in viewers], shown, tag)
    if seen.at_once:
        pages.keep((caller.workspace_id, caller.name, asked), painted)
    return painted


def _tag(seen: Seen, rank: int, viewers: Any, people: Any, caller: Caller, asked: Asked) -> str:
    about = seen.record and (seen.record.id, seen.record.name, seen.record.version)
    places = [(thread.id, thread.seq) for thread, _ in seen.threads]
    shown = orjson.dumps((rank, about, places, viewers, people, caller.person_id, caller.guest, asked))
    return '"' + hashlib.sha256(shown).hexdigest()[:32] + '"'
