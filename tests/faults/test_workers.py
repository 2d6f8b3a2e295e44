"""`apropos serve --workers 2`: one address, whoever of the workers dies; and all of them end with their parent."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from apropos import AsyncApropos
from conftest import token_for
from listening import page, until
from programs import PATIENCE, serving
from stage import empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"
CLIENTS = 8

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="who is whose child is read from /proc")


@pytest.fixture
def program(tmp_path):
    with empty_database("postgresql", tmp_path) as url, serving(url, tmp_path, "--workers", "2", "--stop-delay", "0.2") as running:
        yield running


def workers(program):
    """Return the process ids of the workers that a parent has now."""
    parent = program.process.pid
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    return [int(pid) for pid in found if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")]


def alive(pid):
    """Tell whether a process runs still."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def all_gone(pids):
    """Tell whether none of them runs."""
    return not any(alive(pid) for pid in pids)


async def test_nobody_is_refused_while_workers_die_one_after_the_other(program):
    world, over = program.workspace(), asyncio.Event()
    said = []

    async def post(ap, thread, who):
        while not over.is_set():
            said.append((await ap.threads.comment(thread, f"{who} {len(said)}")).id)

    async with AsyncExitStack() as stack:
        people = [
            await stack.enter_async_context(AsyncApropos(world.url, token=token_for(world, f"p{at}"))) for at in range(CLIENTS)
        ]
        bo = await stack.enter_async_context(AsyncApropos(world.url, token=token_for(world, "bo"), retries=20))
        thread = (await people[0].threads.open(RECORD, "first")).id
        posting = [asyncio.create_task(post(ap, thread, at)) for at, ap in enumerate(people)]
        before = workers(program)
        for worker in before:
            count = len(said)
            await until(lambda: _holds(len(said) >= count + CLIENTS))  # noqa: B023
            os.kill(worker, signal.SIGKILL)
            await until(lambda: _holds(len(workers(program)) == 2 and worker not in workers(program)))  # noqa: B023
        over.set()
        await asyncio.gather(*posting)

        found = [comment.id async for comment in bo.threads.comments(thread)][1:]

    assert len(before) == 2
    assert not set(before) & set(workers(program))
    assert sorted(found) == sorted(said)
    assert program.said().count("a worker ended") == 2


async def _holds(found):
    return found


async def test_all_are_asked_to_stop_with_their_parent_and_say_when_to_come_again(program):
    world, pids = program.workspace(), workers(program)
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(page(world.url, token_for(world, f"p{at}"))) for at in range(12)]
        program.ask_to_stop()
        told = [await one.hear() for one in pages]
        codes = {await one.closed() for one in pages}
    await until(lambda: all_gone([program.process.pid, *pids]) if program.process.poll() is not None else _holds(found=False))

    assert all(1_000 <= one["retry"] <= 5_000 for one in told)
    assert codes == {1012}
    assert (program.process.returncode, program.said()) == (0, f"Apropos listens on {world.url} with 2 workers\n")


async def test_no_worker_outlives_a_parent_that_was_killed(program):
    pids = workers(program)

    program.kill()

    assert len(pids) == 2
    await until(lambda: all_gone(pids))
    await asyncio.to_thread(program.start)


def test_what_is_measured_is_of_all_workers(program):
    requests = 40
    for _ in range(requests):  # each on a connection of its own, which either worker may take
        assert httpx.get(f"{program.url}/healthz", timeout=PATIENCE).status_code == HTTPStatus.OK

    lines = httpx.get(f"{program.url}/metrics", timeout=PATIENCE).text.splitlines()

    assert f'apropos_requests_total{{method="GET",route="/healthz",status="200"}} {requests}.0' in lines
    assert any(line.startswith('apropos_reader_behind{reader="inbox"}') for line in lines)
