"""Wires between programs that a test may cut, and a balancer that sends nobody to who is not ready."""

import asyncio
import itertools
from contextlib import asynccontextmanager, suppress

EVERY = 0.05
"""Seconds between two looks of the balancer."""


TURNS = 5
"""Rounds of the loop in which a connection that was accepted comes to be, and begins to be served."""


class Wire:
    """A port of loopback behind which one of `targets` (ports of loopback) answers, each new connection the next one."""

    def __init__(self, targets, port=0):
        self.ready = list(targets)
        self._turns = itertools.count()
        self._lines = {}
        self._server = None
        self.port = port

    async def open(self):
        """Let connections come, at the same port as before."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self):
        """Break all connections, and refuse new ones."""
        await shut(self._server)
        for task in self._lines:
            task.cancel()
        while self._lines:
            await asyncio.wait(self._lines)

    def _take(self, reader, writer):
        line = asyncio.create_task(self._join(reader, writer))
        self._lines[line] = writer
        line.add_done_callback(self._end)

    def _end(self, line):
        self._lines.pop(line).transport.abort()  # here, since a line that is cut before it began never comes to its own end

    async def _join(self, reader, writer):
        there = None
        try:
            port = self.ready[next(self._turns) % len(self.ready)]
            back, there = await asyncio.open_connection("127.0.0.1", port)
            async with asyncio.TaskGroup() as both:
                both.create_task(_carry(reader, there))
                both.create_task(_carry(back, writer))
        except (OSError, ExceptionGroup, ZeroDivisionError, asyncio.CancelledError):
            pass
        finally:
            if there is not None:
                there.transport.abort()


async def shut(server):
    """Let no connection come any more; those that were let in just now have come to be before it closes, which would lose them."""
    for sock in server.sockets:
        asyncio.get_running_loop().remove_reader(sock.fileno())
    for _ in range(TURNS):
        await asyncio.sleep(0)
    server.close()


async def _carry(reader, writer):
    while said := await reader.read(65_536):
        writer.write(said)
        await writer.drain()
    with suppress(OSError):
        writer.write_eof()


@asynccontextmanager
async def wire(port, *, at):
    """Give a wire from port `at` to `port`, which the test may cut and open again."""
    made = Wire([port], at)
    await made.open()
    yield made
    await made.cut()


@asynccontextmanager
async def balancing(programs):
    """Give a wire to those of the programs that say they are ready."""
    made = Wire([program.port for program in programs])
    await made.open()

    async def look():
        while True:
            made.ready = [program.port for program in programs if await asyncio.to_thread(program.answers)] or made.ready
            await asyncio.sleep(EVERY)

    looking = asyncio.create_task(look())
    try:
        yield made
    finally:
        looking.cancel()
        await made.cut()
