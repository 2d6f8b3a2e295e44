"""Whoever is erased is gone also from what was under way at that moment: an attempt at a webhook, a replay, an export."""

import asyncio
import json
from pathlib import Path

import pytest

from apropos_service.webhooks import replaying
from hosting import site
from listening import until
from programs import apropos
from stored import everything, files_with

CANARY = "Rohrdommel"
RECORD = "forecast_line:FL-7"
SONG = CANARY[1:-1]
WHO = {"person": CANARY, "record": "ada"}
"""Who writes the canary, by what is erased then."""


class Gate:
    """Where something stands still until a test opens it."""

    def __init__(self):
        self.reached, self.open = asyncio.Event(), asyncio.Event()

    async def pause(self):
        self.reached.set()
        await self.open.wait()


@pytest.fixture
async def other_system():
    """A system that says back whatever it is sent, at `/slow` once its `gate` is open."""
    async with site() as door:
        door.gate = Gate()

        async def slowly(_, body):
            await door.gate.pause()
            return body

        door.says |= {"/echo": lambda _, body: body, "/slow": slowly}
        yield door
        door.gate.open.set()


@pytest.fixture
async def standing_still(monkeypatch, world):
    """A gate at which a replay of this workspace stands once it has looked up what it will owe."""
    gate, here, rendered = Gate(), asyncio.get_running_loop(), replaying.rendered

    async def slowly(look, entries):
        found = await rendered(look, entries)
        if look.workspace_id == world.workspace:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(gate.pause(), here))
        return found

    monkeypatch.setattr(replaying, "rendered", slowly)
    yield gate
    gate.open.set()


def erasing(host, what):
    return host.people.erase(CANARY) if what == "person" else host.records.erase(RECORD)


async def nowhere(service, world):
    """Tell whether the canary is gone from all rows, and on SQLite from the file, which waits for whoever reads it."""
    return CANARY.lower() not in (await everything(service, world)).lower() and not files_with(SONG, service.database_url)


@pytest.mark.parametrize("what", ["person", "record"])
async def test_an_answer_to_what_was_under_way_is_not_kept(service, world, host, visit, settled, other_system, what):
    hook = await host.webhooks.create(f"{other_system.url}/slow", types=["comment.posted", "thread.opened"])
    await visit(WHO[what]).threads.open(RECORD, CANARY)
    await other_system.gate.reached.wait()

    await erasing(host, what)
    other_system.gate.open.set()

    async def tried():
        return all([one.attempts async for one in host.webhooks.deliveries(hook.id)])

    await settled()
    await until(tried)
    assert CANARY in other_system.asked[0][2].decode(), "it had left already"
    assert await until(lambda: nowhere(service, world))


@pytest.mark.parametrize("what", ["person", "record"])
async def test_a_replay_that_had_looked_it_up_does_not_bring_it_back(
    service, world, host, visit, other_system, standing_still, what
):
    hook = await host.webhooks.create(f"{other_system.url}/echo", types=["comment.posted", "thread.opened"])
    thread = await visit(WHO[what]).threads.open(RECORD, CANARY)
    await host.threads.comment(thread.id, "By somebody else")
    await host.webhooks.replay(hook.id, after=(await host.threads.get(thread.id)).opened_at.replace(year=2020))
    await standing_still.reached.wait()

    await erasing(host, what)
    standing_still.open.set()

    async def done():
        return (await host.webhooks.get(hook.id)).replay is None

    await until(done)
    assert await until(lambda: nowhere(service, world))


@pytest.mark.parametrize("what", ["person", "record"])
async def test_an_export_that_runs_is_of_its_moment_and_leaves_nothing_behind(service, world, host, visit, settled, tmp_path, what):
    thread = await visit(WHO[what]).threads.open(RECORD, CANARY)
    await settled()
    settings = service.app.state.settings
    flags = ("--database-url", settings.database, "--data-dir", str(settings.data_dir))
    for number in range(3):
        folder = tmp_path / f"export {number}"
        exporting = asyncio.create_task(asyncio.to_thread(apropos, "export", world.workspace, str(folder), *flags))
        await asyncio.sleep(0)
        if number == 1:
            await erasing(host, what)
        await exporting

    said = [kept(tmp_path / f"export {number}") for number in (0, 2)]
    assert [CANARY in one for one in said] == [True, False]
    assert thread.id in said[0]
    assert await until(lambda: nowhere(service, world))


def kept(folder: Path):
    """Return all that an export says of what was written, as text."""
    return json.dumps({path.name: path.read_text() for path in (folder / "rows").iterdir()}, ensure_ascii=False)
