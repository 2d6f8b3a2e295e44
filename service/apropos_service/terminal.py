"""What every command of the command line shares: its flags, the settings they make, and how it stops."""

import asyncio
import getpass
import os
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import structlog
import typer
from pydantic import ValidationError

from . import migrations
from .access import keyring
from .access.policy import Caller, operator
from .access.secrets import Vault
from .attachments.storage import Files, FilesUnreachable
from .database import Database
from .errors import Problem
from .settings import Settings

if TYPE_CHECKING:
    from rich.console import Console


WIDE = 10_000
"""Columns of what is no terminal."""


@cache
def out() -> "Console":
    """Return where results are told."""
    return _console(stderr=False)


@cache
def err() -> "Console":
    """Return where problems are told."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console  # noqa: PLC0415 a service that has nothing to say starts without it

    return Console(stderr=stderr)


def show(titles: Sequence[str], rows: Iterable[Sequence[str]], *, whole: Collection[str]) -> None:
    """Show a table; what is under the titles `whole` is never cut or broken, and nothing is where a program reads it."""
    from rich.table import Column, Table  # noqa: PLC0415 as above

    table = Table(*(Column(title, no_wrap=title in whole, overflow="fold") for title in titles))
    for row in rows:
        table.add_row(*row)
    if not out().is_terminal:
        out().width = WIDE
    out().print(table)


def flag(setting: str) -> Any:
    """Return the flag of a setting: its name, its variable and what it says of itself."""
    help_ = Settings.model_fields[setting].description
    return typer.Option(f"--{setting.replace('_', '-')}", envvar=f"APROPOS_{setting.upper()}", help=help_)


Url = Annotated[str, flag("database_url")]
Data = Annotated[Path, flag("data_dir")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, for programs")]


def settings_with(**given: Any) -> Settings:
    """Return the settings from the environment, with the flags that were given; stops at one that is wrong."""
    with plainly():
        return Settings(**{name: value for name, value in given.items() if value not in (None, "")})


def with_database(settings: Settings, work: Callable[[Database, Vault], Awaitable[Any]]) -> Any:
    """Run `work` with the database open; migrates a fresh one first. What is noted meanwhile is not among what is printed."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    prepared(settings)

    async def run() -> Any:
        vault = Vault(keyring.secret_key(settings))
        database = await Database.open(settings.database, vault.sealing)
        try:
            await keyring.check(database, vault)
            return await work(database, vault)
        finally:
            await database.close()

    with plainly():
        return asyncio.run(run())


def here(workspace_id: str) -> Caller:
    """Return whoever sits at this terminal, as the audit log has them."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a container's user has no name
        name = str(os.getuid())
    return operator(workspace_id, "".join(name.split())[:64], origin="terminal")


def prepared(settings: Settings) -> None:
    """Migrate a fresh database, or stop with what to do about one that cannot be used."""
    with plainly():
        migrations.prepare(settings.database)


def usable(settings: Settings) -> None:
    """Do what `prepared` does, and stop also when the secret is not the database's or files cannot be kept."""

    async def nothing(*_: object) -> None: ...

    with plainly():
        keyring.secret_key(settings)
        Files.of(settings)
    with_database(settings, nothing)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show on the terminal how far each table is; elsewhere show nothing."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 as above

    columns = TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bars: dict[str, Any] = {}
    with Progress(*columns, console=err(), disable=not err().is_terminal, transient=True) as progress:

        def told(what: str, done: int, most: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=most)
            progress.update(bars[what], completed=done)

        yield told


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what an operator can put right into one line that says how, and end with status 2."""
    try:
        yield
    except migrations.OldDatabase as problem:
        stop(f"{problem} Make a copy of it, then run: apropos migrate")
    except migrations.NewerDatabase as problem:
        stop(f"{problem} Install the later version of Apropos.")
    except (Problem, keyring.WrongSecret, FilesUnreachable) as problem:
        stop(str(problem))
    except ValidationError as problem:
        stop("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problem.errors()))
    except subprocess.CalledProcessError as problem:  # `apropos migrate`, which said why itself
        raise typer.Exit(2) from problem
    except Exception as problem:
        if not isinstance(problem, (OSError, sqlite3.Error, *_postgresql_problems())):
            raise
        if isinstance(problem, OSError) and problem.filename:
            stop(f"{problem.filename} cannot be written ({problem.strerror}). Check --data-dir.")
        why = str(problem) or type(problem).__name__
        stop(f"The database cannot be reached ({why}). Check --database-url and --data-dir, then run: apropos doctor")


def _postgresql_problems() -> tuple[type[Exception], ...]:
    import asyncpg  # noqa: PLC0415 whoever keeps everything in SQLite starts without it

    return asyncpg.PostgresError, asyncpg.InterfaceError


def stop(message: str) -> NoReturn:
    """Say what is wrong, and end with status 2."""
    err().print(f"apropos: {message}", highlight=False, soft_wrap=True)
    raise typer.Exit(2)
