"""Reading an export into a database that does not have the workspace.

Law: the workspace is there whole, with the ids, the order and the counts it had, or nothing of it is; rows of one workspace
never come into another. What another secret cannot open ends (`anew.py`).
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from .. import migrations
from ..access.secrets import Vault
from ..attachments.storage import Files, small
from ..clock import Clock
from ..database import Database
from ..database.beside import beside
from ..database.loading import Brought, bring
from ..errors import Conflict
from ..events.log import LogHead
from .anew import Anew, Ended
from .exporting import Told
from .form import FORMAT, MANIFEST, PERSON, Manifest, NotAnExport, digest_of, stored
from .reading import rows_in


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
            await _load(connection, manifest, folder, told, anew)
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


async def _load(connection: Any, manifest: Manifest, folder: Path, told: Told, anew: Anew | None) -> None:
    """Bring in the rows of all tables, which are read and looked at in another process meanwhile."""
    async with beside(rows_in, folder, manifest) as made:
        async for brought in bring(connection, _anew(made, anew) if anew else made):
            for name, done in brought.items():
                told(name, done, manifest.rows[name])


async def _anew(made: AsyncIterator[list[Brought]], anew: Anew) -> AsyncIterator[list[Brought]]:
    classes = {cls.table: cls for cls in stored()}
    async for batch in made:
        yield [(table, anew.rows(classes[table], rows)) for table, rows in batch]


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
