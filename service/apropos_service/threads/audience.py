"""Who cannot see a discussion, of people who do not call: asked before anybody is given a part in it.

Law: the policy that decides for callers decides here, with what is known of people who bring no token now. Where the host is
asked live, what it did not say yet is missing in the verdicts of whoever calls, whose request then runs again (`informed.py`).
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ..access.policy import Caller, may_see
from ..database import Reading, Transaction
from ..errors import ValidationFailed
from ..people.queries import known_as
from ..records.model import Record
from ..records.queries import reaches
from .model import Participation, Thread

WROTE = "thread_id = :id AND person_id = ANY(:people) AND wrote"


class MemberCannotSee(ValidationFailed):
    """Somebody who shall see the thread cannot see its record."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to see: a record `type:key` with its own `access`, or a thread of this visibility on it."""

    record: str
    access: Mapping[str, Any] | None
    visibility: str = "shared"
    members: Collection[str] = ()
    thread_id: str | None = None

    @classmethod
    def of(cls, thread: Thread, record: Record) -> "Sight":
        """Return a thread as it is."""
        return cls(record.name, record.access, thread.visibility, thread.members, thread.id)


async def blind(look: Reading, caller: Caller, people: Collection[str], sight: Sight) -> set[str]:
    """Return those of these people who cannot see it; the caller can. A guest whom nothing else lets see can where they wrote.

    Of a record with `access` of its own they count also as what their tokens grant, while these last (docs/decisions/0021).
    """
    held_at = int(time.time() * 1000) if sight.access else None
    known = await known_as(look, set(people) - {caller.person_id or ""}, caller.verdicts, held_at=held_at)
    guests = [one for one, them in known.items() if them.guest] if sight.thread_id else []
    wrote = await look.rows(Participation, WROTE, id=sight.thread_id, people=guests) if guests else []
    here = {row.person_id for row in wrote}
    return {
        one
        for one, them in known.items()
        if not may_see(them, sight.visibility, sight.members) or not reaches(them, sight.record, sight.access, wrote=one in here)
    }


def must_be_restricted(visibility: str, members: Collection[str] | None) -> None:
    """Raise `ValidationFailed` for members of a thread that is not restricted: it would be seen by more than them."""
    if members and visibility != "restricted":
        raise ValidationFailed.at("members", "goes with restricted: everybody else sees it by their access")


async def must_see_record(tx: Transaction, people: Collection[str], record: Record) -> None:
    """Raise `MemberCannotSee` for those of whom it is known that they cannot; what is left to tokens is not known."""
    if not people or (not record.access and tx.caller.verdicts is None):
        return
    hidden = sorted(await blind(await tx.reading(), tx.caller, people, Sight(record.name, record.access)))
    if hidden:
        message = f"cannot see the record: {', '.join(hidden)}; give them access first"
        raise MemberCannotSee(f"members: {message}", people=hidden, errors=[{"path": "members", "message": message}])
