"""Looks of one moment go together: each is answered with what is theirs, and none pays for what another asks."""

import asyncio
from contextlib import suppress

import pytest

from apropos_service.database import Database, postgresql
from apropos_service.database.together import Together
from apropos_service.errors import Overloaded
from apropos_service.events.log import LogHead
from apropos_service.events.sealing import Sealing
from stage import DATABASES, empty_database, lay_out

MANY = 300
THEIRS = """SELECT h.position, :whose AS whose, :number + 1 FROM log_head h
            WHERE h.workspace_id = :workspace_id OR h.workspace_id = ANY(:others) ORDER BY h.position DESC"""
"""Two rows for each, in an order of theirs, out of which each asked for a text, a number and a list."""
SLOW = "SELECT pg_sleep(CAST(:seconds AS integer))"


@pytest.fixture(params=DATABASES)
def url(request, tmp_path):
    with empty_database(request.param, tmp_path) as address:
        lay_out(address)
        yield address


@pytest.fixture
async def database(url):
    opened = await Database.open(url, Sealing(b"test"))
    for name in ("w", "v", ""):
        await opened.write(name, begin)
    yield opened
    await opened.close()


async def begin(tx):
    tx.add(LogHead(tx.workspace_id, 1 if tx.workspace_id == "w" else 2))


@pytest.fixture
def asked(monkeypatch):
    """How many each statement of these looks was for, on PostgreSQL; whatever else runs in this process asks for something else."""
    found, one, many = [], postgresql.Connection.fetch, postgresql.Connection.fetch_many

    async def fetch(self, sql, **params):
        if sql == THEIRS:
            found.append(1)
        return await one(self, sql, **params)

    async def fetch_many(self, text, each):
        found.append(len(each))
        return await many(self, text, each)

    monkeypatch.setattr(postgresql.Connection, "fetch", fetch)
    monkeypatch.setattr(postgresql.Connection, "fetch_many", fetch_many)
    return found


async def look(database, number, *, whose=None, others=("v",)):
    together = database.together("w")
    return list(map(tuple, await together.fetch(THEIRS, whose=whose or f"{number}", number=number, others=list(others))))


def theirs(number, whose=None):
    return [(2, whose or f"{number}", number + 1), (1, whose or f"{number}", number + 1)]


async def test_each_gets_theirs(database, url, asked):
    found = await asyncio.gather(*(look(database, number) for number in range(MANY)))

    assert found == [theirs(number) for number in range(MANY)]
    if url.startswith("postgresql"):
        assert sum(asked) == MANY
        assert len(asked) < MANY / 20


async def test_who_asks_alone_is_not_kept_waiting_for_others(database, asked):
    for number in range(3):
        assert await look(database, number) == theirs(number)
    assert set(asked) <= {1}


async def test_lists_of_any_length_and_any_text_go_together(database):
    strange = ["v", "with space", "\x1f", "v\x1fw", "{}", '"', "\\", "é"]
    lists = [strange, ["v"], ["v\x1fw"], [], [""], ["nothing"], [*map(str, range(999)), "v"]]
    found = await asyncio.gather(*(look(database, place, others=others) for place, others in enumerate(lists)))

    assert found == [theirs(place) if {"v", ""} & set(others) else theirs(place)[1:] for place, others in enumerate(lists)]


async def test_names_of_parameters_are_not_mixed_up(database):
    sql = "SELECT :first || ',' || :second"
    orders = [{"first": f"{one}", "second": "b"} if one % 2 else {"second": "b", "first": f"{one}"} for one in range(40)]
    found = await asyncio.gather(*(database.together("w").fetch(sql, **each) for each in orders))

    assert [tuple(row) for [row] in found] == [(f"{one},b",) for one in range(40)]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_what_cannot_be_asked_harms_nobody_else(database, asked):
    looks = [look(database, number, whose="\x00" if number == 20 else None) for number in range(40)]
    found = await asyncio.gather(*looks, return_exceptions=True)

    assert isinstance(found.pop(20), Exception)
    assert found == [theirs(number) for number in range(40) if number != 20]
    assert max(asked) > 20


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_waits_no_more_harms_nobody_else(database):
    tasks = [asyncio.create_task(look(database, number)) for number in range(40)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)

    assert [one for place, one in enumerate(found) if place % 3] == [theirs(place) for place in range(40) if place % 3]
    assert await look(database, 7) == theirs(7)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_waits_too_long_is_refused_whether_their_look_began_or_not(url):
    store = await postgresql.Store.open(url)
    together = Together(store, 0.05)
    slow = [asyncio.create_task(together.fetch(SLOW, seconds=1)) for _ in range(2)]
    await asyncio.sleep(0)
    behind = asyncio.create_task(together.fetch(SLOW, seconds=0))
    found = await asyncio.gather(*slow, behind, return_exceptions=True)

    assert [type(one) for one in found] == [Overloaded] * 3
    assert len(await until_answered(together)) == 1
    await store.close()


async def until_answered(together):
    """Ask until the slow ones are over."""
    while True:
        with suppress(Overloaded):
            return await together.fetch(SLOW, seconds=0)
