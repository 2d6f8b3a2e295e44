"""The limit for telling many: a server that accepts WebSockets without a word and writes one prepared frame to all.

`raw.py PORT SIZE`: a POST is the shot; SIZE is the frame's, with its head.
"""

import asyncio
import sys

import uvloop

LISTENERS = set()


class Listener(asyncio.Protocol):
    """One connection."""

    def __init__(self, frame):
        self._frame = frame

    def connection_made(self, transport):
        self._transport = transport

    def data_received(self, data):
        if data.startswith(b"POST"):
            for listener in LISTENERS:
                listener.write(self._frame)
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        else:
            self._transport.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            LISTENERS.add(self._transport)

    def connection_lost(self, _):
        LISTENERS.discard(self._transport)


async def serve(port, size):
    """Serve until killed."""
    frame = b"\x81\x7e" + (size - 4).to_bytes(2, "big") + b"x" * (size - 4)
    server = await asyncio.get_running_loop().create_server(lambda: Listener(frame), "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
