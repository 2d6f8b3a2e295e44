"""The command line: serve, demo, work, migrate, workspace, key, reader, audit, console, doctor, export, import, and so on."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from . import __version__, lean, migrations  # noqa: F401 the second before all that it is about
from .access import commands as access
from .access import wire
from .access.model import Key, Workspace
from .access.secrets import Vault
from .cli_audit import audit
from .cli_console import console
from .cli_filling import fill
from .cli_portable import bring_in, erase_person, write_out
from .cli_readers import readers
from .database import Database
from .ids import new
from .settings import Settings
from .terminal import AsJson, Data, Url, flag, here, out, plainly, settings_with, show, stop, usable, with_database

main = typer.Typer(name="apropos", help="Apropos: the discussion where the problem is.", no_args_is_help=True, add_completion=False)
workspaces = typer.Typer(help="Customers' separate worlds.", no_args_is_help=True)
keys = typer.Typer(help="Server keys.", no_args_is_help=True)
main.add_typer(workspaces, name="workspace")
main.add_typer(keys, name="key")
main.add_typer(readers, name="reader")
main.add_typer(audit, name="audit")
main.command("console")(console)
main.command("export")(write_out)
main.command("import")(bring_in)
main.command("fill")(fill)
main.command("erase-person")(erase_person)

Scope = Literal["full", "read", "describe"]


@main.command()
def serve(
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    host: Annotated[str, flag("host")] = "127.0.0.1",
    port: Annotated[int, flag("port")] = 8080,
    workers: Annotated[int, flag("workers")] = 1,
    public_url: Annotated[str, flag("public_url")] = "",
    bus_url: Annotated[str, flag("bus_url")] = "",
    secret_key: Annotated[str, flag("secret_key")] = "",
    rate_limit: Annotated[int, flag("rate_limit")] = 20_000,
    most_at_once: Annotated[int, flag("most_at_once")] = 500,
    trusted_proxies: Annotated[str, flag("trusted_proxies")] = "",
    audit_days: Annotated[int, flag("audit_days")] = 400,
    log_days: Annotated[int, flag("log_days")] = 0,
    stop_delay: Annotated[float, flag("stop_delay")] = 1.0,
    webhook_allow: Annotated[str, flag("webhook_allow")] = "",
    webhook_timeout: Annotated[float, flag("webhook_timeout")] = 15.0,
    work: Annotated[
        bool, typer.Option("--work/--no-work", envvar="APROPOS_WORK", help=Settings.model_fields["work"].description)
    ] = True,
    files_url: Annotated[str, flag("files_url")] = "",
    widget_dir: Annotated[Path, flag("widget_dir")] = Path(),
    log_level: Annotated[str, flag("log_level")] = "info",
) -> None:
    """Serve the API and live delivery; migrates a fresh database first."""
    from .serving import Taken  # noqa: PLC0415 the server's libraries are large
    from .workers import Unfit, must_suit, run  # noqa: PLC0415

    settings = settings_with(
        database_url=database_url, data_dir=data_dir, host=host, port=port, workers=workers, public_url=public_url,
        bus_url=bus_url, secret_key=secret_key, rate_limit=rate_limit, stop_delay=stop_delay, webhook_allow=webhook_allow,
        webhook_timeout=webhook_timeout, work=work, files_url=files_url, widget_dir=widget_dir, log_level=log_level,
        trusted_proxies=trusted_proxies, audit_days=audit_days, log_days=log_days, most_at_once=most_at_once,
    )  # fmt: skip
    try:
        must_suit(settings)
        usable(settings)
        run(settings)
    except (Taken, Unfit) as problem:
        stop(str(problem))


@main.command()
def work(
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    bus_url: Annotated[str, flag("bus_url")] = "",
    secret_key: Annotated[str, flag("secret_key")] = "",
    webhook_allow: Annotated[str, flag("webhook_allow")] = "",
    webhook_timeout: Annotated[float, flag("webhook_timeout")] = 15.0,
    audit_days: Annotated[int, flag("audit_days")] = 400,
    log_days: Annotated[int, flag("log_days")] = 0,
    log_level: Annotated[str, flag("log_level")] = "info",
) -> None:
    """Run readers and senders alone, beside processes that `serve --no-work`; as many as you like."""
    from .working import run  # noqa: PLC0415

    settings = settings_with(
        database_url=database_url, data_dir=data_dir, bus_url=bus_url, secret_key=secret_key, webhook_allow=webhook_allow,
        webhook_timeout=webhook_timeout, audit_days=audit_days, log_days=log_days, log_level=log_level,
    )  # fmt: skip
    usable(settings)
    run(settings)


@main.command()
def demo(
    port: Annotated[int, typer.Option(help="port of the host's screens; the service takes the next one")] = 8000,
    data_dir: Annotated[Path, typer.Option(help="folder of the demo's database")] = Path("apropos-demo"),
    fresh: Annotated[bool, typer.Option(help="begin anew, forgetting what was written in the demo before")] = False,
) -> None:
    """Run the product: a seeded workspace and three host screens with the widget in them. Prints one address."""
    from .demo.running import run  # noqa: PLC0415

    with plainly():
        run(data_dir, port=port, fresh=fresh)


@main.command()
def migrate(database_url: Url = "", data_dir: Data = Path("apropos-data")) -> None:
    """Bring an old database to this version. Make a copy of it first."""
    settings = settings_with(database_url=database_url, data_dir=data_dir)
    with plainly():
        migrations.upgrade(settings.database)
    out().print(f"The database is at {migrations.HEAD}.")


@main.command()
def doctor(database_url: Url = "", data_dir: Data = Path("apropos-data"), as_json: AsJson = False) -> None:
    """Check database, bus, mail, clock and keys, and say what to do."""
    from .doctor import examine  # noqa: PLC0415

    found = asyncio.run(examine(settings_with(database_url=database_url, data_dir=data_dir)))
    if as_json:
        sys.stdout.write(json.dumps([{"check": one.name, "ok": one.ok, "says": one.says} for one in found]) + "\n")
    else:
        for one in found:
            out().print(
                f"[{'green' if one.ok else 'red'}]{'ok  ' if one.ok else 'FAIL'}[/] {one.name}: {one.says}",
                highlight=False,
                soft_wrap=True,
            )
    raise typer.Exit(0 if all(one.ok for one in found) else 1)


@main.command()
def version() -> None:
    """Print the version."""
    out().print(__version__)


@main.command()
def openapi(path: Annotated[Path, typer.Argument(help="where to write it")] = Path("docs/openapi.json")) -> None:
    """Write the published contract."""
    from .app import create_app  # noqa: PLC0415
    from .operating import pretty  # noqa: PLC0415

    path.write_bytes(pretty(create_app(Settings()).openapi()))


@workspaces.command("create")
def create_workspace(name: str, database_url: Url = "", data_dir: Data = Path("apropos-data"), as_json: AsJson = False) -> None:
    """Make a workspace with a full server key and a signing secret; both are shown once."""
    with plainly():
        wire.WorkspacePatch(name=name)
    settings = settings_with(database_url=database_url, data_dir=data_dir)
    made = with_database(settings, lambda database, vault: new_workspace(database, vault, name))
    if as_json:
        sys.stdout.write(json.dumps(made) + "\n")
        return
    out().print(f"Workspace [bold]{name}[/] is ready. Keep these, they are shown once:", highlight=False)
    for label, value in made.items():
        out().print(f"  {label:<15} {value}", highlight=False, soft_wrap=True)


@keys.command("create")
def create_key(
    workspace: Annotated[str, typer.Option(help="the workspace's id, wsp_…")],
    name: Annotated[str, typer.Option(help="what it is for")],
    scope: Annotated[Scope, typer.Option(help="full, read or describe")] = "full",
    database_url: Url = "",
    data_dir: Data = Path("apropos-data"),
    as_json: AsJson = False,
) -> None:
    """Make a server key; its text is shown once."""

    async def make(database: Database, vault: Vault) -> dict[str, Any]:
        async with database.reading(workspace) as look:
            if not await look.rows(Workspace, "TRUE"):
                stop(f"There is no workspace {workspace}. Make one: apropos workspace create NAME")
        draft = wire.KeyDraft(name=name, scope=scope)
        (key, plain), _ = await database.write(workspace, lambda tx: access.create_key(tx, draft, vault), caller=here(workspace))
        return {"id": key.id, "key": plain, "scope": scope, "name": name}

    made = with_database(settings_with(database_url=database_url, data_dir=data_dir), make)
    sys.stdout.write((json.dumps(made) if as_json else f"{made['key']}") + "\n")


@keys.command("list")
def list_keys(database_url: Url = "", data_dir: Data = Path("apropos-data"), as_json: AsJson = False) -> None:
    """List the server keys of every workspace; never their text."""

    async def look(database: Database, _: Vault) -> list[dict[str, Any]]:
        async with database.reading("") as reading:
            rows = [Key.load(row) for row in await reading.fetch(f"SELECT {Key.table.names} FROM access_key ORDER BY created_at")]  # noqa: S608
        return [{"workspace": row.workspace_id, **wire.key(row)} for row in rows]

    found = with_database(settings_with(database_url=database_url, data_dir=data_dir), look)
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    if not found:
        out().print("There are no keys yet: apropos workspace create NAME")
        return
    names = ("id", "workspace", "name", "scope", "created_at", "used_at", "revoked_at")
    rows = [[key[name] or "" for name in names] for key in found]
    show(("id", "workspace", "name", "scope", "created", "last used", "revoked"), rows, whole={"id"})


@keys.command("revoke")
def revoke_key(key_id: str, database_url: Url = "", data_dir: Data = Path("apropos-data")) -> None:
    """End a server key; running processes refuse it within five seconds."""

    async def end(database: Database, _: Vault) -> None:
        async with database.reading("") as reading:
            found = await reading.fetch("SELECT workspace_id FROM access_key WHERE id = :id", id=key_id)
        if not found:
            stop(f"No key has the id {key_id}: apropos key list shows them.")
        await database.write(found[0][0], lambda tx: access.revoke_key(tx, key_id), caller=here(found[0][0]))

    with_database(settings_with(database_url=database_url, data_dir=data_dir), end)
    out().print(f"{key_id} is revoked.", highlight=False)


async def new_workspace(database: Database, vault: Vault, name: str) -> dict[str, str]:
    """Make a workspace and what opens it. Returns `{workspace, key, signing_secret, kid}`."""
    workspace_id = new("wsp")

    async def make(tx: Any) -> dict[str, str]:
        await access.create_workspace(tx, name)
        (_, plain), _ = await access.create_key(tx, wire.KeyDraft(name="first key"), vault)
        (signing, secret), _ = await access.add_signing_key(tx, wire.SigningKeyDraft(kind="secret"), vault)
        return {"workspace": workspace_id, "key": plain or "", "signing_secret": secret or "", "kid": signing.id}

    made: dict[str, str] = await database.write(workspace_id, make, caller=here(workspace_id))
    return made
