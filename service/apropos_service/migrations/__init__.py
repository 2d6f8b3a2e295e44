"""Bringing a database to the shape this version expects, with Alembic.

Law: a fresh database is migrated without asking; an old one only by `apropos migrate`. SQLAlchemy and Alembic are
loaded only where something is migrated (a fresh database in a process of its own), so a running service does without.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from ..database import sqlite_sizes

HEAD = "0001"
HERE = Path(__file__).parent
LOCK = 7_246_310_118
"""The advisory lock under which one of several processes migrates."""
PATIENCE = 60
"""How long another waits for it on SQLite, in seconds."""


class OldDatabase(Exception):
    """The database is of an earlier version: run `apropos migrate`."""


class NewerDatabase(Exception):
    """The database is of a later version than this program."""


def prepare(url: str) -> None:
    """Migrate a fresh database. Raises `OldDatabase` or `NewerDatabase` when it has another version."""
    at = version(url)
    if at == HEAD:
        return
    if at is not None:
        _must_be_known(at)
        raise OldDatabase(f"The database is at {at}, this version needs {HEAD}.")
    command = [sys.executable, "-m", "apropos_service", "migrate"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "APROPOS_DATABASE_URL": url})  # noqa: S603 ourselves


def version(url: str) -> str | None:
    """Return the version that the database is at; `None` when it is fresh."""
    return _sqlite_version(path_of(url)) if url.startswith("sqlite:") else asyncio.run(_postgresql_version(url))


def upgrade(url: str) -> None:
    """Bring the database to this version. Raises `NewerDatabase` when it is beyond it."""
    _must_be_known(version(url))
    if not url.startswith("sqlite:"):
        asyncio.run(_upgrade_postgresql(url.replace("postgresql:", "postgresql+asyncpg:", 1)))
        return
    import sqlalchemy as sa  # noqa: PLC0415 see the law above

    path_of(url).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE})
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # before it looks: whoever comes meanwhile waits, and finds it done
        _upgrade(connection)
        for statement in (sqlite_sizes.TABLE, *sqlite_sizes.TOLD):
            connection.execute(sa.text(statement))
    engine.dispose()


def _must_be_known(at: str | None) -> None:
    if at is not None and not any((HERE / "versions").glob(f"{at}_*.py")):
        raise NewerDatabase(f"The database is at {at}, this version needs {HEAD}.")


def path_of(url: str) -> Path:
    """Return the file of `sqlite:///relative` or `sqlite:////absolute`."""
    return Path(url.removeprefix("sqlite:///"))


def _sqlite_version(path: Path) -> str | None:
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(found[0]) if found else None


async def _postgresql_version(url: str) -> str | None:
    import asyncpg  # noqa: PLC0415 whoever keeps everything in SQLite starts without it

    connection = await asyncpg.connect(url, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        found: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return found
    finally:
        await connection.close()


async def _upgrade_postgresql(url: str) -> None:
    import sqlalchemy as sa  # noqa: PLC0415 see the law above
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        await connection.run_sync(_upgrade)
    await engine.dispose()


def _upgrade(connection: Any) -> None:
    from alembic import command  # noqa: PLC0415 see the law above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
