"""When something is due: a time, or a day and then its end where the assignee is. Pure."""

from datetime import date, datetime, time

from ..people.hours import zone

LAST_SECOND = time(23, 59, 59)


def due_at(due: int | date | None, time_zone: str | None) -> int | None:
    """Return milliseconds since 1970. `time_zone` is as the person's card says it; what no one knows is UTC."""
    if not isinstance(due, date):
        return due
    return int(datetime.combine(due, LAST_SECOND, zone(time_zone)).timestamp() * 1000)
