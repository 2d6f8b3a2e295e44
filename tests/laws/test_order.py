"""Whoever reads the log while others write misses nothing: each thread's `seq` is 1, 2, 3, in commit order.

Sixteen write at once, to one thread and to two hundred, in one process and in two on one PostgreSQL.
"""

import asyncio
from collections import Counter, defaultdict
from contextlib import AsyncExitStack

import pytest

from apropos import AsyncApropos
from conftest import token_for
from listening import page
from programs import serving
from stage import empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"
CLIENTS, ROUNDS = 16, 6
SMALL = 7


@pytest.fixture(scope="module")
def two_processes(tmp_path_factory):
    """Two real services on one PostgreSQL, which know of each other only by it."""
    folder = tmp_path_factory.mktemp("two")
    with empty_database("postgresql", folder) as url, serving(url, folder) as one, serving(url, folder) as other:
        yield one, other


@pytest.fixture
async def clients():
    """Return what makes clients, a person each: `clients(world, urls, 16)`; their addresses take turns."""
    async with AsyncExitStack() as stack:

        async def come(world, urls, number):
            made = (AsyncApropos(urls[at % len(urls)], token=token_for(world, f"p{at}"), timeout=60) for at in range(number))
            return [await stack.enter_async_context(client) for client in made]

        yield come


async def open_threads(people, number):
    """Open threads, all at once; return their ids."""
    opened = (people[at % len(people)].threads.open(RECORD, f"thread {at}") for at in range(number))
    return [thread.id for thread in await asyncio.gather(*opened)]


async def write(ap, at, threads):
    """Post, edit, react, see and take back, one after the other; return how many events each thread owes to it."""
    owed = Counter()
    for turn in range(ROUNDS):
        thread = threads[(at * ROUNDS + turn) % len(threads)]
        comment = await ap.threads.comment(thread, f"{at} {turn}")
        await ap.comments.react(comment.id, "👍")
        owed[thread] += 2
        if turn % 3 == 0:
            await ap.comments.edit(comment.id, f"{at} {turn}, <@ada>")
            await ap.comments.seen(comment.id)
            owed[thread] += 3  # the edit, who it mentions now, and who saw it
        if turn % 4 == 0:
            await ap.comments.withdraw(comment.id)
            owed[thread] += 1
    return owed


async def pull(hosts, done):
    """Follow the log in small pages, a page from each process in turn, until nothing comes and `done` is set."""
    log, after, turn = [], None, 0
    while True:
        over = done.is_set()
        found = await hosts[turn % len(hosts)].events.list(after=after, limit=SMALL)
        turn, after = turn + 1, found.next
        log += found.data
        if over and not found.data:
            return log


async def write_and_pull(people, hosts, number):
    """Return the threads, what each owes, and the log as it was pulled meanwhile."""
    threads, done = await open_threads(people, number), asyncio.Event()
    pulling = asyncio.create_task(pull(hosts, done))
    owed = Counter(dict.fromkeys(threads, 2))  # opened, and its first comment
    for one in await asyncio.gather(*(write(ap, at, threads) for at, ap in enumerate(people))):
        owed += one
    done.set()
    return threads, owed, await pulling


async def must_be_whole(threads, owed, log, host):
    """Fail on a gap, a repeat, a thread told out of order, or a thread that does not know its own count."""
    told = defaultdict(list)
    for event in log:
        told[event.thread_id].append(event.seq)
    assert len({event.id for event in log}) == len(log)
    for thread in threads:
        assert told[thread] == list(range(1, owed[thread] + 1)), thread
    for thread in threads[:20]:
        assert (await host.threads.get(thread)).seq == owed[thread]


@pytest.mark.parametrize("number", [1, 200], ids=["one thread", "two hundred threads"])
async def test_a_reader_misses_nothing_that_is_written_meanwhile(world, host, clients, number):
    people = await clients(world, [world.url], CLIENTS)

    threads, owed, log = await write_and_pull(people, [host], number)

    await must_be_whole(threads, owed, log, host)


@pytest.mark.parametrize("number", [1, 200], ids=["one thread", "two hundred threads"])
async def test_two_processes_number_one_log(two_processes, clients, number):
    world = two_processes[0].workspace()
    urls = [process.url for process in two_processes]
    people = await clients(world, urls, CLIENTS)
    async with AsyncApropos(urls[0], key=world.key) as one, AsyncApropos(urls[1], key=world.key) as other:
        threads, owed, log = await write_and_pull(people, [one, other], number)

        await must_be_whole(threads, owed, log, one)


async def test_pages_hear_a_thread_in_order_whichever_process_they_are_at(two_processes, clients):
    world = two_processes[0].workspace()
    urls = [process.url for process in two_processes]
    people = await clients(world, urls, CLIENTS)
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(page(url, token_for(world, "ada"))) for url in urls]
        for one in pages:
            await one.subscribe(RECORD)
        [thread] = await open_threads(people, 1)
        counts = await asyncio.gather(*(write(ap, at, [thread]) for at, ap in enumerate(people)))
        owed = sum(counts, Counter())[thread] + 2

        for one in pages:
            frames = await one.hear_events(owed)
            assert [frame["event"]["seq"] for frame in frames] == list(range(1, owed + 1))
