"""A refused command leaves no trace, also where another process was faster between its look and its lock."""

import asyncio

import pytest

from apropos_service import migrations
from apropos_service.database import Database
from apropos_service.errors import Conflict
from apropos_service.people.model import Person
from stage import empty_database


@pytest.fixture
def address(tmp_path):
    """A PostgreSQL database of its own."""
    with empty_database("postgresql", tmp_path) as url:
        migrations.prepare(url)
        yield url


@pytest.fixture
async def processes(address):
    """Two processes at one database, which know one person."""
    both = [await Database.open(address), await Database.open(address)]
    await both[0].write("w", add)
    yield both
    for one in both:
        await one.close()


async def add(tx):
    tx.add(Person("w", "ada", "Ada", None, None, None, None, guest=False, locale=None, time_zone=None, seq=0))


async def test_a_refused_command_brings_nothing_back_that_it_only_looked_at(processes):
    one, other = processes
    looked, renamed = asyncio.Event(), asyncio.Event()

    async def refused(tx):
        await tx.look(Person, "ada")
        looked.set()
        await renamed.wait()
        person = await tx.get(Person, "ada")
        person.title = f"seen as {person.name}"
        raise Conflict

    async def rename(tx):
        (await tx.get(Person, "ada")).name = "Ada Lovelace"

    waiting = asyncio.create_task(one.write("w", refused))
    await looked.wait()
    await other.write("w", rename)
    renamed.set()
    with pytest.raises(Conflict):
        await waiting

    async with one.reading("w") as look:
        person = await look.row(Person, id="ada")
    assert (person.name, person.title) == ("Ada Lovelace", None)
