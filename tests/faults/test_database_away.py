"""PostgreSQL goes away under load: callers are told 503 and when to come back, then all goes on, and nothing is lost.

APROPOS_TEST_RESTARTS says how often the whole server is restarted at once; 20 is the promise (MEASURES §3).
"""

import asyncio
import os
from collections import Counter
from contextlib import aclosing

import asyncpg
import pytest

from apropos import AsyncApropos
from apropos._ids import new_id
from calling import http_client
from clusters import cluster_of_our_own
from conftest import token_for
from listening import page, until
from stage import empty_database, running

RECORD = "forecast_line:a/b%2F ü:عربي"
CLIENTS = 16
CUTS = 8
RESTARTS = int(os.environ.get("APROPOS_TEST_RESTARTS", "3"))
SERVED = {200, 201}


@pytest.fixture(scope="module")
def cluster():
    with cluster_of_our_own() as server:
        yield server


class Load:
    """Clients that write and read until they are told to stop, and what they were answered."""

    def __init__(self, world, thread):
        self.world, self.thread = world, thread
        self.over = asyncio.Event()
        self.acknowledged = []
        self.statuses = Counter()
        self.refusals = []

    async def run(self):
        """Load the service until `over` is set."""
        headers = {"Authorization": f"Bearer {token_for(self.world, 'ada')}"}
        async with http_client(self.world.url, headers=headers) as http:
            await asyncio.gather(*(self._write(http) for _ in range(CLIENTS)), *(self._read(http) for _ in range(2)))

    async def _write(self, http):
        while not self.over.is_set():
            comment = {"id": new_id("cmt"), "body": "x"}
            await until(lambda: self._ask(http, "POST", f"/v1/threads/{self.thread}/comments", json=comment))  # noqa: B023
            self.acknowledged.append(comment["id"])

    async def _read(self, http):
        while not self.over.is_set():
            for path, query in (("/v1/conversation", {"record": RECORD}), ("/v1/counts", {"record": RECORD}), ("/v1/threads", {})):
                await self._ask(http, "GET", path, params=query)
            await asyncio.sleep(0.02)

    async def _ask(self, http, method, path, **what):
        answer = await http.request(method, path, **what)
        self.statuses[answer.status_code] += 1
        if answer.status_code in SERVED:
            return True
        self.refusals.append((answer.status_code, answer.headers.get("retry-after"), answer.text))
        return False

    async def goes_on(self):
        """Wait until the service takes writes again."""
        before = len(self.acknowledged)
        await until(lambda: _held(len(self.acknowledged) >= before + CLIENTS))


async def _held(found):
    return found


async def must_outlive(stage, harm, times):
    """Load the service, do it harm so many times, and fail on a wrong answer, a lost write or a missed frame."""
    world = stage.workspace()
    token = token_for(world, "bo")
    async with (
        AsyncApropos(world.url, key=world.key, retries=20) as host,
        AsyncApropos(world.url, token=token, retries=20) as bo,
        page(world.url, token) as open_page,
    ):
        after = (await bo.conversation(RECORD)).cursor
        await open_page.subscribe(RECORD, after)
        thread = (await host.threads.open(RECORD, "first")).id
        heard, load = [], Load(world, thread)
        listening = asyncio.create_task(listen(bo, after, heard))
        loading = asyncio.create_task(load.run())
        for _ in range(times):
            await load.goes_on()
            await harm()
        await load.goes_on()
        load.over.set()
        await loading

        assert set(load.statuses) <= {*SERVED, 503}, load.refusals[:5]
        assert all(wait is not None and "database" in text for _, wait, text in load.refusals), load.refusals[:5]
        found = [comment.id async for comment in host.threads.comments(thread)][1:]
        assert Counter(found) == Counter(load.acknowledged)
        seq = (await host.threads.get(thread)).seq
        assert seq == len(found) + 2
        on_page = [frame["event"]["seq"] for frame in await open_page.hear_events(seq)]
        await until(lambda: _held(len(heard) >= seq))
        listening.cancel()
        assert heard == on_page == list(range(1, seq + 1))
        await until(lambda: bus_is_back(world.url))


async def listen(ap, after, heard):
    """Follow the record live, as a host's back end does."""
    async with aclosing(ap.live(RECORD, after=after)) as events:
        async for event in events:
            heard.append(event.seq)


async def bus_is_back(url):
    """Tell whether hints go between processes again."""
    async with http_client(url) as http:
        return (await http.get("/readyz")).json() == {"status": "ok", "database": "ok", "bus": "ok"}


@pytest.fixture
def served(tmp_path):
    """A service on the PostgreSQL that all share."""
    with empty_database("postgresql", tmp_path) as url, running(url, tmp_path) as stage:
        yield stage


@pytest.fixture
def served_alone(cluster, tmp_path):
    """A service on a PostgreSQL of its own."""
    with running(cluster.url, tmp_path) as stage:
        yield stage


async def test_every_connection_is_cut_again_and_again(served):
    others = "datname = current_database() AND pid <> pg_backend_pid()"

    async def cut():
        connection = await asyncpg.connect(served.database_url)
        assert await connection.fetch(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608
        await connection.close()

    await must_outlive(served, cut, CUTS)


@pytest.mark.timeout(120 + 30 * RESTARTS)
async def test_the_database_is_restarted_at_once(cluster, served_alone):
    async def restart():
        await asyncio.to_thread(cluster.crash)
        await asyncio.sleep(0.2)
        cluster.start()
        await until(cluster.answers)

    await must_outlive(served_alone, restart, RESTARTS)
