"""What SQLite is told: our statements in its dialect. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson

from ..rows import Table
from .changes import Change
from .found import Ask

HAS = "apropos_has"
"""The name under which connections know `has`: FTS5 gathers whatever begins with a word before it looks at one row."""


def has(words: str, asked: str) -> bool:
    """Tell whether the words of a row answer what is asked in FTS5's language, as `Ask` writes it."""
    said = f" {words} "
    return any(all(word in said for word in every) for every in _read(asked))


@lru_cache(maxsize=256)
def _read(asked: str) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives, each of them texts that stand in the words: with a space around, a beginning with one before it."""
    each = (every.strip("()").split(" AND ") for every in asked.split(" OR "))
    return tuple(tuple(f" {word[1:-2]}" if word.endswith("*") else f" {word[1:-1]} " for word in every) for every in each)


def given(value: Any) -> Any:
    """Return a parameter as SQLite takes it: a list as JSON."""
    if isinstance(value, Ask):
        return value.for_sqlite()
    return orjson.dumps(list(value)).decode() if isinstance(value, list | tuple | set) else value


def is_look(sql: str) -> bool:
    """Tell whether a statement only looks."""
    return sql.lstrip().startswith(("SELECT", "WITH"))


@lru_cache(maxsize=512)
def translate(sql: str) -> str:
    """Return a query of ours in SQLite's dialect; what is gathered into an array is a table of its own there."""
    sql = sql.replace("= ANY(ARRAY(", "IN (SELECT * FROM (")
    sql = re.sub(r"= ANY\(:(\w+)\)", r"IN (SELECT value FROM json_each(:\1))", sql)
    found = r"\1.number IN (SELECT rowid FROM \1_index WHERE \1_index MATCH :\3)"
    sql = re.sub(r"FOUND\((\w+)\.(\w+), :(\w+)\)", found, sql)
    sql = sql.replace("string_agg(", "group_concat(")
    sql = re.sub(r"\bHAS\(", f"{HAS}(", sql)
    return re.sub(r'\bFOR (NO KEY UPDATE|SHARE)\b|\bCOLLATE "C"', "", sql)


@lru_cache(maxsize=256)
def with_keys(table: Table) -> str:
    """Return the look at the rows whose keys are in a list, which is given as JSON and gone through in its order."""
    names = ", ".join(f"t.{name}" for name in table.order)
    same = " AND ".join(f"t.{name} = k.value ->> {place}" for place, name in enumerate(table.key))
    return f"SELECT {names} FROM json_each(?) k CROSS JOIN {table.name} t WHERE {same}"  # noqa: S608 names are ours


@lru_cache(maxsize=512)
def statement(kind: str, table: str, columns: tuple[str, ...], key: int) -> str:
    """Return the statement of a change to one row."""
    if kind == "insert":
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    if kind == "delete":
        return f"DELETE FROM {table} WHERE {_where(columns)}"  # noqa: S608
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns[key:])} WHERE {_where(columns[:key])}"  # noqa: S608


def ordered(change: Change) -> list[tuple[Any, ...]]:
    """Return the values of each row as `statement` takes them: an update names the key last."""
    key = len(change.table.key)
    return [values[key:] + values[:key] for values in change.values] if change.kind == "update" else change.values


def _where(names: Iterable[str]) -> str:
    """Return the condition that finds a row by its key."""
    return " AND ".join(f"{name} = ?" for name in names)
