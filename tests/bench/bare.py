"""What sending alone takes: a loop that signs and posts the same body as often, at as many addresses at a time, and keeps nothing.

Reads a plan from standard input (JSON: url, secret, body, number, together); answers with the CPU seconds that it had.
"""

import asyncio
import json
import sys
import time

import aiohttp
import uvloop

from apropos_service.signing import signed


async def post(plan):
    """Post them all."""
    left = iter(range(plan["number"]))
    body = plan["body"].encode()

    async def some(session):
        for number in left:
            headers = signed(body, [plan["secret"]], message_id=f"evt_{number}", at=int(time.time()))
            async with session.post(plan["url"], data=body, headers=headers | {"Content-Type": "application/json"}) as answer:
                await answer.read()
                assert answer.status == 204, answer.status

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(some(session) for _ in range(plan["together"])))


if __name__ == "__main__":
    given, began = json.load(sys.stdin), time.process_time()
    uvloop.run(post(given))
    print(json.dumps({"cpu": time.process_time() - began}))
