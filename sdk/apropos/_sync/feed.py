# Derived from _async/feed.py by sdk/derive.py: change it there.
"""The workspace's log, for pulling. Needs a server key with the scope `full` or `read`."""

import time
from collections.abc import Generator, Sequence

from .._protocol import backoff, look, path
from ..errors import RateLimited, Unavailable, Unreachable
from ..events import Event, EventPage
from ..places import Place
from .transport import Transport

PAGE, LONGEST_POLL, BREATH = 100, 30, 0.2


class Events:
    """Everything that happened in the workspace, in commit order."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def list(
        self, *, after: str | None = None, types: Sequence[str] = (), limit: int = PAGE, wait: int = 0
    ) -> EventPage:  # fmt: skip
        """Return at most `limit` (1 to 100) events after the cursor, all of them when it is `None`.

        `types` are names such as `comment.posted`, none meaning any. `wait` is the seconds (0 to 30) to wait for
        something new. Raises `NoLongerKept` when the cursor is older than what the service keeps.
        """
        request = look(path("events"), patience=wait, after=after, types=",".join(types) or None, limit=limit, wait=wait or None)
        page = self._transport.send(request, EventPage)
        last = len(page.data) - 1
        placed = [one.model_copy(update={"cursor": page.next if at == last else after}) for at, one in enumerate(page.data)]
        return page.model_copy(update={"data": placed})

    def follow(
        self, *, after: str | None = None, types: Sequence[str] = (), place: Place | None = None
    ) -> Generator[Event, None, None]:
        """Yield events after the cursor as they happen, without end; keep `event.cursor` to go on later.

        With a `place` (`apropos.FilePlace("feed.cursor")`, or one of yours) it goes on from what is kept there, else from `after`,
        and keeps there how far it came: once you ask for the event after those that came together, at most 100. So after
        whatever happened each event comes again or for the first time, and none is missed.

        Outlasts a service that is away for a while. Raises like `list` when the first request already fails, and
        `NoLongerKept` whenever it was away for longer than the service keeps its log.
        """
        after = (place.load() if place else None) or after
        begun, failures = False, 0
        while True:
            try:
                page = self.list(after=after, types=types, wait=LONGEST_POLL)
            except (Unreachable, Unavailable, RateLimited):
                if not begun:
                    raise
                time.sleep(backoff(failures))
                failures += 1
                continue
            begun, failures, after = True, 0, page.next
            yield from page.data
            if place and page.data:
                place.save(page.next)
            if not page.data:
                time.sleep(BREATH)
