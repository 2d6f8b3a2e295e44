"""`apropos console`: a link that opens the operator's pages, once."""

import secrets
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from .access.model import Workspace
from .access.secrets import Vault
from .console.commands import make_link
from .database import Database
from .terminal import Data, Url, flag, here, out, settings_with, stop, with_database


def console(
    workspace: Annotated[str, typer.Option(help="the workspace's id, wsp_…; needed where there are several")] = "",
    open_: Annotated[bool, typer.Option("--open", help="open the link in a browser here")] = False,
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    public_url: Annotated[str, flag("public_url")] = "",
    host: Annotated[str, flag("host")] = "127.0.0.1",
    port: Annotated[int, flag("port")] = 8080,
    secret_key: Annotated[str, flag("secret_key")] = "",
) -> None:
    """Print a link to the operator's pages of a workspace. It signs in once, within ten minutes, for two hours."""
    settings = settings_with(
        database_url=database_url, data_dir=data_dir, public_url=public_url, host=host, port=port, secret_key=secret_key
    )
    secret = secrets.token_urlsafe(32)

    async def make(database: Database, vault: Vault) -> None:
        which, hash_ = await _only(database, workspace), vault.fingerprint(secret)
        who = here(which)
        await database.write(which, lambda tx: make_link(tx, hash_, who.name.partition(":")[2]), caller=who)

    with_database(settings, make)
    link = f"{settings.address}/console/enter/{secret}"
    out().print(link, highlight=False, soft_wrap=True)
    if open_:
        webbrowser.open(link)


async def _only(database: Database, workspace: str) -> str:
    """Return the workspace that is meant; stops when there is none, or several and none was named."""
    async with database.reading("") as look:
        sql = f"SELECT {Workspace.table.names} FROM workspace ORDER BY created_at"  # noqa: S608 the names are ours
        found = [Workspace.load(row) for row in await look.fetch(sql)]
    meant: list[Any] = [one for one in found if workspace in ("", one.workspace_id)]
    if not meant:
        stop(f"There is no workspace {workspace}." if workspace else "There is no workspace yet: apropos workspace create NAME")
    if len(meant) > 1:
        names = ", ".join(f"{one.workspace_id} ({one.name})" for one in meant)
        stop(f"Say which workspace: apropos console --workspace ID. There are {names}")
    return str(meant[0].workspace_id)
