"""A proxy between a page and the service, as companies have them: it breaks WebSockets, or holds streams back, or neither."""

import asyncio
import re
import threading
from base64 import b64encode
from contextlib import asynccontextmanager, contextmanager, suppress
from hashlib import sha1
from urllib.parse import urlsplit

from wires import shut

THROUGH = "through"
BREAKS = [200, 400, 502, "closed", "cut", "dumb", "short"]
"""What becomes of a wish for a WebSocket: an answer with this status; no answer; a socket that is cut at once; one that is dumb;
one that works and is cut within a second."""
SHORT = 0.5
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3


class Proxy:
    """One proxy. Set `upgrades` and `holds_streams` at any time; `heard` is what went through: `(path, status)`."""

    def __init__(self, service):
        self.upgrades, self.holds_streams = THROUGH, False
        self.heard = []
        self.held = 0  # streams that were held back
        self.sockets = self.streams = 0  # how many are open
        self._changed = threading.Condition()
        self._service = urlsplit(service)
        self.address = ""

    def wait(self, look):
        """Wait until `look(proxy)` is true; what never is fails the test."""
        with self._changed:
            assert self._changed.wait_for(lambda: look(self), timeout=90), vars(self)

    async def serve(self, opened, closing):
        """Serve until `closing` is set; `opened` is set once the address is known."""
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        opened.set()
        await closing.wait()
        await shut(server)
        ours = asyncio.all_tasks() - {asyncio.current_task()}
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)

    def _note(self, **more):
        with self._changed:
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)
            self._changed.notify_all()

    async def _take(self, reader, writer):
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):  # its page went, or we do
            async with _open(writer):
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                if re.search(rb"(?im)^upgrade:\s*websocket", head):
                    await self._upgrade(head, reader, writer)
                elif path.startswith("/v1/stream") and self.holds_streams:
                    self._note(held=1)
                    await reader.read()
                else:
                    await self._forward(path, head, reader, writer)

    async def _upgrade(self, head, reader, writer):
        how = self.upgrades
        if how in (THROUGH, "short"):
            async with self._connected(head) as (there, back):
                self._note(sockets=how == THROUGH)
                with suppress(TimeoutError):
                    async with asyncio.timeout(SHORT if how == "short" else None):
                        await _both(_pipe(reader, back), _pipe(there, writer))
            self._note(sockets=-(how == THROUGH))
        elif isinstance(how, int):
            writer.write(f"HTTP/1.1 {how} So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        elif how != "closed":
            key = re.search(rb"(?im)^sec-websocket-key:\s*(\S+)", head)[1]
            accepted = b64encode(sha1(key + GUID, usedforsecurity=False).digest()).decode()
            answer = f"HTTP/1.1 101 So\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accepted}\r\n\r\n"
            writer.write(answer.encode())
            if how == "dumb":
                await reader.read()

    async def _forward(self, path, head, reader, writer):
        is_stream = path.startswith("/v1/stream")
        async with self._connected(re.sub(rb"(?im)^connection:[^\r]*", b"Connection: close", head)) as (there, back):
            length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
            if length:
                back.write(await reader.readexactly(int(length[1])))
            first = await there.readline()
            if not head.startswith(b"OPTIONS"):
                self.heard.append((urlsplit(path).path, int(first.split(b" ")[1])))
            self._note(streams=is_stream)
            writer.write(first)
            await _both(_pipe(reader, back), _pipe(there, writer))
        self._note(streams=-is_stream)

    @asynccontextmanager
    async def _connected(self, head):
        there, back = await asyncio.open_connection(self._service.hostname, self._service.port)
        async with _open(back):
            back.write(head)
            yield there, back


@asynccontextmanager
async def _open(writer):
    try:
        yield
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _pipe(reader, writer):
    with suppress(OSError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()


async def _both(*ways):
    """Let all through both ways until one of them ends."""
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


@contextmanager
def proxy_of(service):
    """Run a proxy to a service in a thread of its own."""
    proxy, opened, closing = Proxy(service), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(proxy.serve(opened, closing)), daemon=True)
    thread.start()
    assert opened.wait(20)
    yield proxy
    loop.call_soon_threadsafe(closing.set)
    thread.join(20)
    loop.close()
