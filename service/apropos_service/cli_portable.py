"""`apropos export` and `apropos import`: a workspace as a folder of files, or what it has of one person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .access.secrets import Vault
from .attachments.storage import Files
from .database import Database
from .terminal import Data, Url, err, flag, out, settings_with, with_database

FilesUrl = Annotated[str, flag("files_url")]
Secret = Annotated[str, flag("secret_key")]


def write_out(
    workspace: Annotated[str, typer.Argument(help="the workspace's id, wsp_…")],
    folder: Annotated[Path, typer.Argument(help="an empty folder, or one to make")],
    person: Annotated[str, typer.Option(help="only what is kept of this person, to answer their request for it")] = "",
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    files_url: FilesUrl = "",
    secret_key: Secret = "",
) -> None:
    """Write a workspace into a folder while it is in use, as of one moment: JSON Lines and files.

    Keep the folder as safely as the database; its keys and secrets open with the same APROPOS_SECRET_KEY only.
    """
    from .portable.exporting import export_person, export_workspace  # noqa: PLC0415 every feature's tables

    settings = settings_with(database_url=database_url, data_dir=data_dir, files_url=files_url, secret_key=secret_key)

    async def write(database: Database, vault: Vault) -> str:
        files = Files.of(settings)
        with _progress() as told:
            if person:
                count = await export_person(database, files, workspace, person, folder, told)
                return f"{folder} holds the {count:,} rows that {workspace} has of {person}."
            manifest = await export_workspace(database, files, vault, workspace, folder, told)
        return f"{folder} holds {manifest.name}: {sum(manifest.rows.values()):,} rows, {len(manifest.files):,} files."

    out.print(with_database(settings, write), highlight=False, soft_wrap=True)


def bring_in(
    folder: Annotated[Path, typer.Argument(help="what apropos export wrote", exists=True, file_okay=False)],
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    files_url: FilesUrl = "",
    secret_key: Secret = "",
) -> None:
    """Bring an exported workspace into a database that does not have it: the same ids, order and counts, or nothing."""
    from .portable.importing import import_workspace  # noqa: PLC0415 every feature's tables

    settings = settings_with(database_url=database_url, data_dir=data_dir, files_url=files_url, secret_key=secret_key)

    async def bring(database: Database, vault: Vault) -> str:
        with _progress() as told:
            manifest = await import_workspace(database, Files.of(settings), vault, folder, told)
        return f"{manifest.name} ({manifest.workspace}) is here: {sum(manifest.rows.values()):,} rows."

    out.print(with_database(settings, bring), highlight=False, soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show on the terminal how far each table is; elsewhere show nothing."""
    columns = TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bars: dict[str, Any] = {}
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:

        def told(what: str, done: int, most: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=most)
            progress.update(bars[what], completed=done)

        yield told
