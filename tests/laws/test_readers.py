"""A reader learns from every entry once: however many processes run it, whenever they die, whatever an entry is like."""

import asyncio
import sys
from contextlib import asynccontextmanager

from apropos_service.clock import Clock
from apropos_service.database import Database
from apropos_service.events.bus import Wakes
from apropos_service.events.readers import CHUNK, Learnt, ParkedEntry, Progress, look_again
from apropos_service.events.sealing import Sealing
from apropos_service.events.upkeep import rebuild, standings, try_parked
from apropos_service.events.work import Work
from apropos_service.people.model import Group
from listening import PATIENCE, until

SEALING = Sealing(b"test")

RECORD = "forecast_line:a/b%2F ü:عربي"


class Scribe:
    """Notes each entry of one workspace, as a group named by its position: a second note would be refused."""

    chunk = CHUNK

    def __init__(self, workspace, name, *, steps=1):
        self.name = name
        self.workspace = workspace
        self.steps = steps
        self.cannot_read = set()

    async def learn(self, entries, inside):
        if entries[0].workspace_id != self.workspace:
            return Learnt(entries[-1].position)
        if self.cannot_read & {entry.type for entry in entries}:
            raise ValueError("this one is too much")
        if self.steps == 1:
            return Learnt(entries[-1].position, write=lambda tx: self._note(tx, entries))
        step = int(inside or 0)
        last = step == self.steps - 1
        return Learnt(
            entries[0].position - (not last), "" if last else str(step + 1), lambda tx: self._note(tx, entries[:1], f" {step}")
        )

    async def _note(self, tx, entries, step=""):
        for entry in entries:
            tx.add(Group(tx.workspace_id, f"{self.name} {entry.position:05}{step}", entry.type))

    async def forget(self, tx):
        for row in await tx.rows(Group, "id LIKE :mine", mine=f"{self.name} %"):
            tx.remove(row)

    async def noted(self, database):
        async with database.reading(self.workspace) as look:
            return await look.rows(Group, "id LIKE :mine ORDER BY id", mine=f"{self.name} %")


class Planner:
    """Never comes to an end of the first entry, and notes what it is asked."""

    name, chunk = "planner", CHUNK

    def __init__(self):
        self.asked = []

    async def learn(self, entries, inside):
        self.asked.append(inside or "anew")
        return self._learnt(entries[0].position, int(inside or 0) + 1)

    async def _go_on(self, position, step):
        self.asked.append("go on")
        return self._learnt(position, step)

    def _learnt(self, position, step):
        return Learnt(position - 1, str(step), rest=lambda: self._go_on(position, step + 1))


@asynccontextmanager
async def process(service, *scribes, clock=None):
    """What one process does: a database of its own, with these readers at work."""
    clock = clock or Clock()
    database = await Database.open(service.database_url, SEALING, clock=clock)
    work = Work(database, Wakes(), clock, readers=scribes, senders=[])
    try:
        yield database
    finally:
        await work.close()
        await database.close()


async def write(visit, comments):
    ada = visit("ada")
    thread = await ada.threads.open(RECORD, "0")
    for number in range(comments - 1):
        await ada.threads.comment(thread.id, f"{number}")


async def log_of(service, workspace):
    database = await Database.open(service.database_url, SEALING)
    async with database.reading(workspace) as look:
        found = await look.fetch(
            "SELECT position, type FROM entry WHERE workspace_id = :workspace_id AND seq > 0 ORDER BY position"
        )
    await database.close()
    return [tuple(row) for row in found]


async def read_of(scribe, database):
    return [(int(row.id.split()[1]), row.name) for row in await scribe.noted(database)]


async def test_two_processes_read_each_entry_once_and_in_order(service, world, visit):
    first, second = Scribe(world.workspace, "twice"), Scribe(world.workspace, "twice")
    async with process(service, first) as database, process(service, second):
        await write(visit, 30)
        log = await log_of(service, world.workspace)
        await until(lambda: _all(first, database, len(log)))

        assert await read_of(first, database) == log


async def test_a_reader_goes_on_where_another_was_killed_in_the_midst_of_an_entry(service, world, visit):
    scribe = Scribe(world.workspace, "killed", steps=3)
    await write(visit, 5)
    log = await log_of(service, world.workspace)
    for _ in range(4):
        database = await Database.open(service.database_url, SEALING)
        progress = Progress(database, scribe)
        for _ in range(2):
            await progress.advance(world.workspace)
        step = asyncio.create_task(progress.advance(world.workspace))
        await asyncio.sleep(0)
        step.cancel()
        await asyncio.gather(step, return_exceptions=True)
        await database.close()

    async with process(service, scribe) as database:
        await until(lambda: _all(scribe, database, len(log) * 3))
        noted = [row.id.split()[1:] for row in await scribe.noted(database)]

    assert noted == [[f"{position:05}", str(step)] for position, _ in log for step in range(3)]


async def test_a_reader_looks_again_only_where_it_left_something(service, world, visit):
    few, all_ = Scribe(world.workspace, "few"), Scribe(world.workspace, "all")
    few.chunk = 2
    await write(visit, 4)
    log = await log_of(service, world.workspace)
    database = await Database.open(service.database_url, SEALING)
    progress = Progress(database, few)
    while await progress.advance(world.workspace):
        pass
    assert not await Progress(database, all_).advance(world.workspace)
    found = [await read_of(scribe, database) for scribe in (few, all_)]
    await database.close()
    assert found == [log, log]


async def test_what_is_left_of_a_plan_is_gone_on_with_only_while_the_cursor_stands_as_it_was_left(service, world, visit):
    await write(visit, 1)
    database, planner = await Database.open(service.database_url, SEALING), Planner()
    progress, other = Progress(database, planner), Progress(database, planner)
    for _ in range(3):
        assert await progress.advance(world.workspace), "there is more"
    assert planner.asked == ["anew", "go on", "go on"]

    await database.write(world.workspace, look_again)
    await progress.advance(world.workspace)
    assert planner.asked[3:] == ["3"]

    await other.advance(world.workspace)
    await progress.advance(world.workspace)
    await database.close()
    assert planner.asked[4:] == ["4", "5"]


async def test_an_entry_that_cannot_be_read_is_put_aside_shown_and_tried_again(service, world, visit):
    scribe, clock = Scribe(world.workspace, "careful"), Clock()
    scribe.cannot_read = {"thread.opened"}
    await write(visit, 3)
    async with process(service, scribe, clock=clock) as database:
        others = await until(lambda: _all(scribe, database, 3))
        assert [row.name for row in others] == ["comment.posted"] * 3
        [standing] = await standings(database, ["careful"])
        assert (standing.parked, "too much" in standing.problem) == (1, True)

        clock.turn(5_000)
        await until(lambda: _attempts(database, world.workspace, 2))
        scribe.cannot_read = set()
        assert await try_parked(database, "careful") == 1
        log = await log_of(service, world.workspace)
        await until(lambda: _all(scribe, database, len(log)))

        assert await read_of(scribe, database) == log
        assert (await standings(database, ["careful"]))[0].parked == 0


async def test_a_reader_can_be_built_anew(service, world, visit):
    scribe = Scribe(world.workspace, "anew")
    await write(visit, 3)
    log = await log_of(service, world.workspace)
    async with process(service, scribe) as database:
        await until(lambda: _all(scribe, database, len(log)))
        before = await read_of(scribe, database)

        await rebuild(database, scribe)
        await write(visit, 2)
        longer = await log_of(service, world.workspace)
        await until(lambda: _all(scribe, database, len(longer)))

        assert before == log
        assert await read_of(scribe, database) == longer


async def test_apropos_work_answers_nobody_and_stops_when_told(service):
    folder = service.app.state.settings.data_dir
    command = ["-m", "apropos_service", "work", "--database-url", service.database_url, "--data-dir", str(folder)]
    worker = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=asyncio.subprocess.PIPE)
    async with asyncio.timeout(3 * PATIENCE):
        assert await worker.stderr.readline() == b"Apropos works\n"
        worker.terminate()
        said = await worker.stderr.read()

    assert (await worker.wait(), said) == (0, b"")


async def _all(scribe, database, number):
    noted = await scribe.noted(database)
    return noted if len(noted) >= number else None


async def _attempts(database, workspace, number):
    async with database.reading(workspace) as look:
        [row] = await look.rows(ParkedEntry, "reader = 'careful'")
    return row.attempts >= number
