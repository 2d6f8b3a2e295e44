"""Changes to rows, grouped so that one statement writes many of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..rows import Row, Table, Values, depth, dump


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
        table, now = row.table, row.table.values_of(row)
        if stored is None:
            _collect(groups, "insert", table, tuple(range(len(now))), now)
        elif now != stored:
            changed = (place for place, (old, new) in enumerate(zip(stored, now, strict=True)) if old != new)
            _collect(groups, "update", table, (*table.keyed, *changed), now)
    written = [groups[key] for key in sorted(groups)]
    gone: dict[Any, Change] = {}
    for row in removed:
        _collect(gone, "delete", row.table, row.table.keyed, row.table.values_of(row))
    return written + [gone[key] for key in sorted(gone, reverse=True)]


def inserts(rows: Sequence[Row]) -> Change:
    """Return the statement that adds these rows, which are of one class."""
    table = rows[0].table
    return Change("insert", table, table.order, [table.values_of(row) for row in rows])


def dumped(table: Table, rows: Iterable[Values]) -> Iterator[Values]:
    """Yield rows, whose values stand in the order of the columns, as the drivers take them."""
    if not table.as_json:
        yield from rows
        return
    for values in rows:
        given = list(values)
        for place in table.as_json:
            given[place] = dump(given[place])
        yield tuple(given)


def _collect(groups: dict[Any, Change], kind: str, table: Table, places: tuple[int, ...], now: Values) -> None:
    """Add the values of a row that stand in these places to the statement for such changes."""
    key = depth(table.name), table.name, kind, places
    if key not in groups:
        groups[key] = Change(kind, table, tuple(table.order[place] for place in places), [])
    groups[key].values.append(tuple(dump(now[place]) if place in table.as_json else now[place] for place in places))
