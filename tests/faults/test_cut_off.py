"""Pages cut off again and again, on two processes with each bus: nothing missed, nothing twice, whoever they come back to.

APROPOS_TEST_PAGES, APROPOS_TEST_PAGE_CUTS and APROPOS_TEST_EVENTS say how many of each; 1,000, 20 and 10,000 are the promise
(MEASURES §3). The events are of `RECORDS` records, and each page listens to one.
"""

import asyncio
import logging
import os
import random
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import pytest

from apropos import AsyncApropos
from apropos_service.events.catalog import ThreadReopened
from apropos_service.realtime import missed
from apropos_service.threads.model import Thread
from conftest import token_for
from listening import Busy, page
from programs import serving
from stage import POSTGRESQL, empty_database, running

REDIS = os.environ.get("APROPOS_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NATS = os.environ.get("APROPOS_TEST_NATS_URL", "nats://127.0.0.1:4222")
PAGES = int(os.environ.get("APROPOS_TEST_PAGES", "24"))
CUTS = int(os.environ.get("APROPOS_TEST_PAGE_CUTS", "4"))
EVENTS = int(os.environ.get("APROPOS_TEST_EVENTS", "160"))
RECORDS = 4 if EVENTS < 1_000 else 20
WRITERS = 8
RECORD = "forecast_line:a/b%2F ü:عربي"
DAYS = int(timedelta(hours=72).total_seconds() * 1_000)

log = logging.getLogger("apropos.faults")


@pytest.fixture(params=[POSTGRESQL, REDIS, NATS], ids=["postgresql", "redis", "nats"])
def two(request, tmp_path):
    """Two processes on one database, that hear of each other over a bus."""
    settings = ("--bus-url", request.param)
    with (
        empty_database("postgresql", tmp_path) as url,
        serving(url, tmp_path, *settings) as one,
        serving(url, tmp_path, *settings) as other,
    ):
        yield one, other


def places(seed, last):
    """Return after how many events a page is cut, each time, and the last, which it waits for."""
    return [*sorted(random.Random(seed).sample(range(1, last), min(CUTS, last - 1))), last]


async def follow(urls, world, record, *, after, last, seed):
    """Listen to a record until its event `last`, cut on the way; return what was heard."""
    heard = []
    for turn, place in enumerate(places(seed, last)):
        async with patient(urls[(seed + turn) % 2], token_for(world, f"p{seed}")) as one:
            await one.say({"subscribe": [{"record": record, "after": after}]})
            while len(heard) < place:
                frame = await one.hear()
                if "event" in frame:
                    heard.append(frame["event"]["seq"])
                    after = frame["cursor"]
                else:
                    assert set(frame) <= {"subscribed", "presence"}, frame
            one.cut()
    return heard


@asynccontextmanager
async def patient(url, token):
    """Open a page, and come again for as long as there is no room, as pages do."""
    async with AsyncExitStack() as stack:
        while True:
            try:
                one = await stack.enter_async_context(page(url, token))
                break
            except Busy as busy:
                log.info("%s", busy)
                await asyncio.sleep(random.uniform(0.5, 1.5))
        yield one


async def write(hosts, threads):
    """Post to all threads by turns, through both processes at once."""
    todo = iter(range(EVENTS - 2 * RECORDS))

    async def some(host):
        for number in todo:
            await host.threads.comment(threads[number % RECORDS], f"{number}")

    await asyncio.gather(*(some(hosts[at % 2]) for at in range(WRITERS)))


@pytest.mark.timeout(120 + PAGES * CUTS // 20 + EVENTS // 10)
async def test_nothing_is_missed_and_nothing_heard_twice(two):
    world, names = two[0].workspace(), [f"{RECORD} {number}" for number in range(RECORDS)]
    urls, last = [program.url for program in two], EVENTS // RECORDS
    async with AsyncExitStack() as stack:
        hosts = [await stack.enter_async_context(AsyncApropos(url, key=world.key, retries=20)) for url in urls]
        after = {name: (await hosts[0].conversation(name)).cursor for name in names}
        listening = [
            asyncio.create_task(follow(urls, world, name := names[at % RECORDS], after=after[name], last=last, seed=at))
            for at in range(PAGES)
        ]
        threads = [(await hosts[at % 2].threads.open(name, "first")).id for at, name in enumerate(names)]
        await write(hosts, threads)
        heard = await asyncio.gather(*listening)

    assert all(one == list(range(1, last + 1)) for one in heard)


@pytest.fixture
def stage(tmp_path):
    with empty_database("sqlite", tmp_path) as url, running(url, tmp_path) as running_:
        yield running_


async def test_a_cursor_of_three_days_ago_goes_on_where_it_was(stage):
    world = stage.workspace()
    async with AsyncApropos(world.url, key=world.key) as host:
        cursor = (await host.conversation(RECORD)).cursor
        thread = await host.threads.open(RECORD, "three days ago")
        with stage.ahead(DAYS):
            await host.threads.comment(thread.id, "now")
            async with page(world.url, token_for(world, "bo")) as bo:
                await bo.subscribe(RECORD, cursor)
                frames = await bo.hear_events(3)
            async with aclosing(host.live(RECORD, after=cursor)) as events:
                assert [(await anext(events)).seq for _ in range(3)] == [1, 2, 3]

    times = [frame["event"]["timestamp"] for frame in frames]
    assert [frame["event"]["seq"] for frame in frames] == [1, 2, 3]
    assert all(early <= late for early, late in pairwise(times))
    assert times[0] < times[2]


async def test_a_cursor_with_too_much_after_it_is_told_to_read_anew(stage):
    world, state = stage.workspace(), stage.app.state
    async with AsyncApropos(world.url, key=world.key) as host, page(world.url, token_for(world, "bo")) as bo:
        thread = await host.threads.open(RECORD, "x")
        cursor = (await host.conversation(RECORD)).cursor

        async def reopen_often(tx):
            row = await tx.get(Thread, thread.id)
            for _ in range(missed.MOST + 1):
                tx.append(ThreadReopened(), on=row, **row.where())

        writing = asyncio.run_coroutine_threadsafe(state.database.write(world.workspace, reopen_often), stage.loop)
        await asyncio.wrap_future(writing)
        await bo.subscribe(RECORD, cursor)
        while set(frame := await bo.hear()) == {"event", "cursor"}:
            assert frame["event"]["type"] == "thread.reopened"
        assert frame == {"resync": {"record": RECORD}}
        fresh = await bo.subscribe(RECORD)
        await host.threads.comment(thread.id, "y")
        assert (await bo.hear())["event"]["seq"] == missed.MOST + 4
        assert fresh != cursor
