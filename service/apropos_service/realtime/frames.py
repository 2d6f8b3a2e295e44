"""How what is told is written: as a frame of a WebSocket, or as an event of a stream. Pure.

Source: RFC 6455, section 5.2 (a server's frames are not masked); HTML Living Standard, server-sent events.
"""

from typing import Any, Final

import orjson

TEXT: Final = 0x81
"""A whole text message in one frame."""
SHORT, MEDIUM = 126, 65_536


def frame(said: Any) -> bytes:
    """Return JSON as one text frame."""
    content = orjson.dumps(said)
    length = len(content)
    if length < SHORT:
        return bytes((TEXT, length)) + content
    if length < MEDIUM:
        return bytes((TEXT, 126)) + length.to_bytes(2, "big") + content
    return bytes((TEXT, 127)) + length.to_bytes(8, "big") + content


def event(kind: str, said: Any, cursor: str | None = None) -> bytes:
    """Return JSON as one event of a stream; `cursor` becomes its id."""
    mark = f"id: {cursor}\n" if cursor else ""
    return f"event: {kind}\n{mark}data: ".encode() + orjson.dumps(said) + b"\n\n"
