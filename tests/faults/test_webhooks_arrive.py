"""`kill -9` while webhooks are sent: everything arrives, and a kill costs one repetition at most.

APROPOS_TEST_KILLS and APROPOS_TEST_EVENTS say how often and how much; 100 and 2,000 are the promise (issue 6).
"""

import asyncio
import os
from collections import Counter

import pytest

from apropos import AsyncApropos, webhooks
from hosting import site
from programs import serving
from stage import empty_database

KILLS = int(os.environ.get("APROPOS_TEST_KILLS", "4"))
EVENTS = int(os.environ.get("APROPOS_TEST_EVENTS", "120"))
ALLOW = ("--webhook-allow", "127.0.0.1/32")


@pytest.fixture(params=["one on sqlite", "two on postgresql"])
def programs(request, tmp_path):
    """Services that answer and send; the last one is never killed where there are two."""
    kind = request.param.rpartition(" ")[2]
    with empty_database(kind, tmp_path) as url, serving(url, tmp_path, *ALLOW) as first:
        if kind == "sqlite":
            yield [first]
            return
        with serving(url, tmp_path, *ALLOW) as second:
            yield [first, second]


@pytest.mark.timeout(120 + 60 * KILLS)
async def test_everything_arrives_whoever_is_killed(programs):
    world, came = programs[0].workspace(), Counter()

    def hear(headers, body):
        came[webhooks.open(hook.secret, headers, body).id] += 1  # at once: what was signed is believed for five minutes
        return 204

    async with site() as system, AsyncApropos(programs[-1].url, key=world.key, retries=60) as host:
        system.says["/hook"] = hear
        hook = await host.webhooks.create(f"{system.url}/hook", types=["comment.posted"])
        writing = asyncio.ensure_future(write(host))
        for kill in range(KILLS):
            await heard(came, (kill + 1) * EVENTS // (KILLS + 2))
            await asyncio.to_thread(programs[0].kill)
            await asyncio.to_thread(programs[0].start)
        await writing
        await heard(came, EVENTS)

        async def noted():
            return not [one async for one in host.webhooks.deliveries(hook.id) if one.state != "delivered"]

        await patiently(noted)
        told = [event.id async for event in everything(host)]

    assert set(came) == set(told)
    assert len(told) == EVENTS
    assert sum(came.values()) - EVENTS <= KILLS, "a kill repeats more than one"


async def write(host):
    """Post one after the other, whatever dies meanwhile."""
    thread = await host.threads.open("forecast_line:a/b%2F ü:عربي", "0")
    for number in range(1, EVENTS):
        await host.threads.comment(thread.id, str(number))


async def heard(came, number):
    """Wait until so many different events came."""

    async def enough():
        return len(came) >= number

    await patiently(enough)


async def patiently(look):
    """Wait until `look` finds something; a restart takes a while, and an endpoint waits for its turn."""
    async with asyncio.timeout(60 + 10 * KILLS):
        while True:
            if await look():
                return
            await asyncio.sleep(0.005)


async def everything(host):
    """Yield every event that the webhook hears of."""
    page = await host.events.list(types=["comment.posted"])
    while page.data:
        for event in page.data:
            yield event
        page = await host.events.list(after=page.next, types=["comment.posted"])
