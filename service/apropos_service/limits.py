"""How much one caller may ask for."""

import time
from itertools import islice

from fastapi import Request

from .access.policy import Caller
from .errors import RateLimited

WINDOW = 10
Who = tuple[str, str]


class Limits:
    """Counts requests by caller, in windows of ten seconds that begin with a caller's first request."""

    def __init__(self, most: int) -> None:
        """`most` requests in ten seconds."""
        self._most = most
        self._windows: dict[Who, tuple[float, int]] = {}

    def count(self, request: Request, caller: Caller) -> None:
        """Count one request. Raises `RateLimited` when there were too many."""
        who, now = (caller.workspace_id, caller.person_id or caller.name), time.monotonic()
        until, used = self._windows.get(who, (0.0, 0))
        if now >= until:
            self._windows.pop(who, None)
            self._forget(now)
            until, used = now + WINDOW, 0
        self._windows[who] = until, used + 1
        if used < self._most:
            return
        wait = max(1, int(until - now) + 1)
        request.state.limited = True
        raise RateLimited(f"That was fast. You can send again in {wait} s.", retry_after=wait, limit=self._most, window=WINDOW)

    def _forget(self, now: float) -> None:
        """Drop two windows that are over, if there are any, for the one that is added: the oldest stand first."""
        for who in list(islice(self._windows, 2)):
            if self._windows[who][0] <= now:
                del self._windows[who]
