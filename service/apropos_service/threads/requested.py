"""Requests for access that wait, and who is told of them.

Law: telling is showing (docs/decisions/0018): whoever manages the record is told, and its owner, as far as they see what it is
about; a guest never is. It is over for everybody once the person is known to see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..access.policy import RANK, Caller, Level, may_see
from ..database import Reading
from ..people.queries import known_as
from ..records.model import Record
from ..records.queries import level_on, reaches
from .model import Thread
from .request_model import AccessRequest

LAPSES = 30 * 86_400_000
"""Milliseconds after which nobody is told of a request any more."""
MOST = 100
"""The newest so many of a workspace are looked at."""
LATEST = f"closed_at IS NULL AND asked_at > :since ORDER BY asked_at DESC, id DESC LIMIT {MOST}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits, the record that it is about, and the thread on it if it is about one."""

    row: AccessRequest
    record: Record
    thread: Thread | None

    def seen_by(self, them: Caller) -> bool:
        """Tell whether this is somebody of whom it is known that they see what it is about."""
        seen = self.thread is None or may_see(them, self.thread.visibility, self.thread.members)
        return seen and level_on(them, self.record.name, self.record, most="read") > 0

    def is_told(self, caller: Caller, them: Caller) -> bool:
        """Tell whether the caller is told; `them` is who they are without what a server may."""
        if them.guest or self.row.asked_by == them.person_id:
            return False
        if self.thread is not None and not may_see(them, self.thread.visibility, self.thread.members):
            return False
        if self.record.owner == them.person_id and caller.is_host:
            return reaches(them, self.record.name, self.record.access)
        need: Level = "read" if self.record.owner == them.person_id else "manage"
        return level_on(them, self.record.name, self.record, most=need) >= RANK[need]


async def waiting_for(look: Reading, caller: Caller, *, now: int) -> list[Waiting]:
    """Return the requests of which the caller is told, the newest first; a host who acts as somebody is told what they would be."""
    found = await _about(look, await look.rows(AccessRequest, LATEST, since=now - LAPSES))
    if not found:
        return []
    them = await myself(look, caller)
    told = [one for one in found if one.is_told(caller, them)]
    known = await known_as(look, {one.row.person_id for one in told}, caller.verdicts)
    return [one for one in told if not one.seen_by(known[one.row.person_id])]


async def seen_at_last(look: Reading, caller: Caller) -> list[str]:
    """Return the ids of the requests for the caller that wait, though they see now what these are about."""
    rows = await look.rows(AccessRequest, "person_id = :me AND closed_at IS NULL", me=caller.must_be_person())
    return [one.row.id for one in await _about(look, rows) if one.seen_by(caller)]


async def about(look: Reading, row: AccessRequest) -> Waiting:
    """Return a request with what it is about."""
    [found] = await _about(look, [row])
    return found


async def myself(look: Reading, caller: Caller) -> Caller:
    """Return the caller as a person: where a server acts as somebody, with what is known of them without their token."""
    me = caller.must_be_person()
    return (await known_as(look, [me], caller.verdicts))[me] if caller.is_host else caller


async def _about(look: Reading, rows: Sequence[AccessRequest]) -> list[Waiting]:
    if not rows:
        return []
    records = {one.id: one for one in await look.rows(Record, "id = ANY(:ids)", ids=sorted({row.record_id for row in rows}))}
    named = sorted({row.thread_id for row in rows if row.thread_id})
    threads = {one.id: one for one in await look.rows(Thread, "id = ANY(:ids)", ids=named)} if named else {}
    return [Waiting(row, records[row.record_id], threads[row.thread_id] if row.thread_id else None) for row in rows]
