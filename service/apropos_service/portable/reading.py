"""Reading the rows of an export, and seeing that they are all there and as they were written.

Law: what is yielded is of the workspace and of the right types; what is missing or changed is refused by the end of its table.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..database.loading import Brought
from ..rows import Table
from .form import Manifest, NotAnExport, batches, stored, values_of

SIZE = 5_000


def rows_in(folder: Path, manifest: Manifest) -> Iterator[list[Brought]]:
    """Yield the rows of every table, those that others point to first. Raises `NotAnExport`."""
    for cls in stored():
        yield from _rows(folder, manifest, cls.table)


def _rows(folder: Path, manifest: Manifest, table: Table) -> Iterator[list[Brought]]:
    digest, done = hashlib.sha256(), 0
    for lines in batches(_lines(folder / "rows" / f"{table.name}.jsonl"), SIZE):
        digest.update(b"".join(lines))
        rows = [values_of(table, text, workspace=manifest.workspace, number=done + at) for at, text in enumerate(lines, 1)]
        done += len(rows)
        yield [(table, rows)]
    if (done, digest.hexdigest()) != (manifest.rows[table.name], manifest.digests.get(table.name)):
        raise NotAnExport(f"rows/{table.name}.jsonl is not as it was written: it was cut or changed. Make the export again.")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError as problem:
        raise NotAnExport(f"{path.name} is missing. Make the export again.") from problem
