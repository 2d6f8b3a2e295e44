"""All that a database holds of a workspace, as text, to see what is in it and what is not."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import asyncpg

from apropos_service.rows import TABLES

FIND = """import pathlib, re, sys
print(*(name for name in sys.argv[2:] if re.search(sys.argv[1].encode(), pathlib.Path(name).read_bytes(), re.IGNORECASE)))"""


def files_with(song, database_url):
    """Return the names of the database's files that have this in them, whatever the case; of SQLite only.

    Another process reads them: where one that has the database open closes a file of it, its locks are gone, and the next
    program that opens the database destroys it. Source: sqlite.org/howtocorrupt.html, section 2.2.
    """
    if not database_url.startswith("sqlite"):
        return []
    file = Path(database_url.removeprefix("sqlite:///"))
    words = [sys.executable, "-c", FIND, re.escape(song), *map(str, file.parent.glob(f"{file.name}*"))]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()


async def everything(service, world, tables=TABLES):
    """Return every value of every row of the workspace, as text."""
    if service.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(service.database_url.removeprefix("sqlite:///"))) as raw:
            return "\n".join(str(row) for table in tables for row in raw.execute(*_of(table, world, "?")))
    connection = await asyncpg.connect(service.database_url)
    try:
        return "\n".join(
            [str(tuple(row)) for table in tables for row in await connection.fetch(*_unpacked(_of(table, world, "$1")))]
        )
    finally:
        await connection.close()


def _of(table, world, place):
    return f"SELECT * FROM {table.table.name} WHERE workspace_id = {place}", (world.workspace,)  # noqa: S608


def _unpacked(asked):
    return asked[0], *asked[1]
