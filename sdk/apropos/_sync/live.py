# Derived from _async/live.py by sdk/derive.py: change it there.
"""Hearing of a record as things happen, whatever breaks in between.

Law: each event once, in the order of the log. The cursor is the whole memory: a new line goes on just after it.
"""

import time
from collections.abc import Generator
from contextlib import closing

from .._protocol import backoff
from ..errors import RateLimited, Unauthenticated, Unavailable, Unreachable
from ..events import Event
from .connection import frames
from .transport import Transport


def live(transport: Transport, record: str, after: str | None) -> Generator[Event, None, None]:
    """Yield events without end. Raises what the service refuses with, and `CursorLost`."""
    failures, heard = 0, False
    while True:
        try:
            with closing(frames(transport, record, after)) as line:
                for frame in line:
                    failures, heard, after = 0, True, frame.cursor
                    if frame.event is not None:
                        yield frame.event
        except (Unreachable, Unavailable, RateLimited):
            if not heard:
                raise
        except Unauthenticated:
            if failures or not heard:
                raise
        time.sleep(backoff(failures))
        failures += 1
