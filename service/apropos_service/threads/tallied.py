"""What is counted of records for everybody, kept by how far the log was when it was looked up.

Law: whatever changes a record, a thread or a mention adds to the log in its commit; so what is kept is of this moment while
the log stands where it stood, and nothing has to be told to forget. What is somebody's own is never kept here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from ..database import Reading
from ..lately import Lately

MOST = 50_000
"""Threads that are kept, all together; those that nobody asked for the longest go first."""
BYTES = 16 * 2**20
"""Bytes of answers that are kept, all together."""
NAMED = """WITH named AS (
  SELECT r.name AS asked, r.id, r.name, r.access FROM record r WHERE r.workspace_id = :workspace_id AND r.name = ANY(:names)
  UNION ALL
  SELECT f.name, r.id, r.name, r.access FROM record_name f
    JOIN record r ON r.workspace_id = f.workspace_id AND r.id = f.record_id
    WHERE f.workspace_id = :workspace_id AND f.name = ANY(:names)
)"""
"""Records by a name they have or had."""
STATEMENT = f"""{NAMED}
SELECT n.asked, n.name, n.access, n.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM named n
UNION ALL
SELECT NULL, NULL, NULL, t.record_id, t.id, t.field, t.status, t.visibility, t.members, t.due_at, t.comment_count, t.last_number,
       EXISTS (SELECT 1 FROM mention m WHERE m.workspace_id = t.workspace_id AND m.thread_id = t.id)
  FROM thread t WHERE t.workspace_id = :workspace_id AND t.record_id IN (SELECT id FROM named)"""  # noqa: S608 every part is ours
"""The records by the names that were asked for, and their threads, whose first three columns are `NULL`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a thread counts for; `mentions` tells whether it mentions anybody."""

    id: str
    field: str | None
    status: str
    visibility: str
    members: Sequence[str]
    due_at: int | None
    comments: int
    last: int
    mentions: bool

    def is_overdue(self, now: int) -> bool:
        """Tell whether it should have ended by now."""
        return self.status == "open" and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class Tallied:
    """Records as they were where the log was at `position`; what is overdue is right from `since` until before `until`.

    `ids` are by the names that were asked for, `records` are names and `access`, `threads` those of each record, all by its id.
    `alike` are tallies that were made of a record for people to whom nothing there is their own, kept by whoever makes them.
    """

    position: int
    since: int
    until: float
    ids: Mapping[str, str]
    records: Mapping[str, tuple[str, Any]]
    threads: Mapping[str, Sequence[Counted]]
    alike: dict[Any, orjson.Fragment] = field(default_factory=dict)
    everything: Sequence[str] = field(init=False)
    mentioning: Sequence[str] = field(init=False)
    """The ids of all threads, and of those that mention anybody."""

    def __post_init__(self) -> None:
        """Gather what every look asks for."""
        every = [thread for some in self.threads.values() for thread in some]
        object.__setattr__(self, "everything", [thread.id for thread in every])
        object.__setattr__(self, "mentioning", [thread.id for thread in every if thread.mentions])


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was told of records, as JSON, and what it was made of: `shows` is all that it depends on."""

    shows: Any
    content: bytes


class KeptTallies:
    """What this process looked up and said lately."""

    def __init__(self, most: int = MOST, bytes_: int = BYTES) -> None:
        """`most` threads are kept, and so many bytes of answers."""
        self._found: Lately[tuple[str, ...], Tallied] = Lately(most, _size)
        self.said: Lately[tuple[str, ...], Said] = Lately(bytes_, lambda said: len(said.content))

    def find(self, workspace_id: str, names: Sequence[str], now: int) -> Tallied | None:
        """Return what is kept of these records; the log may have gone on since. `None` when there is nothing for `now`."""
        found = self._found.find((workspace_id, *names))
        return found if found is not None and found.since <= now < found.until else None

    def keep(self, workspace_id: str, names: Sequence[str], found: Tallied) -> None:
        """Keep it, in the place of what was known of the same records."""
        self._found.keep((workspace_id, *names), found)


async def tallied(look: Reading, names: Sequence[str], *, now: int) -> Tallied:
    """Look the records up; `look` is of one moment."""
    position, found = await look.position(), await look.fetch(STATEMENT, names=list(names))
    ids: dict[str, str] = {}
    records: dict[str, tuple[str, Any]] = {}
    threads: dict[str, list[Counted]] = defaultdict(list)
    for asked, name, access, record_id, *_ in (row for row in found if row[0] is not None):
        if asked == name or asked not in ids:
            ids[asked] = record_id
        records[record_id] = name, orjson.loads(access)
    for _, _, _, record_id, *said, members, due_at, comments, last, mentions in (row for row in found if row[0] is None):
        threads[record_id].append(Counted(*said, orjson.loads(members), due_at, comments, last, bool(mentions)))  # type: ignore[call-arg]
    dues = (one.due_at + 1 for some in threads.values() for one in some if one.due_at is not None and one.due_at >= now)
    return Tallied(position, now, min(dues, default=float("inf")), ids, records, threads)


def _size(found: Tallied) -> int:
    return len(found.records) + sum(map(len, found.threads.values()))
