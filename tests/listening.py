"""Ears for tests: a page's WebSocket and a stream of server-sent events, spoken to frame by frame."""

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
from websockets.asyncio.client import connect

PATIENCE = 20.0
"""Seconds after which something that never comes fails the test; nothing is measured."""


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

    def cut(self):
        """Break the connection without a word, as a network does."""
        self._socket.transport.abort()

    async def closed(self):
        """Wait until the service closes; return the code."""
        await asyncio.wait_for(self._socket.wait_closed(), PATIENCE)
        return self._socket.close_code


@asynccontextmanager
async def page(url, token=None):
    """Open a page; with `token`, it has said who it is."""
    async with connect(url.replace("http", "ws", 1) + "/v1/live", open_timeout=PATIENCE) as socket:
        opened = Page(socket)
        if token is not None:
            await opened.say({"token": token})
            assert await opened.hear() == {"authenticated": True}
        yield opened


@asynccontextmanager
async def stream(url, headers, record, **which):
    """Give an iterator of `(event, id, data)` of a stream of server-sent events."""
    async with (
        httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE) as client,
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
