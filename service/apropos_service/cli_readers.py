"""`apropos reader`: how the readers of the log stand, trying again what they parked, building anew what they wrote."""

import json
import sys
from pathlib import Path
from typing import Any

import typer
from starlette.datastructures import State

from .access.secrets import Vault
from .database import Database
from .events.readers import Reader
from .events.upkeep import rebuild, standings, try_parked
from .terminal import AsJson, Data, Url, out, settings_with, show, stop, with_database

readers = typer.Typer(help="Those who learn from the log: inbox and others.", no_args_is_help=True)


@readers.command("list")
def list_readers(database_url: Url = "", data_dir: Data = Path("apropos-data"), as_json: AsJson = False) -> None:
    """Show how far each reader is behind the log, and what it parked."""

    async def look(database: Database, _: Vault) -> Any:
        return await standings(database, [reader.name for reader in _known(database)])

    found = with_database(settings_with(database_url=database_url, data_dir=data_dir), look)
    if as_json:
        sys.stdout.write(
            json.dumps(
                [{"reader": one.reader, "behind": one.behind, "parked": one.parked, "problem": one.problem} for one in found]
            )
            + "\n"
        )
        return
    rows = [(one.reader, str(one.behind), str(one.parked), one.problem or "") for one in found]
    show(("reader", "entries behind", "parked", "last problem"), rows, whole={"reader"})


@readers.command("retry")
def retry(name: str, database_url: Url = "", data_dir: Data = Path("apropos-data")) -> None:
    """Try again what a reader parked; do this once its cause is gone."""

    async def again(database: Database, _: Vault) -> int:
        return await try_parked(database, _named(database, name).name)

    count = with_database(settings_with(database_url=database_url, data_dir=data_dir), again)
    out().print(f"{count} parked entries will be tried again at once.", highlight=False)


@readers.command("rebuild")
def build_anew(name: str, database_url: Url = "", data_dir: Data = Path("apropos-data")) -> None:
    """Drop what a reader wrote and let it read the log from the beginning. What people chose themselves stays, and pruned logs."""

    async def anew(database: Database, _: Vault) -> tuple[int, int]:
        return await rebuild(database, _named(database, name))

    count, left = with_database(settings_with(database_url=database_url, data_dir=data_dir), anew)
    out().print(f"{name} reads {count} workspaces anew.", highlight=False)
    if left:
        out().print(f"{left} are left as they are: the beginning of their logs is gone.", highlight=False)


def _known(database: Database) -> list[Reader]:
    from .app import READERS  # noqa: PLC0415 the server's libraries are large

    return [make(State({"database": database})) for make in READERS]


def _named(database: Database, name: str) -> Reader:
    found = {reader.name: reader for reader in _known(database)}
    if name not in found:
        stop(f"There is no reader {name}: there are {', '.join(sorted(found))}.")
    return found[name]
