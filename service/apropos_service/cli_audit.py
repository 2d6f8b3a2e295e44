"""`apropos audit`: whether the log of a workspace is as it was written, and the seal to keep elsewhere."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .access.secrets import Vault
from .audit.verifying import broken, seal_at
from .database import Database
from .terminal import Data, Url, out, settings_with, with_database

audit = typer.Typer(help="Who did what: whether the log is as it was written.", no_args_is_help=True)
Workspace = Annotated[str, typer.Option(help="the workspace's id, wsp_…; all when it is not given")]


@audit.command("verify")
def verify(
    workspace: Workspace = "",
    known: Annotated[str, typer.Option(help="a place and its seal, as `apropos audit seal` said them: 4711:Yk9x…")] = "",
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
) -> None:
    """Make every seal of the log again, and say where it does not fit. Ends with status 1 when it does not."""

    async def look(database: Database, vault: Vault) -> list[str]:
        found = await broken(database, vault.sealing, only=workspace or None)
        place, _, seal = known.partition(":")
        if known and (await seal_at(database, workspace, int(place)))[1] != seal:
            found.append(f"{workspace}: entry {place} does not have the seal that you know, so the log is another one")
        return found

    if known and not (workspace and known.partition(":")[0].isdigit()):
        raise typer.BadParameter("--known is a number, a colon and a seal, and goes with --workspace")
    found = with_database(settings_with(database_url=database_url, data_dir=data_dir), look)
    for one in found:
        out().print(f"[red]BROKEN[/] {one}", highlight=False, soft_wrap=True)
    if found:
        raise typer.Exit(1)
    out().print("Every entry is as it was written.")


@audit.command("seal")
def seal(
    workspace: Annotated[str, typer.Option(help="the workspace's id, wsp_…")],
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
) -> None:
    """Print the newest place in the log and its seal. Kept elsewhere, it shows also that nothing was cut off the end."""

    async def look(database: Database, _: Vault) -> Any:
        return await seal_at(database, workspace)

    place, text = with_database(settings_with(database_url=database_url, data_dir=data_dir), look)
    out().print(f"{place}:{text}", highlight=False, soft_wrap=True)
