"""Whoever looks keeps nobody waiting: what SQLite has at hand is said at once, what takes long is found beside the others."""

import asyncio
from contextlib import suppress

import pytest

from apropos_service.database import Database
from apropos_service.database.sqlite import READERS
from apropos_service.events.sealing import Sealing
from stage import empty_database

MANY = 3_000_000
LONG = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) SELECT count(*) FROM n"  # noqa: S608 ours
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
async def database(tmp_path):
    with empty_database("sqlite", tmp_path) as url:
        opened = await Database.open(url, Sealing(b"test"))
        yield opened
        await opened.close()


async def test_what_takes_long_is_found_while_others_go_on(database):
    turns = 0

    async def others():
        nonlocal turns
        while True:
            async with database.reading("w") as look:
                assert await look.fetch("SELECT 1")
            turns += 1
            await asyncio.sleep(0)

    going = asyncio.create_task(others())
    async with database.reading("w", snapshot=True) as look:
        found = await look.fetch(LONG)
        assert [tuple(row) for row in await look.fetch("SELECT 1")] == [(1,)]
    going.cancel()

    assert [tuple(row) for row in found] == [(MANY,)]
    assert turns > 1


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
