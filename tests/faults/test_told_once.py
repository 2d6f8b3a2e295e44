"""Two services on one PostgreSQL: everybody is told once, whichever of them does it and whenever one dies."""

import json
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from apropos import AsyncApropos
from listening import until
from programs import serving
from stage import empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"
CROWD = [f"p{number:04}" for number in range(1_200)]
"""More people than one step of the reader tells."""


@pytest.fixture
def database(tmp_path):
    with empty_database("postgresql", tmp_path) as url:
        yield url


async def test_everybody_is_told_once_though_one_of_two_processes_dies(database, tmp_path):
    with serving(database, tmp_path) as one, serving(database, tmp_path) as other:
        world = other.workspace()
        async with AsyncApropos(one.url, key=world.key) as first, AsyncApropos(other.url, key=world.key) as second:
            await first.people.groups({"id": "all", "name": "All", "members": CROWD})
            threads = [await ask_all(first), await ask_all(second)]
            one.kill()
            threads.append(await ask_all(second))
            whole = {("mention",): 3 * len(CROWD), ("assigned", "due"): 3}
            await until(lambda: told(database, whole))

            due = [entry.thread.id async for entry in second.acting_as("bo").inbox.list("due")]
            late = await second.events.list(types=["notice.overdue"], limit=100)

    assert sorted(due) == sorted(threads)
    assert sorted(event.thread_id for event in late.data) == sorted(threads)


async def ask_all(host):
    soon = datetime.now(UTC) + timedelta(seconds=2)
    thread = await host.acting_as("ada").threads.open(RECORD, "<@group:all>", sponsor="bo", due_at=soon)
    return thread.id


async def told(database, whole):
    """Tell whether exactly these reasons stand, for so many people: what is told twice is never right again."""
    connection = await asyncpg.connect(database)
    try:
        rows = await connection.fetch("SELECT reasons FROM inbox_entry")
    finally:
        await connection.close()
    found = {}
    for row in rows:
        why = tuple(sorted(one["reason"] for one in json.loads(row["reasons"])))
        found[why] = found.get(why, 0) + 1
    return found == whole
