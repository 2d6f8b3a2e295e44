"""Ears for tests: a page's WebSocket and a stream of server-sent events, spoken to frame by frame."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from calling import http_client

BUSY = 503
PATIENCE = 60.0
"""Seconds after which something that never comes fails the test; nothing is measured."""


class Busy(Exception):
    """The service takes nobody more just now, and said so: whoever wants something comes again."""


async def until(look):
    """Return what `look` finds, once it finds something."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if found := await look():
                return found
            await asyncio.sleep(0.02)


class Page:
    """A page on a WebSocket."""

    def __init__(self, socket):
        self._socket = socket
        self.counts = []  # of the person's inbox, as they were pushed

    async def say(self, frame):
        await self._socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def hear(self):
        """Return the next frame that is not about the person's inbox."""
        while set(frame := await self._next()) == {"counts"}:
            self.counts.append(frame["counts"])
        return frame

    async def hear_counts(self):
        """Return the next counts of the person's inbox."""
        if not self.counts:
            frame = await self._next()
            assert set(frame) == {"counts"}, frame
            return frame["counts"]
        return self.counts.pop(0)

    async def hear_events(self, number):
        """Return the next `number` frames, which are all events."""
        frames = [await self.hear() for _ in range(number)]
        assert all(set(frame) == {"event", "cursor"} for frame in frames), frames
        return frames

    async def subscribe(self, record, after=None):
        """Return the cursor from which the subscription goes on."""
        await self.say({"subscribe": [{"record": record, "after": after}]})
        frame = await self.hear()
        assert frame["subscribed"]["record"] == record, frame
        return frame["subscribed"]["cursor"]

    async def _next(self):
        return json.loads(await asyncio.wait_for(self._socket.recv(), PATIENCE))

    @property
    def over(self):
        """Whether the service closed."""
        return self._socket.state is not State.OPEN

    async def ping(self):
        """Ask whether anybody is there, as WebSockets do, and do not wait for the answer."""
        with suppress(ConnectionClosed):
            await self._socket.ping()

    def begin(self, text):
        """Say the first bytes of a longer message, and no more; the mask is zero."""
        self._socket.transport.write(bytes((0x81, 0x80 | 100)) + bytes(4) + text)

    def hold(self, *, still):
        """Read nothing from the network while `still`."""
        self._socket.transport.pause_reading() if still else self._socket.transport.resume_reading()

    async def rest(self):
        """Return all frames until the service closes."""
        frames = []
        with suppress(ConnectionClosed):
            while True:
                frames.append(await self.hear())
        return frames

    def cut(self):
        """Break the connection without a word, as a network does."""
        self._socket.transport.abort()

    async def closed(self):
        """Wait until the service closes; return the code."""
        await asyncio.wait_for(self._socket.wait_closed(), PATIENCE)
        return self._socket.close_code


@asynccontextmanager
async def page(url, token=None, *, narrow=False):
    """Open a page; with `token`, it has said who it is. For a `narrow` one the system keeps as little as can be. Raises `Busy`.

    What nobody reads is kept, without a bound: otherwise a page that heard enough would not hear the service's goodbye either.
    """
    sock = narrow_socket(url) if narrow else None
    async with connect(url.replace("http", "ws", 1) + "/v1/live", open_timeout=PATIENCE, max_queue=None, sock=sock) as connection:
        opened = Page(connection)
        if token is not None:
            await opened.say({"token": token})
            answer = await opened.hear()
            if answer.get("error", {}).get("status") == BUSY:
                raise Busy(answer)
            assert answer == {"authenticated": True}, answer
        yield opened


def narrow_socket(url):
    """Return a connected socket whose other end soon notices that nobody reads."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    address = urlsplit(url)
    made.connect((address.hostname, address.port))
    return made


@asynccontextmanager
async def stream(url, headers, record, **which):
    """Give an iterator of `(event, id, data)` of a stream of server-sent events."""
    async with (
        http_client(url, headers=headers) as client,
        client.stream("GET", "/v1/stream", params={"record": record, **which}) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        lines = answer.aiter_lines()

        async def events():
            found = {}
            async for line in lines:
                name, _, value = line.partition(": ")
                if not line:
                    if "data" in found:
                        yield found["event"], found.get("id"), json.loads(found["data"])
                    found = {}
                elif name:
                    found[name] = value

        yield events()
