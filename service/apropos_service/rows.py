"""Tables as slotted dataclasses: one class says the columns, the key and the invariants of a row.

Law: every key begins with `workspace_id`, and foreign keys carry it, so that a workspace is a wall.
Rows are plain values (no session, no lazy loading); JSON columns are replaced, never changed in place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

import orjson

Json = Annotated[Any, "json"]
Kind = Literal["text", "integer", "boolean", "json"]
Key = tuple[Any, ...]
Values = tuple[Any, ...]
NAMES_SOMEBODY = re.compile(r"(^|_)(person_id|actor_id|author|assignee|sponsor|owner|by)$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is what it holds, times being integers (milliseconds since 1970, UTC)."""

    name: str
    kind: Kind
    nullable: bool


@dataclass(frozen=True, slots=True)
class Foreign:
    """The columns of this table that are the key of another."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index over `columns`; `where` makes it partial."""

    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What the database knows of a row class; `words` names a column by whose words rows are found (database/found.py).

    There is one for each class, so it is found by what it is, not by all it says: statements are kept by it. `order` and
    `names` are the columns, one by one and as a SELECT writes them, `keyed` the places of the key among them, `as_json` and
    `as_bool` the places of those that drivers do not return as they are.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[Foreign, ...]
    indexes: tuple[Index, ...]
    key_of: Callable[[Any], Key] = field(repr=False)
    values_of: Callable[[Any], Values] = field(repr=False)
    words: str | None = None
    order: tuple[str, ...] = field(init=False)
    names: str = field(init=False)
    keyed: tuple[int, ...] = field(init=False)
    as_json: tuple[int, ...] = field(init=False)
    as_bool: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every row asks."""
        order = tuple(column.name for column in self.columns)
        worked_out = {
            "order": order, "names": ", ".join(order), "keyed": tuple(map(order.index, self.key)),
            "as_json": self._places("json"), "as_bool": self._places("boolean"),
        }  # fmt: skip
        for name, value in worked_out.items():
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process by name: there it is the one of the same class."""
        return named, (self.name,)

    @property
    def people(self) -> list[str]:
        """The columns that hold a person's id."""
        named = [column.name for column in self.columns if column.kind == "text" and NAMES_SOMEBODY.search(column.name)]
        return ["id"] if self.name == "person" else named

    def _places(self, kind: Kind) -> tuple[int, ...]:
        return tuple(place for place, column in enumerate(self.columns) if column.kind == kind)


class Row:
    """The base of all rows; made a table by `@table`.

    `follows` names a column and the class it points to, whose rows are loaded along with these.
    """

    __slots__ = ()
    table: ClassVar[Table]
    follows: ClassVar["tuple[str, type[Row]] | None"] = None

    @classmethod
    def load(cls, values: Sequence[Any]) -> Self:
        """Make the row from the values that a driver returned, in the order of the columns."""
        given = list(values)
        for place in cls.table.as_json:
            if given[place] is not None:
                given[place] = orjson.loads(given[place])
        for place in cls.table.as_bool:
            if given[place] is not None:
                given[place] = bool(given[place])
        return cls(*given)


R = TypeVar("R", bound=Row)
TABLES: list[type[Row]] = []


@dataclass_transform(field_specifiers=(field,))
def table(
    name: str,
    key: tuple[str, ...] = ("workspace_id", "id"),
    *,
    foreign: Sequence[Foreign] = (),
    indexes: Sequence[Index] = (),
    words: str | None = None,
) -> Callable[[type[R]], type[R]]:
    """Make the class a slotted dataclass that is stored in the table `name`."""

    def decorate(cls: type[R]) -> type[R]:
        made = dataclass(slots=True)(cls)
        hints = get_type_hints(made, include_extras=True)
        columns = tuple(_column(each.name, hints[each.name]) for each in fields(made))  # type: ignore[arg-type]
        made.table = Table(
            name,
            columns,
            key,
            tuple(foreign),
            tuple(indexes),
            attrgetter(*key) if len(key) > 1 else lambda row: (getattr(row, key[0]),),
            attrgetter(*(column.name for column in columns)),
            words,
        )
        TABLES.append(made)
        return made

    return decorate


@cache
def named(name: str) -> Table:
    """Return the table with this name."""
    return next(row.table for row in TABLES if row.table.name == name)


@cache
def depth(name: str) -> int:
    """Return how many tables stand above this one: what it points to is written first."""
    return 1 + max((depth(each.table) for each in named(name).foreign), default=0)


def dump(value: Any) -> str | None:
    """Return what a JSON column holds as the drivers take it."""
    return None if value is None else orjson.dumps(value).decode()


def _column(name: str, hint: Any) -> Column:
    if get_origin(hint) is Annotated:
        return Column(name, "json", nullable=True)
    options = get_args(hint) if type(None) in get_args(hint) else (hint,)
    inner = next(option for option in options if option is not type(None))
    if get_origin(inner) is Literal:
        inner = str
    kinds: dict[type, Kind] = {str: "text", int: "integer", bool: "boolean"}
    return Column(name, kinds[inner], nullable=type(None) in options)
