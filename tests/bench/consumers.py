"""Other systems, in a process of their own: at `/hears` what comes is taken, at `/hangs` nothing is ever answered.

Says its port; then answers each line, a number, once so many deliveries were taken since the last: how long after they had
happened they came, and within how many seconds all of them. No delivery twice.
"""

import asyncio
import json
import sys
import time
from datetime import datetime

import uvloop
from aiohttp import web

PATIENCE = 120.0


class Consumers:
    """What all of them heard."""

    def __init__(self):
        self._came, self._delays = [], []
        self._more = asyncio.Event()

    async def hears(self, request):
        at, told = time.time(), json.loads(await request.read())
        self._came.append(at)
        self._delays.append(at - datetime.fromisoformat(told["timestamp"]).timestamp())
        self._more.set()
        return web.Response(status=204)

    async def hangs(self, request):
        await request.read()
        await asyncio.Event().wait()

    async def took(self, number):
        """Wait until so many came; return what is known of them."""
        async with asyncio.timeout(PATIENCE):
            while len(self._came) < number:
                self._more.clear()
                await self._more.wait()
        assert len(self._came) == number, "some came twice"
        delays, seconds = sorted(self._delays), max(self._came) - min(self._came)
        self._came, self._delays = [], []
        return {"p50": delays[number // 2], "p99": delays[number * 99 // 100], "last": delays[-1], "seconds": seconds}


async def serve():
    """Listen until standard input ends."""
    consumers = Consumers()
    app = web.Application()
    app.router.add_post("/hears", consumers.hears)
    app.router.add_post("/hangs", consumers.hangs)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    print(json.dumps({"ready": True}), flush=True)
    while line := await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await consumers.took(int(line))), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    uvloop.run(serve())
