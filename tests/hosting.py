"""A host's own web server for tests: answers at paths of loopback what a test says, and keeps what it was asked."""

from contextlib import asynccontextmanager

from aiohttp import web

from wires import shut


class Site:
    """A web server; `says[path]` is bytes, JSON, a status, an answer, or a function of `(headers, body)`, awaited or not."""

    def __init__(self, url):
        self.url = url
        self.says = {}
        self.asked = []

    async def answer(self, request):
        body = await request.read()
        self.asked.append((request.path, dict(request.headers), body))
        said = self.says.get(request.path, 404)
        if callable(said):
            said = said(request.headers, body)
        if hasattr(said, "__await__"):
            said = await said
        if isinstance(said, web.StreamResponse):
            return said
        if isinstance(said, int):
            return web.Response(status=said)
        return web.Response(body=said) if isinstance(said, bytes) else web.json_response(said)


@asynccontextmanager
async def site():
    """Give a `Site` that listens until the block ends."""
    made = Site("")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    door = web.TCPSite(runner, "127.0.0.1", 0)
    await door.start()
    made.url = f"http://127.0.0.1:{door._server.sockets[0].getsockname()[1]}"  # noqa: SLF001 aiohttp tells it nowhere else
    try:
        yield made
    finally:
        await shut(door._server)  # noqa: SLF001 aiohttp ends what is there, and would leave what comes meanwhile
        await runner.cleanup()
