"""When something is due in the fake: a time, or a day and then its end where whoever owes it is."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from .._protocol import rfc3339
from ._world import World, wrong


def due_at(world: World, due: str | None, whose: str | None, *, before: str | None = None) -> str | None:
    """Return the moment: of a day, its end where whoever owes it is. Raises 422 for one that is past."""
    if due is None:
        return None
    zone = _zone(world.person(whose).get("time_zone")) if whose else UTC
    is_day = "T" not in due
    moment = datetime.combine(date.fromisoformat(due), time(23, 59, 59), zone) if is_day else datetime.fromisoformat(due)
    if moment <= datetime.now(UTC) and rfc3339(moment) != before:
        raise wrong("due_at", "is later than now")
    return rfc3339(moment)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, OSError, KeyError):  # no name of a time zone, or a system that knows none
        return UTC
