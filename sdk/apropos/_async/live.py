"""Hearing of a record as things happen, whatever breaks in between.

Law: each event once, in the order of the log. The cursor is the whole memory: a new line goes on just after it.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from .._protocol import backoff
from ..errors import RateLimited, Unauthenticated, Unavailable, Unreachable
from ..events import Event
from .connection import frames
from .transport import Transport


async def live(transport: Transport, record: str, after: str | None) -> AsyncGenerator[Event, None]:
    """Yield events without end. Raises what the service refuses with, and `CursorLost`."""
    failures, heard = 0, False
    while True:
        try:
            async with aclosing(frames(transport, record, after)) as line:
                async for frame in line:
                    failures, heard, after = 0, True, frame.cursor
                    if frame.event is not None:
                        yield frame.event
        except (Unreachable, Unavailable, RateLimited):
            if not heard:
                raise
        except Unauthenticated:
            if failures or not heard:
                raise
        await asyncio.sleep(backoff(failures))
        failures += 1
