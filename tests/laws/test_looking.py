"""Whoever looks or writes keeps nobody waiting: what SQLite has at hand is done at once, what takes long beside the others."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from apropos_service.database import Database
from apropos_service.database.sqlite import READERS
from apropos_service.events.log import LogHead
from apropos_service.events.sealing import Sealing
from stage import empty_database, lay_out

MANY = 3_000_000
LONG = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) SELECT count(*) FROM n"  # noqa: S608 ours
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def begin(tx):
    tx.add(LogHead(tx.workspace_id, 0))


@pytest.fixture
def url(tmp_path):
    with empty_database("sqlite", tmp_path) as address:
        lay_out(address)
        yield address


@pytest.fixture
async def database(url):
    opened = await Database.open(url, Sealing(b"test"))
    yield opened
    await opened.close()


@asynccontextmanager
async def others(database):
    """Let others look again and again; gives what takes a step, which they must go on beside."""
    turns = 0

    async def look_again():
        nonlocal turns
        while True:
            async with database.reading("w") as look:
                assert await look.fetch("SELECT 1")
            turns += 1
            await asyncio.sleep(0)

    async def beside(step):
        before = turns
        found = await step
        assert turns > before + 1
        return found

    going = asyncio.create_task(look_again())
    yield beside
    going.cancel()


async def test_what_takes_long_is_found_while_others_go_on(database):
    async with others(database) as beside, database.reading("w", snapshot=True) as look:
        found = await beside(look.fetch(LONG))
        assert [tuple(row) for row in await look.fetch("SELECT 1")] == [(1,)]

    assert [tuple(row) for row in found] == [(MANY,)]


async def test_what_a_commit_looks_for_long_takes_nothing_of_it_back(database):
    async with others(database) as beside:

        async def begin_and_look(tx):
            tx.add(LogHead("w", 7))
            await tx.reading()
            return await beside(tx.fetch(LONG))

        found = await database.write("w", begin_and_look)

    assert [tuple(row) for row in found] == [(MANY,)]
    async with database.reading("w") as look:
        assert await look.position() == 7


async def test_what_takes_long_is_changed_while_others_go_on(database):
    await database.write("w", begin)

    async with others(database) as beside:
        sql = f"UPDATE log_head SET position = ({LONG})"  # noqa: S608 ours
        await database.write("w", lambda tx: beside(tx.execute(sql)), alone=True)

    async with database.reading("w") as look:
        assert await look.position() == MANY


async def test_who_waits_for_the_commit_of_another_process_keeps_nobody_waiting(database, url):
    other, began, end = await Database.open(url, Sealing(b"test")), asyncio.Event(), asyncio.Event()

    async def slow(tx):
        await begin(tx)
        await tx.reading()
        began.set()
        await end.wait()

    async def go_on(tx):
        (await tx.get(LogHead)).position += 1

    first = asyncio.create_task(database.write("w", slow))
    await began.wait()
    second = asyncio.create_task(other.write("w", go_on))
    async with others(database) as beside:
        await beside(asyncio.sleep(0.05))
    end.set()
    await first
    await second

    async with database.reading("w") as look:
        assert await look.position() == 1
    await other.close()


async def test_what_is_short_is_said_at_once(database):
    turns = 0

    async def others():
        nonlocal turns
        turns += 1

    async with database.reading("w", snapshot=True) as look:
        going = asyncio.create_task(others())
        await look.fetch("SELECT 1")

        assert turns == 0
    await going


async def test_what_nobody_waits_for_any_more_ends(database):
    async def ask():
        async with database.reading("w", snapshot=True) as look:
            await look.fetch(ENDLESS)

    for _ in range(2 * READERS):
        asked = asyncio.create_task(ask())
        await asyncio.sleep(0.02)
        asked.cancel()
        with suppress(asyncio.CancelledError):
            await asked

    async with database.reading("w", snapshot=True) as look:
        assert await look.fetch("SELECT 1")
