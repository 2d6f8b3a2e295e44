"""However much was said, nothing that is done often goes through it all: each statement meets what it needs, by an index.

APROPOS_TEST_COMMENTS says how many comments there are; a million is the promise (issue 7), and takes some minutes.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import asyncpg
import pytest

from afternoon import DELIVERED, much, run, spend
from apropos_service.rows import TABLES
from clusters import cluster_of_our_own
from plans import EXPLAINING, met_by_postgresql, met_by_sqlite, noted
from stage import empty_database, running

COMMENTS = int(os.environ.get("APROPOS_TEST_COMMENTS", "30000"))
MANY = 10_000
"""A table with so many rows has become large. With few, going through it is the best plan there is."""
ROWS = 6_000
"""So many rows of a large table a statement may meet: those of 500 records, several threads each."""
STEPS = 150
"""Thousands of steps of SQLite's machine that come to about the same."""

pytestmark = pytest.mark.timeout(300 + COMMENTS // 500)


def filled(url, folder):
    """Fill a workspace, and return it; the service is gone afterwards."""
    with running(url, folder) as stage:
        world = stage.workspace()
        asyncio.run_coroutine_threadsafe(much(stage.app.state, world, COMMENTS), stage.loop).result()
    return world


def afternoon(url, folder, world):
    """Let an afternoon go by in it."""

    async def delivered(hook):
        noting = run(stage.app.state, world, DELIVERED, endpoint=hook)
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(noting, stage.loop))

    with running(url, folder) as stage:
        asyncio.run(spend(replace(world, url=stage.url), delivered))


def large(counted):
    """Return the tables that have become large, and fail where the best known are not."""
    names = {name for name, count in counted.items() if count > MANY}
    assert {"comment", "entry", "said_words"} <= names
    return names


def refused(met, tables, most):
    """Return what went through a large table, or met too much, as text."""
    found = [one for one in met if one.table in tables or not one.table]
    assert {one.sql for one in found if "comment" in one.sql}, "nothing was told"
    worst = {(one.sql, one.table): one for one in sorted(found, key=lambda one: one.much) if one.whole or one.much > most}
    return [f"{one.much:,} {one.table}: {one.how}\n    {' '.join(one.sql.split())}" for one in worst.values()]


def ours(met):
    """Leave out what the test itself asked of the database."""
    asked = tuple(part.strip()[:30] for part in DELIVERED.split(";"))
    return [one for one in met if not one.sql.strip().startswith(asked)]


def test_postgresql_goes_by_indexes(tmp_path):
    async def counted():
        raw = await asyncpg.connect(cluster.url)
        await raw.execute("ANALYZE")
        found = {row.table.name: await raw.fetchval(f"SELECT count(*) FROM {row.table.name}") for row in TABLES}  # noqa: S608
        await raw.close()
        return found

    with cluster_of_our_own(*EXPLAINING) as cluster:
        world = filled(cluster.url, tmp_path)
        tables = large(asyncio.run(counted()))
        before = len(cluster.said())
        afternoon(cluster.url, tmp_path, world)
        wrong = refused(ours(met_by_postgresql(cluster.said()[before:])), tables, ROWS)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("measured", [False, True], ids=["as told", "as measured"])
def test_sqlite_goes_by_indexes(tmp_path, measured):
    with empty_database("sqlite", tmp_path) as url:
        file = url.removeprefix("sqlite:///")
        world = filled(url, tmp_path)
        with closing(sqlite3.connect(file)) as raw:
            if measured:
                raw.execute("ANALYZE")
            sizes = {row.table.name: raw.execute(f"SELECT count(*) FROM {row.table.name}").fetchone()[0] for row in TABLES}  # noqa: S608
        with noted() as told:
            afternoon(url, tmp_path, world)
        wrong = refused(ours(met_by_sqlite(file, list(told))), large(sizes), STEPS)

    assert not wrong, "\n".join(wrong)
