"""`apropos fill`: a workspace with made-up discussions, to see how a size does before it is reached."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from .access.secrets import Vault
from .database import Database
from .terminal import AsJson, Data, Url, err, here, progress, settings_with, with_database


def fill(
    workspace: Annotated[str, typer.Argument(help="the id of a workspace that nobody has used yet, wsp_…")],
    comments: Annotated[int, typer.Option(min=1, max=100_000_000, help="how many; a discussion has 20 on average")] = 10_000,
    people: Annotated[int, typer.Option(min=1, max=1_000_000, help="how many write, four in a discussion")] = 500,
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    as_json: AsJson = False,
) -> None:
    """Fill a new workspace with made-up discussions, to try sizes: a million comments take about a minute.

    In a database that has hardly anything else, everybody else waits meanwhile.
    """
    from .filling.filling import fill as fill_with  # noqa: PLC0415 threads and what they stand on

    async def bring(database: Database, vault: Vault) -> int:
        with progress() as told:
            return await fill_with(database, vault.sealing, here(workspace), _readers, comments=comments, people=people, told=told)

    entries = with_database(settings_with(database_url=database_url, data_dir=data_dir), bring)
    if as_json:
        sys.stdout.write(json.dumps({"workspace": workspace, "comments": comments, "entries": entries}) + "\n")
    else:
        err().print(f"{workspace} has {comments:,} comments now.", highlight=False)


def _readers() -> list[str]:
    from .app import READERS  # noqa: PLC0415 every feature's rooms

    return [reader.name for reader in READERS]  # type: ignore[attr-defined]
