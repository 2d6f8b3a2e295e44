"""A migrated database is what the row classes say: no column, key or index more, less or different, on both databases.

The index of words is left out: each database has one of its own kind, made by `migrations/words.py`, and `test_finding.py`
sees that it is used.
"""

import asyncio
import subprocess
import sys
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from apropos_service import migrations, tables
from apropos_service.database.schema import metadata
from apropos_service.rows import TABLES
from stage import DATABASES, empty_database

assert tables.__all__, "they declare what `metadata` returns"
OF_WORDS = tuple(name for row in TABLES if row.table.words for name in (f"{row.table.name}_index", f"ix_{row.table.name}_words"))
START = """
import sys

import sqlalchemy.ext.asyncio
from alembic import command

from apropos_service import migrations, tables

print("ready", flush=True)
sys.stdin.readline()
migrations.upgrade(sys.argv[1])
"""
"""What a process does that starts at the same moment as others: all is loaded before."""


@pytest.fixture(params=DATABASES)
def database(request, tmp_path):
    with empty_database(request.param, tmp_path) as url:
        yield url


def within(url, look):
    """Return what `look(connection)` finds, in a transaction of its own."""
    if url.startswith("sqlite:"):
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            found = look(connection)
        engine.dispose()
        return found
    return asyncio.run(_within_postgresql(url.replace("postgresql:", "postgresql+asyncpg:", 1), look))


async def _within_postgresql(url, look):
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        found = await connection.run_sync(look)
    await engine.dispose()
    return found


def difference(connection):
    """Return what Alembic would change to make the tables what the row classes say."""
    options = {"compare_type": True, "include_name": lambda name, *_: not (name or "").startswith(OF_WORDS)}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata())


def shape(connection):
    """Return all that the database knows of every table, by name."""
    inspector = sa.inspect(connection)
    names = [name for name in inspector.get_table_names() if name != "alembic_version" and not name.startswith(OF_WORDS)]
    return {name: _of_table(inspector, name) for name in names}


def _of_table(inspector, name):
    columns = [(each["name"], str(each["type"]), each["nullable"], each["default"]) for each in inspector.get_columns(name)]
    foreign = sorted(inspector.get_foreign_keys(name), key=str)
    indexes = sorted((_plain(each) for each in inspector.get_indexes(name) if not each["name"].startswith(OF_WORDS)), key=str)
    return {"columns": columns, "key": inspector.get_pk_constraint(name), "foreign": foreign, "indexes": indexes}


def _plain(index):
    """Return an index with its options, the condition of a partial one too, as text."""
    return {**index, "dialect_options": {name: str(value) for name, value in index.get("dialect_options", {}).items()}}


def test_what_is_migrated_is_what_the_row_classes_say(database):
    migrations.upgrade(database)

    assert within(database, difference) == []


def test_a_database_made_at_once_is_the_same_as_a_migrated_one(database):
    migrations.upgrade(database)
    migrated = within(database, shape)
    within(database, lambda connection: connection.execute(sa.text("DROP TABLE alembic_version")))
    within(database, metadata().drop_all)
    assert within(database, shape) == {}, "the migration makes what no row class declares"
    within(database, metadata().create_all)

    assert within(database, shape) == migrated


def test_migrating_again_changes_nothing(database):
    for _ in range(2):
        migrations.upgrade(database)
        migrations.prepare(database)
        assert migrations.version(database) == migrations.HEAD


def test_of_several_processes_that_find_a_fresh_database_one_migrates_and_the_others_find_it_done(database):
    command = [sys.executable, "-c", START]
    with ExitStack() as started:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        processes = [started.enter_context(subprocess.Popen([*command, database], **pipes)) for _ in range(3)]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        ends = [(process.communicate()[1], process.returncode) for process in processes]

    assert ends == [("", 0)] * 3
    assert migrations.version(database) == migrations.HEAD
    assert within(database, difference) == []
