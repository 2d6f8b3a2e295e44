"""Finding people and groups by what somebody types, the best matches first.

Law: what is compared was folded (`folding.py`), so both databases find the same in the same order; and the order is of
what stays, so paging neither skips nor repeats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..database import Reading
from ..folding import fold, words
from .model import Person

NOBODY = 9
"""The class of what does not match at all."""
CLASS = """CASE WHEN folded_name LIKE :name_begins ESCAPE '!' THEN 0 WHEN folded_name LIKE :word_begins ESCAPE '!' THEN 1
 WHEN folded_id LIKE :id_begins ESCAPE '!' THEN 2 WHEN folded_name LIKE :name_has ESCAPE '!' THEN 3
 WHEN folded_id LIKE :id_has ESCAPE '!' THEN 4 """
EMAIL = "WHEN folded_email LIKE :id_has ESCAPE '!' THEN 5 "
END = f"ELSE {NOBODY} END"
Place = tuple[int, int, str, str]
"""Where somebody stands in the order: class of match, 0 for those who come first in it, folded name, id."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which people count: an SQL condition in which `{who}` stands for an id and `{guest}` for whether they are a guest."""

    condition: str = "true"
    params: Mapping[str, Any] | None = None

    def of(self, who: str, guest: str) -> str:
        """Return the condition over these expressions."""
        return self.condition.format(who=who, guest=guest)


async def people_like(
    look: Reading, text: str, where: Where, *, first: str, after: Place | None, limit: int, by_email: bool
) -> list[tuple[Place, Person]]:
    """Return who matches, with their places: name, a word of it, id, what is within; by email only when `by_email`.

    Among equals those come first for whom the SQL condition `first` holds. At most `limit`, after a place.
    """
    names = ", ".join(column.name for column in Person.table.columns)
    sql = f"""SELECT class, apart, {names} FROM (
                SELECT {names}, {CLASS}{EMAIL if by_email else ""}{END} AS class, CASE WHEN {first} THEN 0 ELSE 1 END AS apart
                FROM person WHERE workspace_id = :workspace_id AND {where.of("id", "guest")}) AS found
              WHERE class < {NOBODY} AND (class, apart, folded_name COLLATE "C", id COLLATE "C") > (:class, :apart, :name, :id)
              ORDER BY class, apart, folded_name COLLATE "C", id COLLATE "C" LIMIT {limit}"""  # noqa: S608 the names are ours
    place = dict(zip(("class", "apart", "name", "id"), after or (-1, 0, "", ""), strict=True))
    found = []
    for row in await look.fetch(sql, **_sought(text), **place, **(where.params or {})):
        person = Person.load(tuple(row)[2:])
        found.append(((row[0], row[1], person.folded_name, person.id), person))
    return found


async def groups_like(look: Reading, text: str, where: Where, *, limit: int) -> list[dict[str, Any]]:
    """Return groups that match: id, name, how many are in them, and for how many of these `where` holds; none without any."""
    counted = where.of("m.person_id", "coalesce(p.guest, false)")
    sql = f"""SELECT id, name, member_count, reach FROM (
                SELECT id, name, folded_name, {CLASS}{END} AS class,
                  (SELECT count(*) FROM membership m WHERE m.workspace_id = g.workspace_id AND m.group_id = g.id) AS member_count,
                  (SELECT count(*) FROM membership m
                     LEFT JOIN person p ON p.workspace_id = m.workspace_id AND p.id = m.person_id
                     WHERE m.workspace_id = g.workspace_id AND m.group_id = g.id AND {counted}) AS reach
                FROM people_group g WHERE workspace_id = :workspace_id) AS found
              WHERE class < {NOBODY} AND reach > 0
              ORDER BY class, folded_name COLLATE "C", id COLLATE "C" LIMIT {limit}"""  # noqa: S608 the names are ours
    found = await look.fetch(sql, **_sought(text), **(where.params or {}))
    return [dict(zip(("id", "name", "member_count", "reach"), row, strict=True)) for row in found]


def _sought(text: str) -> dict[str, str]:
    """Return the patterns of what somebody typed."""
    name, whole = _escaped(words(text)), _escaped(fold(text))
    return {
        "name_begins": f"{name}%", "word_begins": f"% {name}%", "name_has": f"%{name}%",
        "id_begins": f"{whole}%", "id_has": f"%{whole}%",
    }  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
