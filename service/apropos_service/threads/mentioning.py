"""Mentions of people who cannot see where they are mentioned: refused in words, and nothing is written.

Law: somebody is mentioned where they would be told of it, and nowhere else. A group is never refused: those of it who cannot
see are not told, and nobody counts them while somebody waits for an answer.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ..access.policy import Caller
from ..database import Reading, Transaction
from ..errors import Problem
from ..people.model import Person
from ..people.queries import people_named
from .audience import Sight, blind

RECORD, INTERNAL, RESTRICTED = "record", "internal", "restricted"
WORDS = {
    RECORD: "{names} cannot see this record; ask for access, or leave them out.",
    INTERNAL: "The discussion is internal and not for guests: {names}. Widen it, or leave them out.",
    RESTRICTED: "The discussion is restricted to its members: {names} cannot see it. Widen it, or leave them out.",
}
"""Why somebody cannot see it, and what is possible."""


class MentionRefused(Problem):
    """Somebody is mentioned who cannot see this discussion."""

    status = 422


async def must_see(tx: Transaction, targets: Iterable[str], sight: Sight) -> None:
    """Raise `MentionRefused` when somebody mentioned by name cannot see it. Its `people` are `{id, name, why}`."""
    named = [one for one in targets if not one.startswith("group:")]
    if not named:
        return
    people = await refused(await tx.reading(), tx.caller, named, sight)
    if people:
        detail = " ".join(_words(people))
        raise MentionRefused(detail, people=people, errors=[{"path": "body", "message": detail}])


async def refused(look: Reading, caller: Caller, ids: Sequence[str], sight: Sight) -> list[dict[str, Any]]:
    """Return whom of these people a mention would refuse: `{id, name, why}`, in their order.

    Of a record without `access`, where no host is asked live, only tokens say who sees it: nobody is refused for that.
    """
    hidden = await blind(look, caller, ids, sight)
    rows = await people_named(look, [one for one in ids if one in hidden]) if hidden else []
    people = [_refused(row, sight, is_named=not caller.guest) for row in rows]
    is_known = bool(sight.access) or caller.verdicts is not None
    return [one for one in people if is_known or one["why"] != RECORD]


def _refused(person: Person, sight: Sight, *, is_named: bool) -> dict[str, Any]:
    """A guest learns nobody's name by mentioning them."""
    if sight.visibility == "restricted" and person.id not in sight.members:
        why = RESTRICTED
    else:
        why = INTERNAL if sight.visibility == "internal" and person.guest else RECORD
    return {"id": person.id, "name": person.name if is_named else person.id, "why": why}


def _words(people: list[dict[str, Any]]) -> Iterable[str]:
    for why, words in WORDS.items():
        names = [one["name"] for one in people if one["why"] == why]
        if names:
            yield words.format(names=", ".join(names))
