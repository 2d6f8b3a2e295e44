"""Changes to rows, grouped so that one statement writes many of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..rows import Row, Table, depth, dump


@dataclass(frozen=True, slots=True)
class Change:
    """One statement's worth: the same kind of change to rows of the same table.

    `kind` is insert (`columns` are all), update (`columns` are the key, then what changed) or delete
    (`columns` are the key); `values` has one tuple a row, in the order of `columns`.
    """

    kind: str
    table: Table
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]


def changes(before: dict[Any, tuple[Row, tuple[Any, ...] | None]], removed: Iterable[Row]) -> list[Change]:
    """Compare rows with the values they were stored with (`None`: not stored yet).

    The order satisfies foreign keys: inserts and updates parents first, then deletes children first.
    """
    groups: dict[Any, Change] = {}
    for row, stored in before.values():
        now = row.table.values_of(row)
        if stored is None:
            _collect(groups, "insert", row.table, tuple(column.name for column in row.table.columns), now)
        elif now != stored:
            changed = tuple(column.name for column, old, new in zip(row.table.columns, stored, now, strict=True) if old != new)
            names = row.table.key + changed
            _collect(groups, "update", row.table, names, tuple(now[place] for place in row.table.places(names)))
    written = [groups[key] for key in sorted(groups)]
    gone: dict[Any, Change] = {}
    for row in removed:
        _collect(gone, "delete", row.table, row.table.key, row.table.key_of(row))
    return written + [gone[key] for key in sorted(gone, reverse=True)]


def inserts(rows: Sequence[Row]) -> Change:
    """Return the statement that adds these rows, which are of one class."""
    table = rows[0].table
    return Change("insert", table, tuple(column.name for column in table.columns), [table.values_of(row) for row in rows])


def _collect(groups: dict[Any, Change], kind: str, table: Table, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
    change = groups.setdefault((depth(table.name), table.name, kind, names), Change(kind, table, names, []))
    columns = {column.name: column for column in table.columns}
    change.values.append(tuple(dump(columns[name], value) for name, value in zip(names, values, strict=True)))
