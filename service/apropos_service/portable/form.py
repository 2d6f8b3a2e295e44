"""How an export is laid out: which tables and in what order, a line a row, and what the manifest says.

    manifest.json            what this is, of which version, and what belongs to it
    rows/<table>.jsonl       a line a row, a member a column; tables in the order of their foreign keys
    files/<place>            what people attached, and `.small` beside it where there is a thumbnail

Law: the manifest is written last and names the digest of every file of rows, so that half an export is none.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from operator import contains
from pathlib import Path
from typing import Any

import orjson

from .. import tables  # noqa: F401 so that every table is known
from ..errors import Problem
from ..rows import TABLES, Row, Table, depth

FORMAT = 1
MANIFEST, PERSON = "manifest.json", "person.json"


class NotAnExport(Problem):
    """The folder is not what it has to be: empty to write to, or a whole export of this version to read."""

    published = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to an export: how many `rows` and their `digests` by table, the digests of `files` by place.

    `schema` is the database's version, `seal` the fingerprint of the secret that keys and secrets in it were sealed with.
    """

    format: int
    schema: str
    apropos: str
    workspace: str
    name: str
    exported_at: str
    seal: str
    rows: Mapping[str, int]
    digests: Mapping[str, str]
    files: Mapping[str, str]

    def text(self) -> bytes:
        """Return it as it is written."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """Return what a manifest says. Raises `NotAnExport`."""
        try:
            return cls(**orjson.loads(text))
        except (ValueError, TypeError) as problem:
            raise NotAnExport(f"{MANIFEST} is not one: {problem}.") from problem


def stored() -> list[type[Row]]:
    """Return the tables that hold what a workspace has, those that others point to first."""
    of_workspaces = (row for row in TABLES if row.table.name != "installation")
    return sorted(of_workspaces, key=lambda row: (depth(row.table.name), row.table.name))


def of_a_person(table: Table) -> str | None:
    """Return which rows of a table are of the person `:person`; `None` where none can be."""
    return f"({' OR '.join(f'{name} = :person' for name in table.people)})" if table.people else None


def in_order(table: Table) -> str:
    """Return what sorts a table's rows alike in every database."""
    kinds = {column.name: column.kind for column in table.columns}
    return ", ".join(f'{name} COLLATE "C"' if kinds[name] == "text" else name for name in table.key)


def line(row: Row) -> bytes:
    """Return a row as a line."""
    values = zip((column.name for column in row.table.columns), row.table.values_of(row), strict=True)
    return orjson.dumps(dict(values), option=orjson.OPT_APPEND_NEWLINE)


def values_of(table: Table, text: bytes, *, workspace: str, number: int) -> tuple[Any, ...]:
    """Return the values of a line, in the order of the columns. Raises `NotAnExport` where it is not a row of the workspace."""
    where = f"rows/{table.name}.jsonl, line {number}"
    try:
        said = orjson.loads(text)
    except ValueError as problem:
        raise NotAnExport(f"{where} is not JSON: {problem}.") from problem
    names, takes = _shape(table)
    if not isinstance(said, dict) or said.keys() != takes.keys():
        raise NotAnExport(f"{where} does not have the members {', '.join(names)}.")
    if said["workspace_id"] != workspace:
        raise NotAnExport(f"{where} is not of {workspace}.")
    values = tuple([said[name] for name in names])
    if not all(map(contains, takes.values(), map(type, values))):
        wrong = next(name for name in names if type(said[name]) not in takes[name])
        raise NotAnExport(f"{where} cannot have {said[wrong]!r} as {wrong}.")
    return values


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def batches(items: Iterator[Any], size: int) -> Iterator[Sequence[Any]]:
    """Yield them in lists of at most `size`."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


_JSON: frozenset[type] = frozenset({str, int, float, bool, type(None), list, dict})
_TYPES: dict[str, frozenset[type]] = {
    "text": frozenset({str}), "integer": frozenset({int}), "boolean": frozenset({bool}), "json": _JSON,
}  # fmt: skip


@cache
def _shape(table: Table) -> tuple[list[str], dict[str, frozenset[type]]]:
    """Return the names of the columns, and the types that each may have."""
    takes = {one.name: _TYPES[one.kind] | ({type(None)} if one.nullable else set()) for one in table.columns}
    return list(takes), takes
