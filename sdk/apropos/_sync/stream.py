# Derived from _async/stream.py by sdk/derive.py: change it there.
"""Live delivery as server-sent events: one line that stays open, for those who cannot or need not open a WebSocket."""

from collections.abc import Generator

import httpx

from .._frames import Frame, Lines
from .._protocol import look, path, understood
from ..errors import CursorLost, Invalid
from .transport import Transport

SILENCE = 45.0
"""Seconds without a byte after which the line is dead; the service says something every 15."""


def frames(transport: Transport, record: str, after: str | None) -> Generator[Frame, None, None]:
    """Yield frames until the line breaks. Raises `Unreachable`, `CursorLost` and what the service refuses with."""
    lines = Lines(record)
    with transport.streaming(look(path("stream"), record=record, after=after), silence=SILENCE) as answer:
        if not answer.is_success:
            _refuse(answer, record)
        for piece in answer.iter_bytes():
            yield from lines.take(piece)


def _refuse(answer: httpx.Response, record: str) -> None:
    """Raise what the answer means; a cursor that the service does not know is one that is lost."""
    try:
        understood(answer, type(None))
    except Invalid as error:
        if any(one.get("path") == "after" for one in error.errors):
            raise CursorLost(record) from error
        raise
