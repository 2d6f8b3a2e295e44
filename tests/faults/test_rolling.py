"""Two processes behind one address, restarted by turns under load: no call fails, and nobody who listens misses anything.

APROPOS_TEST_ROLLS says how many restarts; 50 is the promise (MEASURES §3).
"""

import asyncio
import os
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace

import pytest

from apropos import AsyncApropos
from conftest import token_for
from listening import until
from programs import serving
from stage import empty_database
from wires import balancing

ROLLS = int(os.environ.get("APROPOS_TEST_ROLLS", "3"))
RECORD = "forecast_line:a/b%2F ü:عربي"
CLIENTS, LISTENERS = 6, 4
BETWEEN = 10
"""Calls of each client between two restarts."""


@pytest.fixture
def two(tmp_path):
    with (
        empty_database("postgresql", tmp_path) as url,
        serving(url, tmp_path, "--stop-delay", "1") as one,
        serving(url, tmp_path, "--stop-delay", "1") as other,
    ):
        yield one, other


@pytest.mark.timeout(120 + 60 * ROLLS)
async def test_a_rolling_restart_is_noticed_by_nobody(two):
    world, over, said = two[0].workspace(), asyncio.Event(), []

    async def work(ap, thread):
        while not over.is_set():
            said.append((await ap.threads.comment(thread, f"{len(said)}")).id)
            await ap.counts([RECORD])

    async with balancing(two) as balancer, AsyncExitStack() as stack:
        here = replace(world, url=f"http://127.0.0.1:{balancer.port}")
        people = [
            await stack.enter_async_context(AsyncApropos(here.url, token=token_for(world, f"p{at}"), timeout=60))
            for at in range(CLIENTS)
        ]
        after = (await people[0].conversation(RECORD)).cursor
        heard = [[] for _ in range(LISTENERS)]
        listening = [asyncio.create_task(listen(people[at], after, heard[at])) for at in range(LISTENERS)]
        thread = (await people[0].threads.open(RECORD, "first")).id
        working = [asyncio.create_task(work(ap, thread)) for ap in people]
        for turn in range(ROLLS):
            await goes_on(said, working)
            await restart(two[turn % 2])
        await goes_on(said, working)
        over.set()
        await asyncio.gather(*working)
        last = len(said) + 2
        await until(lambda: all_heard(heard, last))
        found = [comment.id async for comment in people[0].threads.comments(thread)][1:]
        for task in listening:
            task.cancel()

    assert sorted(found) == sorted(said)
    assert all(one == list(range(1, last + 1)) for one in heard)


async def listen(ap, after, heard):
    """Follow the record live, as a host's back end does."""
    async with aclosing(ap.live(RECORD, after=after)) as events:
        async for event in events:
            heard.append(event.seq)


async def goes_on(said, working):
    """Wait until more was said, and fail with what a client failed with."""
    before = len(said)

    async def more():
        for task in working:
            if task.done():
                task.result()
        return len(said) >= before + BETWEEN * CLIENTS

    await until(more)


async def all_heard(heard, last):
    return all(len(one) >= last for one in heard)


async def restart(program):
    """Ask a program to stop, and start it again once it has."""
    program.ask_to_stop()
    await asyncio.to_thread(program.process.wait, 60)
    assert program.process.returncode == 0
    await asyncio.to_thread(program.start)
