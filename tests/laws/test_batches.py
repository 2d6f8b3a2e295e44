"""A command that is refused, cut off or outrun leaves no trace on what comes after it, whatever other processes do."""

import asyncio

import asyncpg
import pytest

from apropos_service.access.held import hold
from apropos_service.access.model import HeldGrants, SigningKey, Workspace
from apropos_service.access.policy import Caller
from apropos_service.database import Database, writer
from apropos_service.database.postgresql import Store
from apropos_service.database.writer import RACES
from apropos_service.errors import Conflict, NotFound, Overloaded
from apropos_service.events.log import LogHead
from apropos_service.events.sealing import Sealing
from apropos_service.people.model import Person
from stage import empty_database, lay_out

SEALING = Sealing(b"test")


@pytest.fixture
def address(request, tmp_path):
    """A database of its own, on PostgreSQL unless the test says otherwise."""
    with empty_database(getattr(request, "param", "postgresql"), tmp_path) as url:
        lay_out(url)
        yield url


@pytest.fixture
async def processes(address):
    """Two processes at one database, which know one person."""
    both = [await Database.open(address, SEALING), await Database.open(address, SEALING)]
    await both[0].write("w", add)
    yield both
    for one in both:
        await one.close()


@pytest.fixture
async def store(address):
    """A pool of one connection, so that the next user has the one that the last left."""
    opened = await Store.open(address, most=1)
    yield opened
    await opened.close()


async def add(tx, person="ada"):
    tx.add(Person("w", person, person.title(), None, None, None, None, guest=False, locale=None, time_zone=None, seq=0))


async def settle(tx, key):
    tx.add(LogHead(tx.workspace_id, 0))
    tx.add(Workspace(tx.workspace_id, "test", None, {}, 0, 1, 1, None, None, 0))
    await sign(tx, key)


async def sign(tx, key):
    tx.add(SigningKey(tx.workspace_id, key, "pem", None, None, 0))


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


@pytest.mark.parametrize("problem", [asyncpg.DeadlockDetectedError, asyncpg.ForeignKeyViolationError])
async def test_a_command_that_loses_races_is_run_until_it_wins(processes, problem):
    lost = iter([problem("another was faster")] * (RACES - 1))

    async def outrun(tx):
        await add(tx, "bo")
        for reason in lost:
            raise reason

    await processes[0].write("w", outrun)

    async with processes[0].reading("w") as look:
        assert await look.row(Person, id="bo")


async def test_a_command_that_never_wins_is_told_to_come_back(processes):
    async def outrun(_):
        raise asyncpg.DeadlockDetectedError

    with pytest.raises(Overloaded):
        await processes[0].write("w", outrun)


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
async def test_what_somebody_here_took_is_not_said_to_be_another_workspaces(address):
    database = await Database.open(address, SEALING)
    for workspace in ("v", "w"):
        await database.write(workspace, lambda tx: settle(tx, f"key of {tx.workspace_id}"))

    with pytest.raises(Overloaded):
        await database.write("w", lambda tx: settle(tx, "another"))
    with pytest.raises(NotFound):
        await database.write("w", lambda tx: sign(tx, "key of v"))
    await database.close()


async def test_one_token_may_come_to_two_processes_at_once_again_and_again(processes, monkeypatch):
    monkeypatch.setattr(writer, "RACES", 2)
    await processes[0].write("w", lambda tx: settle(tx, "key"))
    caller = Caller("w", "ada", "ada", role="member", grants={"*": "comment"}, until=2**31)

    async def come(process):
        for _ in range(100):
            await process.write("w", lambda tx: hold(tx, caller, "digest"))

    await asyncio.gather(*(come(process) for process in processes))

    async with processes[1].reading("w") as look:
        assert [row.token for row in await look.rows(HeldGrants, "person_id = 'ada'")] == ["digest"]


@pytest.mark.parametrize("snapshot", [False, True])
async def test_a_read_that_is_cut_off_between_preparing_and_asking_leaves_its_connection_whole(store, snapshot):
    prepared = asyncio.Event()

    async def read():
        async with store.reading(snapshot=snapshot) as look:
            await look._raw.prepare("SELECT count(*) FROM person")  # noqa: SLF001 the moment that no one outside can hit
            prepared.set()
            await asyncio.sleep(60)

    reading = asyncio.create_task(read())
    await prepared.wait()
    reading.cancel()
    await asyncio.wait([reading])

    async with store.reading(snapshot=True) as look:
        assert await look.fetch("SELECT count(*) FROM person WHERE id = :id", id="ada")
