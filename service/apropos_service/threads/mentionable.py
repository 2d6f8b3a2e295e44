"""Who can be mentioned in a place: people who can see the record, and the thread on it; groups that reach somebody there.

Law: the database only narrows, and the policy decides. Nobody finds people by a discussion that they may not see, and a guest
finds only those with whom they share one.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..access.policy import Caller, may_see
from ..database import Reading
from ..people.model import Person
from ..people.seeking import Place, Where, groups_like, people_like
from ..records.model import Record
from .audience import Sight, blind
from .model import Thread

GROUPS = 5
ASKED, AT_ONCE = 200, 50
"""Where the host is asked live: of so many matches at most, and so many at a time."""
MOST_SHARED = 500
TOOK_PART = """id IN (SELECT person_id FROM participation WHERE workspace_id = :workspace_id AND thread_id = :in_thread AND wrote
 AND since_seq <= :as_of)"""
WROTE = """{who} IN (SELECT person_id FROM participation WHERE workspace_id = :workspace_id AND thread_id = ANY(:{threads})
 AND wrote)"""
LET_IN = """{who} = ANY(:let_in) OR {who} IN (SELECT person_id FROM membership WHERE workspace_id = :workspace_id
 AND group_id = ANY(:groups_let_in))"""
CAME = "{who} IN (SELECT person_id FROM held_grant WHERE workspace_id = :workspace_id AND until > :now)"
"""Who came with a token that lasts: the policy looks at what it grants."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody is to be mentioned: a record by name, which may be undescribed, and a thread on it; or nowhere yet."""

    name: str = ""
    record: Record | None = None
    thread: Thread | None = None

    @property
    def sight(self) -> Sight:
        """What there is to see."""
        if self.thread is not None and self.record is not None:
            return Sight.of(self.thread, self.record)
        return Sight(self.name, self.record.access if self.record else None)


async def mentionable(
    look: Reading, caller: Caller, here: Here, text: str, *, as_of: int, after: Place | None, limit: int
) -> tuple[list[Person], Place | None]:
    """Return at most `limit` people who match, the best first, after a place; and the place to go on from.

    Those who wrote in the thread up to its event `as_of` come before equals.
    """
    where = await _narrowed(look, caller, here, also=CAME)
    first, about = (TOOK_PART, {"in_thread": here.thread.id, "as_of": as_of}) if here.thread else ("false", {})
    where = Where(where.condition, {**(where.params or {}), **about, "now": int(time.time() * 1000)})
    found: list[Person] = []
    at_once = limit + 1 if caller.verdicts is None else AT_ONCE
    for _ in range(ASKED // AT_ONCE):
        rows = await people_like(look, text, where, first=first, after=after, limit=at_once, by_email=caller.is_host)
        sees = await _seeing(look, caller, here, [person for _, person in rows])
        for place, person in rows:
            if len(found) == limit:
                return found, after
            after = place
            found += [person] if person.id in sees else []
        if len(rows) < at_once:
            return found, None
        if caller.unsure:  # the host is asked first, then this is looked at again
            break
    return found, after


async def mentionable_groups(look: Reading, caller: Caller, here: Here, text: str) -> list[dict[str, Any]]:
    """Return the first groups that match and reach somebody there; a guest finds none.

    `reach` is how many of its members can see it, `None` where only the host, asked live, knows.
    """
    if caller.guest or not text.strip():
        return []
    found = await groups_like(look, text, await _narrowed(look, caller, here), limit=GROUPS)
    return [{**one, "reach": None if caller.verdicts is not None and here.name else one["reach"]} for one in found]


async def _seeing(look: Reading, caller: Caller, here: Here, people: Sequence[Person]) -> set[str]:
    ids = {one.id for one in people}
    return ids - await blind(look, caller, ids, here.sight) if here.name else ids


async def _narrowed(look: Reading, caller: Caller, here: Here, *, also: str = "false") -> Where:
    """Return a condition that everybody satisfies who counts, and few others; on a record with `access`, for whom `also` holds."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    if caller.guest:
        threads = [here.thread] if here.thread else await _shared(look, caller, here)
        named = {one for row in threads for one in (row.sponsor, *(row.members if row.visibility == "restricted" else ()))}
        parts.append(f"({{who}} = ANY(:company) OR {WROTE.format(who='{who}', threads='shared_threads')})")
        params |= {"company": sorted({caller.person_id, *named} - {None}), "shared_threads": [row.id for row in threads]}
    if here.thread is not None and here.thread.visibility == "restricted":
        parts.append("{who} = ANY(:members)")
        params["members"] = list(here.thread.members)
    elif here.thread is not None and here.thread.visibility == "internal":
        parts.append("NOT {guest}")
    if here.name and caller.verdicts is None:
        access = (here.record.access if here.record else None) or {}
        there = [here.thread.id] if here.thread and not access else []
        let_in = f"{LET_IN} OR {WROTE.format(who='{who}', threads='those_who_wrote')}"
        anyone = "NOT {guest}" if not access or access.get("everyone") else also
        parts.append(f"({let_in} OR {anyone})")
        params |= {
            "let_in": [caller.person_id or "", *(access.get("people") or {})], "groups_let_in": [*(access.get("groups") or {})],
            "those_who_wrote": there,
        }  # fmt: skip
    return Where(" AND ".join(parts) or "true", params)


async def _shared(look: Reading, caller: Caller, here: Here) -> list[Thread]:
    """Return the newest threads on the record that a guest may see."""
    if here.record is None:
        return []
    where = f"record_id = :record_id AND visibility <> 'internal' ORDER BY opened_at DESC, id DESC LIMIT {MOST_SHARED}"
    rows = await look.rows(Thread, where, record_id=here.record.id)
    return [row for row in rows if may_see(caller, row.visibility, row.members)]
