"""When something is tried again. Pure. Source: Standard Webhooks 1.0, retry schedule; RFC 9110, section 10.2.3.

Law: never sooner than the schedule says; later when the endpoint asks for it, but not by more than a day.
"""

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

PAUSES: Final = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds from one attempt to the next; after the last of them it is given up."""
LONGEST: Final = 86_400_000
JITTER: Final = 0.1


def pause(attempts: int, chance: float) -> int | None:
    """Return the milliseconds until the next attempt after so many; `None` after the last. `chance` is from 0 to 1."""
    return int(PAUSES[attempts - 1] * 1_000 * (1 + JITTER * chance)) if attempts <= len(PAUSES) else None


def asked_for(retry_after: str | None, now: int) -> int | None:
    """Return the milliseconds that `Retry-After` asks to wait, at most a day; `None` when it says nothing, or no time."""
    given = (retry_after or "").strip()
    if given.isascii() and given.isdigit():
        return min(int(given[:10]) * 1_000, LONGEST)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    wait = int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1_000) - now
    return max(0, min(wait, LONGEST))
