"""Writing what a workspace has, or what it has of one person, into a folder while people go on working.

Law: all rows are of one moment. A file that was erased since is left out; everything else that a row names is there.
"""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .. import __version__, migrations
from ..access.model import Workspace
from ..access.secrets import Vault
from ..attachments.model import Attachment
from ..attachments.storage import CHUNK, Files, small
from ..clock import Clock
from ..database import Database, Reading
from ..errors import NotFound
from ..people.model import Person
from ..rows import Row
from ..wire import rfc3339
from .form import FORMAT, MANIFEST, PERSON, Manifest, NotAnExport, digest_of, in_order, line, of_a_person, stored

Told = Callable[[str, int, int], None]
"""Hears what is being written, how much of it is done, and how much there is."""
SIZE = 2_000


async def export_workspace(database: Database, files: Files, vault: Vault, workspace_id: str, folder: Path, told: Told) -> Manifest:
    """Write a workspace into an empty folder. Raises `NotFound`, or `NotAnExport` when the folder is not empty."""
    _must_be_empty(folder)
    rows, digests = {}, {}
    async with database.reading(workspace_id, snapshot=True) as look:
        workspace = await look.row(Workspace)
        if workspace is None:
            raise NotFound(f"There is no workspace {workspace_id}.")
        at = rfc3339(Clock().now())
        for cls in stored():
            rows[cls.table.name], digests[cls.table.name] = await _rows(look, cls, "true", {}, folder, told)
        attachments = await look.rows(Attachment, "true ORDER BY id")
    manifest = Manifest(
        FORMAT, migrations.HEAD, __version__, workspace_id, workspace.name, at, vault.fingerprint("installation"),
        rows, digests, _files(files, attachments, folder, told),
    )  # fmt: skip
    (folder / MANIFEST).write_bytes(manifest.text())
    return manifest


async def export_person(database: Database, files: Files, workspace_id: str, person_id: str, folder: Path, told: Told) -> int:
    """Write what a workspace has of one person: who they are, what they wrote and did, what was kept for them, their files.

    Returns how many rows that is. Raises `NotFound`, or `NotAnExport` when the folder is not empty.
    """
    _must_be_empty(folder)
    count = 0
    async with database.reading(workspace_id, snapshot=True) as look:
        person = await look.row(Person, id=person_id)
        if person is None:
            raise NotFound(f"Nobody in {workspace_id} is called {person_id}.")
        for cls in stored():
            if where := of_a_person(cls.table):
                found, _ = await _rows(look, cls, where, {"person": person_id}, folder, told)
                count += found
        attachments = await look.rows(Attachment, "uploaded_by = :person ORDER BY id", person=person_id)
    _files(files, attachments, folder, told)
    (folder / PERSON).write_bytes(line(person))
    return count


def _must_be_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotAnExport(f"{folder} is not empty. Name a folder that is, or one that does not exist yet.")


async def _rows(look: Reading, cls: type[Row], where: str, given: dict[str, Any], folder: Path, told: Told) -> tuple[int, str]:
    """Write the rows of a table. Returns how many they are, and the digest of their file."""
    path, digest, done = folder / "rows" / f"{cls.table.name}.jsonl", hashlib.sha256(), 0
    path.parent.mkdir(exist_ok=True)
    sql = f"SELECT count(*) FROM {cls.table.name} WHERE workspace_id = :workspace_id AND {where}"  # noqa: S608 names are ours
    [(most,)] = await look.fetch(sql, **given)
    with path.open("wb") as file:
        async for rows in look.stream(cls, f"{where} ORDER BY {in_order(cls.table)}", size=SIZE, **given):
            text = b"".join(map(line, rows))
            file.write(text)
            digest.update(text)
            done += len(rows)
            told(cls.table.name, done, most)
    return done, digest.hexdigest()


def _files(files: Files, attachments: Sequence[Attachment], folder: Path, told: Told) -> dict[str, str]:
    """Copy files and their thumbnails. Returns the digest of each, by its place."""
    copied = {}
    places = [place for row in attachments for place in ([row.place, small(row.place)] if row.thumbnail else [row.place])]
    for done, place in enumerate(places, 1):
        path = folder / "files" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with files.open(place) as source, path.open("wb") as target:
                shutil.copyfileobj(source, target, CHUNK)
            copied[place] = digest_of(path)
        except FileNotFoundError:
            path.unlink(missing_ok=True)
        told("files", done, len(places))
    return copied
