"""`apropos export`, `import` and `erase-person`: a workspace as a folder of files, and what it has of one person."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .access.secrets import Vault
from .attachments.storage import Files
from .attachments.sweeping import Sweep
from .clock import Clock
from .database import Database, Transaction
from .terminal import Data, Url, flag, here, out, progress, settings_with, with_database

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

    Keep the folder as safely as the database; its keys and secrets go on with the same APROPOS_SECRET_KEY only.
    """
    from .portable.exporting import export_person, export_workspace  # noqa: PLC0415 every feature's tables

    settings = settings_with(database_url=database_url, data_dir=data_dir, files_url=files_url, secret_key=secret_key)

    async def write(database: Database, vault: Vault) -> str:
        files = Files.of(settings)
        with progress() as told:
            if person:
                count = await export_person(database, files, workspace, person, folder, told)
                await _note(database, workspace, "person.exported", person, rows=count)
                return f"{folder} holds the {count:,} rows that {workspace} has of {person}."
            manifest = await export_workspace(database, files, vault, workspace, folder, told)
            await _note(database, workspace, "workspace.exported", workspace, rows=sum(manifest.rows.values()))
        return f"{folder} holds {manifest.name}: {sum(manifest.rows.values()):,} rows, {len(manifest.files):,} files."

    out().print(with_database(settings, write), highlight=False, soft_wrap=True)


def bring_in(
    folder: Annotated[Path, typer.Argument(help="what apropos export wrote", exists=True, file_okay=False)],
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    files_url: FilesUrl = "",
    secret_key: Secret = "",
) -> None:
    """Bring an exported workspace into a database that does not have it: the same ids, order and counts, or nothing.

    Under another APROPOS_SECRET_KEY its server keys and secrets cannot be opened: they end, and are named here.
    """
    from .portable.importing import import_workspace  # noqa: PLC0415 every feature's tables

    settings = settings_with(database_url=database_url, data_dir=data_dir, files_url=files_url, secret_key=secret_key)

    async def bring(database: Database, vault: Vault) -> str:
        with progress() as told:
            manifest, ended = await import_workspace(database, Files.of(settings), vault, folder, told, by=here)
        said = f"{manifest.name} ({manifest.workspace}) is here: {sum(manifest.rows.values()):,} rows."
        return said if ended is None else f"{said}\n{_to_make_anew(ended, manifest.workspace)}"

    out().print(with_database(settings, bring), highlight=False, soft_wrap=True)


def erase_person(
    workspace: Annotated[str, typer.Argument(help="the workspace's id, wsp_…")],
    person: Annotated[str, typer.Argument(help="the person's id, as the host calls them")],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    files_url: FilesUrl = "",
    secret_key: Secret = "",
) -> None:
    """Erase a person with all that they wrote, for good: no text, file, log or delivery keeps it.

    Let your application sign no tokens for them any more, before. What other systems were told is theirs to erase.
    """
    from .erasing.commands import erase_person as erase  # noqa: PLC0415 every feature's tables
    from .erasing.queries import traces  # noqa: PLC0415

    settings = settings_with(database_url=database_url, data_dir=data_dir, files_url=files_url, secret_key=secret_key)

    async def look(database: Database, _: Vault) -> dict[str, int]:
        async with database.reading(workspace) as reading:
            return await traces(reading, person)

    async def do(database: Database, vault: Vault) -> None:
        await database.write(workspace, lambda tx: erase(tx, vault, person), caller=here(workspace), alone=True)
        await Sweep(database, Files.of(settings), Clock()).now(workspace)
        await database.scrubbed()

    if not yes:
        found = ", ".join(f"{count:,} {name}" for name, count in with_database(settings, look).items() if count) or "their card"
        typer.confirm(f"Erase {person} from {workspace} for good: {found}?", abort=True, err=True)
    with_database(settings, do)
    out().print(f"{person} is erased from {workspace}.", highlight=False, soft_wrap=True)


def _to_make_anew(ended: Any, workspace: str) -> str:
    """Say what ended, and how each is made anew."""
    ways = (
        ("server key", ended.keys, f"apropos key create --workspace {workspace} --scope full --name …"),
        ("signing secret", ended.signing_keys, 'POST /v1/workspace/signing-keys {"kind": "secret"}, or in the console'),
        (
            "webhook",
            ended.webhooks,
            'POST /v1/webhooks/{id}/rotate, then PATCH {"enabled": true}, or in the console',
        ),
        ("access callback", ended.access_url, "PATCH /v1/workspace with the same access_url, which makes a new secret"),
    )
    lines = [f"  {what} {one} ({name}): {how}" for what, found, how in ways for one, name in sorted(found.items())]
    head = "It came from under another APROPOS_SECRET_KEY, which alone opens its keys and secrets. These ended; make them anew:"
    seals = "Its log is sealed anew, and cursors of its events do not hold any more: begin again, or from a time."
    return "\n".join([head, *lines, seals] if lines else [seals])


async def _note(database: Database, workspace: str, act: str, about: str, **facts: Any) -> None:
    """Say in the audit log what was taken out of a workspace."""

    async def note(tx: Transaction) -> None:
        tx.note(act, about, **facts)

    await database.write(workspace, note, caller=here(workspace))
