"""The demo's workspace: made on the first start, its keys kept beside the database in `demo.json`, readable by its owner only."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..access import commands as access
from ..access import keyring, wire
from ..access.policy import operator
from ..access.secrets import Vault
from ..database import Database
from ..ids import new
from ..settings import Settings

FILES = ("apropos.db", "apropos.db-wal", "apropos.db-shm", "demo.json", "host.json")


@dataclass(frozen=True)
class Opened:
    """What opens the workspace; `seeded` once its story was told to the end."""

    workspace: str
    key: str
    signing_secret: str
    seeded: bool = False


async def opened(settings: Settings) -> Opened:
    """Return the demo's workspace; makes it, and keeps its keys, when there is none."""
    path = settings.data_dir / "demo.json"
    if path.exists():
        return Opened(**json.loads(path.read_text()))
    made = await _make(settings)
    _keep(settings.data_dir, made)
    return made


def remember_seeded(data_dir: Path, keys: Opened) -> None:
    """Say in `demo.json` that the story was told."""
    _keep(data_dir, replace(keys, seeded=True))


def forget(data_dir: Path) -> None:
    """Remove the demo's own files, and nothing else that may be in the folder."""
    for name in FILES:
        (data_dir / name).unlink(missing_ok=True)


async def _make(settings: Settings) -> Opened:
    vault = Vault(keyring.secret_key(settings))
    workspace_id = new("wsp")

    async def make(tx: Any) -> Opened:
        await access.create_workspace(tx, "Fieldline")
        (_, key), _ = await access.create_key(tx, wire.KeyDraft(name="demo"), vault)
        (_, secret), _ = await access.add_signing_key(tx, wire.SigningKeyDraft(kind="secret"), vault)
        return Opened(workspace_id, key or "", secret or "")

    database = await Database.open(settings.database, vault.sealing)
    try:
        made: Opened = await database.write(workspace_id, make, caller=operator(workspace_id, "demo"))
    finally:
        await database.close()
    return made


def _keep(data_dir: Path, keys: Opened) -> None:
    path = data_dir / "demo.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(keys)))
