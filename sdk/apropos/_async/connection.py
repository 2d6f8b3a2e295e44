"""One connection of live delivery, awaited: a WebSocket where that can be, else server-sent events.

A WebSocket needs the package `websockets` (`pip install apropos-sdk[live]`) and a caller who speaks for themselves: it
has no header to act as somebody.
"""

import json
from collections.abc import AsyncGenerator
from importlib.util import find_spec

from .._frames import Frame, from_socket
from ..errors import Unreachable
from . import stream
from .transport import Transport

LARGEST = 4 * 2**20


def frames(transport: Transport, record: str, after: str | None) -> AsyncGenerator[Frame, None]:
    """Return the frames of a record until the line breaks. Raises like `stream.frames`."""
    possible = transport.direct and transport.actor is None and find_spec("websockets") is not None
    return _socket(transport, record, after) if possible else stream.frames(transport, record, after)


async def _socket(transport: Transport, record: str, after: str | None) -> AsyncGenerator[Frame, None]:
    from websockets.asyncio.client import connect  # noqa: PLC0415 only those who listen need it
    from websockets.exceptions import WebSocketException  # noqa: PLC0415 the same

    address = transport.endpoint.replace("http", "ws", 1) + "/v1/live"
    try:
        async with connect(address, max_size=LARGEST, open_timeout=transport.timeout) as socket:
            await socket.send(json.dumps({"token": transport.bearer()}))
            await socket.send(json.dumps({"subscribe": [{"record": record, "after": after}]}))
            async for message in socket:
                frame = from_socket(message, record)
                if frame is not None:
                    yield frame
    except (WebSocketException, OSError) as failure:
        raise Unreachable(f"{transport.endpoint} went silent: {failure!r}") from failure
