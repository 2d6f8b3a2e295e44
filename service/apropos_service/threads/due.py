"""When something is due: a time, or a day and then its end where whoever owes it is."""

from datetime import date, datetime, time

from ..database import Transaction
from ..people.hours import zone
from ..people.model import Person

LAST_SECOND = time(23, 59, 59)


def due_at(due: int | date | None, time_zone: str | None) -> int | None:
    """Return milliseconds since 1970. `time_zone` is as the person's card says it; what no one knows is UTC."""
    if not isinstance(due, date):
        return due
    return int(datetime.combine(due, LAST_SECOND, zone(time_zone)).timestamp() * 1000)


async def moment(tx: Transaction, due: int | date | None, whose: str | None) -> int | None:
    """Return when it is due in milliseconds since 1970; `whose` is the id of who owes it."""
    person = await tx.look(Person, whose) if whose and isinstance(due, date) else None
    return due_at(due, person.time_zone if person else None)
