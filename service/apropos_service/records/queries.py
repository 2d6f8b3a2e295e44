"""Finding records, by the name they have or had."""

from collections.abc import Mapping
from typing import Any

from ..access.policy import Caller, Level, level
from ..database import Reading
from .model import FormerName, Record


async def record_named(look: Reading, name: str) -> Record | None:
    """Return the record with this name, or the one it was renamed to or merged into; `None` if nobody spoke of it."""
    found = await look.row(Record, name=name)
    if found is not None:
        return found
    former = await look.row(FormerName, name=name)
    return await look.row(Record, id=former.record_id) if former else None


async def records_named(look: Reading, names: list[str]) -> dict[str, Record]:
    """Return the records by the names that were asked for."""
    found = {row.name: row for row in await look.rows(Record, "name = ANY(:names)", names=names)}
    missing = [name for name in names if name not in found]
    if missing:
        former = {row.name: row.record_id for row in await look.rows(FormerName, "name = ANY(:names)", names=missing)}
        moved = {row.id: row for row in await look.rows(Record, "id = ANY(:ids)", ids=list(former.values()))}
        found |= {name: moved[record_id] for name, record_id in former.items()}
    return found


async def names_of(look: Reading, name: str) -> list[str]:
    """Return every name that the record with this name has or had; this one alone if nobody spoke of it."""
    record = await record_named(look, name)
    if record is None:
        return [name]
    return [record.name, *(row.name for row in await look.rows(FormerName, "record_id = :id", id=record.id))]


def level_on(caller: Caller, name: str, row: Record | None, *, most: Level = "manage") -> int:
    """Return the caller's rank on a record, which may be undescribed (`None`); `most` is the highest level that matters."""
    return level(caller, row.name if row else name, row.access if row else None, most=most)


def reaches(them: Caller, name: str, access: Mapping[str, Any] | None, *, wrote: bool = False) -> bool:
    """Tell whether somebody can see a record, as far as that is known without their token (`people.queries.known_as`).

    A record without `access` of its own, in a workspace that asks no host, leaves that to tokens: then everybody counts, a
    guest where they `wrote`.
    """
    if access or them.verdicts is not None:
        return level(them, name, access, most="read") > 0
    return wrote or not them.guest
