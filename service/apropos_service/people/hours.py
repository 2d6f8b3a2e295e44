"""When it is what time for somebody: their zone, the morning before something is due, their quiet hours. Pure.

Times are milliseconds since 1970; zones are IANA names, and what no one knows is UTC.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

MORNING: Final = time(9)
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_PLACES = {"localtime", "posixrules", "Factory"}


@cache
def zones() -> frozenset[str]:
    """Return the names of all zones there are."""
    return frozenset(available_timezones() - NO_PLACES)


def zone(name: str | None) -> tzinfo:
    """Return the time zone of this name (`Europe/Rome`), UTC for a name that is none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, OSError, KeyError):  # not a name, a folder of names, an unknown name
        return UTC


def morning_before(due: int, time_zone: str | None) -> int:
    """Return when it is 09:00 on the day before `due`, where somebody is."""
    here = zone(time_zone)
    day = datetime.fromtimestamp(due / 1000, here).date() - timedelta(days=1)
    return int(datetime.combine(day, MORNING, here).timestamp() * 1000)


def quiet_until(quiet: dict[str, Any] | None, time_zone: str | None, now: int) -> int | None:
    """Return when the quiet hours end that it is now; `None` outside of them.

    `quiet` is `{"from": "22:00", "to": "07:00", "days": ["mon", …]}`: they begin on these days, and may end on the next.
    """
    if not quiet:
        return None
    here = zone(time_zone)
    moment = datetime.fromtimestamp(now / 1000, here)
    begins, ends = time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["to"])
    for day in (moment.date(), moment.date() - timedelta(days=1)):
        start = datetime.combine(day, begins, here)
        end = datetime.combine(day + timedelta(days=ends <= begins), ends, here)
        if DAYS[day.weekday()] in quiet["days"] and start.timestamp() <= moment.timestamp() < end.timestamp():
            return int(end.timestamp() * 1000)
    return None
