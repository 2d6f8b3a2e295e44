"""When something is due that takes so many working days: Monday to Friday, at 17:00 where it is due. Pure.

Where the system knows no time zones, the package `tzdata` does.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

EVENING: Final = time(17)
SATURDAY: Final = 5


def due_at(now: int, days: int, where: tzinfo) -> int:
    """Return 17:00 of the working day that comes `days` working days after today; always later than `now`.

    Times are milliseconds since 1970. With 0 days it is today's evening, or that of the next working day once it is past.
    """
    here = datetime.fromtimestamp(now / 1000, where)
    day = here.date()
    for _ in range(days):
        day = _next(day)
    if day.weekday() >= SATURDAY or (day == here.date() and here.time() >= EVENING):
        day = _next(day)
    return int(datetime.combine(day, EVENING, where).timestamp() * 1000)


def _next(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
