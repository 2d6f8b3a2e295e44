"""Reading an export into a database that does not have the workspace.

Law: the workspace is there whole, with the ids, the order and the counts it had, or nothing of it is; rows of one workspace
never come into another. What another secret cannot open ends (`anew.py`).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .. import migrations
from ..access.secrets import Vault
from ..attachments.storage import Files, small
from ..clock import Clock
from ..database import Database
from ..database.loading import Brought, bring
from ..errors import Conflict
from ..events.log import LogHead
from ..rows import Row
from .anew import Anew, Ended
from .exporting import Told
from .form import FORMAT, MANIFEST, PERSON, Manifest, NotAnExport, batches, digest_of, stored, values_of

SIZE = 5_000


class WorkspaceExists(Conflict):
    """The database has this workspace already."""

    published = False


async def import_workspace(
    database: Database, files: Files, vault: Vault, folder: Path, told: Told, *, by: Callable[[str], Any]
) -> tuple[Manifest, Ended | None]:
    """Bring an export in; where its secret is another than ours, return also what ended.

    The log says so then; `by` returns who brings it, by the workspace's id. Raises `NotAnExport`, `WorkspaceExists`, or
    `Conflict` when its rows do not go together.
    """
    manifest = _manifest(folder)
    anew = None if manifest.seal == vault.fingerprint("installation") else Anew(vault, folder, Clock().now())
    async with database.reading(manifest.workspace) as look:
        if await look.row(LogHead):
            raise WorkspaceExists(f"{manifest.workspace} ({manifest.name}) is in this database already.")
    kept: list[str] = []
    try:
        async with database.loading() as connection:
            for cls in stored():
                await _load(connection, cls, manifest, folder, told, anew)
            if anew:
                await anew.note(connection, manifest.workspace, by(manifest.workspace))
            _bring(files, manifest, folder, kept, told)
    except BaseException:
        for place in kept:
            files.drop(place)
        raise
    return manifest, anew.ended if anew else None


def _manifest(folder: Path) -> Manifest:
    if (folder / PERSON).exists():
        raise NotAnExport(f"{folder} holds what was kept of one person; only a whole workspace can be imported.")
    try:
        manifest = Manifest.read((folder / MANIFEST).read_bytes())
    except FileNotFoundError as problem:
        raise NotAnExport(f"{folder} has no {MANIFEST}: it is no export, or one that was cut. Make it again.") from problem
    if manifest.format != FORMAT or manifest.schema != migrations.HEAD:
        raise NotAnExport(
            f"This export is of Apropos {manifest.apropos} (database {manifest.schema}), this database is at {migrations.HEAD}. "
            f"Import it with that version into a database of its own, then run: apropos migrate"
        )
    if set(manifest.rows) != {cls.table.name for cls in stored()}:
        raise NotAnExport(f"{MANIFEST} names other tables than this version has.")
    return manifest


async def _load(connection: Any, cls: type[Row], manifest: Manifest, folder: Path, told: Told, anew: Anew | None) -> None:
    """Bring in the rows of a table, and see that they are all there and as they were written."""
    table, digest, done = cls.table, hashlib.sha256(), 0

    def read() -> Iterator[Sequence[Brought]]:
        nonlocal done
        for lines in batches(_lines(folder / "rows" / f"{table.name}.jsonl"), SIZE):
            digest.update(b"".join(lines))
            rows = [values_of(table, text, workspace=manifest.workspace, number=done + at) for at, text in enumerate(lines, 1)]
            done += len(rows)
            yield [(table, anew.rows(cls, rows) if anew else rows)]

    async for _ in bring(connection, read()):
        told(table.name, done, manifest.rows[table.name])
    if (done, digest.hexdigest()) != (manifest.rows[table.name], manifest.digests.get(table.name)):
        raise NotAnExport(f"rows/{table.name}.jsonl is not as it was written: it was cut or changed. Make the export again.")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError as problem:
        raise NotAnExport(f"{path.name} is missing. Make the export again.") from problem


def _bring(files: Files, manifest: Manifest, folder: Path, kept: list[str], told: Told) -> None:
    """Put the files where this installation keeps them, noting in `kept` what was put."""
    originals = [place for place in manifest.files if not place.endswith(small(""))]
    for done, place in enumerate(originals, 1):
        if not place.startswith(f"{manifest.workspace}/") or ".." in place:
            raise NotAnExport(f"files/{place} is not a file of {manifest.workspace}.")
        thumbnail = _whole(folder, manifest, small(place)).read_bytes() if small(place) in manifest.files else None
        with _whole(folder, manifest, place).open("rb") as content:
            kept.append(place)
            files.keep(place, content, thumbnail)
        told("files", done, len(originals))


def _whole(folder: Path, manifest: Manifest, place: str) -> Path:
    """Return where a file of the export is, once it is seen to be what was exported."""
    path = folder / "files" / place
    if not path.is_file() or digest_of(path) != manifest.files[place]:
        raise NotAnExport(f"files/{place} is missing, was cut or changed. Make the export again.")
    return path
