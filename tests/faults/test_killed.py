"""`kill -9` while sixteen post: what was acknowledged is there afterwards, once, and no `seq` is missing.

APROPOS_TEST_KILLS and APROPOS_TEST_POSTS say how often and how much; 100 and 10,000 are the promise (MEASURES §3).
"""

import asyncio
import os
from collections import Counter, defaultdict
from contextlib import AsyncExitStack

import pytest

from apropos import AsyncApropos
from conftest import token_for
from programs import serving
from stage import DATABASES, empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"
CLIENTS, THREADS = 16, 20
KILLS = int(os.environ.get("APROPOS_TEST_KILLS", "5"))
POSTS = int(os.environ.get("APROPOS_TEST_POSTS", "320"))
STUBBORN = 60
"""How often a client sends the same again before it gives up: longer than any restart takes."""


@pytest.fixture(scope="module", params=DATABASES)
def program(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    with empty_database(request.param, folder) as url, serving(url, folder) as running:
        yield running


class Ledger:
    """What was acknowledged: the text of every comment by thread, and how many reactions."""

    def __init__(self):
        self.said = defaultdict(list)
        self.reacted = 0

    @property
    def posts(self):
        return sum(map(len, self.said.values()))


async def post(ap, at, threads, ledger):
    """Post one after the other; what the SDK returns is acknowledged."""
    for turn in range(POSTS // CLIENTS):
        thread, body = threads[(at + turn * 7) % len(threads)], f"{at} {turn}"
        comment = await ap.threads.comment(thread, body)
        ledger.said[thread].append(body)
        if turn % 5 == 0:
            await ap.comments.react(comment.id, "👍")
            ledger.reacted += 1


async def kill_meanwhile(program, ledger, posting):
    """Kill the service and start it again, each time that another share of the posts was acknowledged."""
    kills = 0
    while kills < KILLS and not posting.done():
        if ledger.posts > kills * POSTS / (KILLS + 1):
            await asyncio.to_thread(program.kill)
            kills += 1
            await asyncio.to_thread(program.start)
        await asyncio.sleep(0.001)
    return kills


@pytest.mark.timeout(120 + 20 * KILLS)
async def test_what_was_acknowledged_outlives_every_kill(program):
    world, ledger = program.workspace(), Ledger()
    async with AsyncExitStack() as stack:
        people = [
            await stack.enter_async_context(AsyncApropos(world.url, token=token_for(world, f"p{at}"), retries=STUBBORN))
            for at in range(CLIENTS)
        ]
        opened = await asyncio.gather(*(people[0].threads.open(RECORD, f"thread {at}") for at in range(THREADS)))
        threads = [thread.id for thread in opened]
        posting = asyncio.ensure_future(asyncio.gather(*(post(ap, at, threads, ledger) for at, ap in enumerate(people))))
        kills = await kill_meanwhile(program, ledger, posting)
        await posting
        host = await stack.enter_async_context(AsyncApropos(world.url, key=world.key))

        assert kills == KILLS
        await must_be_kept(host, threads, ledger)
        await must_be_told_once(host, threads, ledger)
        counted = (await host.acting_as("newcomer").counts([RECORD]))[RECORD]
        assert (counted.total, counted.unread) == (THREADS, THREADS + ledger.posts)


async def must_be_kept(host, threads, ledger):
    """Fail where a comment is missing, doubled, or was never acknowledged."""
    assert ledger.posts == POSTS // CLIENTS * CLIENTS
    for thread in threads:
        found = [comment.body async for comment in host.threads.comments(thread)][1:]
        assert Counter(found) == Counter(ledger.said[thread])
        assert (await host.threads.get(thread)).comment_count == len(found) + 1


async def must_be_told_once(host, threads, ledger):
    """Fail where the log has a gap, a repeat, or something that did not happen."""
    told, page = defaultdict(list), await host.events.list()
    kinds = Counter()
    while page.data:
        for event in page.data:
            told[event.thread_id].append(event.seq)
            kinds[event.type] += 1
        page = await host.events.list(after=page.next)
    for thread in threads:
        assert told[thread] == list(range(1, len(told[thread]) + 1))
    assert kinds["comment.posted"] == THREADS + ledger.posts
    assert kinds["reaction.added"] == ledger.reacted
