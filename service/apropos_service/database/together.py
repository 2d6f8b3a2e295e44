"""Looks that many ask for at the same moment, answered together by one statement on PostgreSQL.

Law: whoever asks while little of the kind is under way is asked for at once; those who come meanwhile share the next statement,
which begins after they came, and each gets what is theirs. One that fails for all of them is asked for each alone. Nobody waits
longer than the database is waited for: such looks are short.
"""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import Overloaded, Problem

AT_ONCE = 2
"""So many statements of one kind are under way: while the database does one, this process makes or reads another."""
MOST = 64
FEW = 100
"""Items of a list that goes with others: what a longer one finds takes the database longer than asking for it alone."""
BETWEEN = "\x1f"
"""Between the items of a list, which so goes with others in one array; a list of anything but plain texts is asked for alone."""
TYPES: dict[type, str] = {str: "text", int: "bigint", list: "text"}


@dataclass(slots=True, eq=False)
class Asked:
    """Somebody who waits for what these parameters find."""

    params: dict[str, Any]
    answer: "asyncio.Future[list[Any]]"


@dataclass(slots=True, eq=False)
class Line:
    """Those who ask for the same by parameters of the same names and types, in the same order.

    `text` is the statement that answers many of them, empty where there can be none.
    """

    sql: str
    text: str
    under_way: int = 0
    waiting: list[Asked] = field(default_factory=list)


class Together:
    """Where such looks are asked for. It is no place for looks that have to be of one moment with others."""

    def __init__(self, store: Any, patience: float) -> None:
        """`store` has the connections; who waits longer than `patience` seconds is refused, whatever comes of what was asked."""
        self._store, self._patience = store, patience
        self._lines: dict[tuple[Any, ...], Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, sql: str, **params: Any) -> list[Any]:
        """Return the rows of a query, as tuples. Raises `Overloaded` when the database does not answer."""
        alike = (sql, *params, *map(type, params.values()))
        line = self._lines.get(alike)
        if line is None:
            line = self._lines[alike] = Line(sql, text_for_many(sql, params))
        loop = asyncio.get_running_loop()
        one = Asked(params, loop.create_future())
        if not line.text or not _goes_with_others(params):
            self._do(self._alone(line, one))
        else:
            line.waiting.append(one)
            self._next(line)
        patience = loop.call_later(self._patience, self._give_up, line, one)
        try:
            return await one.answer
        finally:
            patience.cancel()

    def _next(self, line: Line) -> None:
        """Let those who wait be asked for, unless enough of the kind is under way."""
        if not line.waiting or line.under_way >= AT_ONCE:
            return
        asked, line.waiting = line.waiting[:MOST], line.waiting[MOST:]
        line.under_way += 1
        self._do(self._together(line, asked))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="looks together")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _together(self, line: Line, asked: list[Asked]) -> None:
        try:
            if len(asked) == 1:
                await self._alone(line, asked[0])
                return
            async with self._store.reading() as look:
                rows = await look.fetch_many(line.text, [list(one.params.values()) for one in asked])
        except Problem as problem:
            _refuse(asked, problem)
        except Exception:  # noqa: BLE001 what one of them asks for must not harm the others
            await asyncio.gather(*(self._alone(line, one) for one in asked))
        else:
            for one, found in zip(asked, shared(rows, len(asked)), strict=True):
                _answer(one, found)
        finally:
            line.under_way -= 1
            self._next(line)

    async def _alone(self, line: Line, one: Asked) -> None:
        try:
            async with self._store.reading() as look:
                _answer(one, list(map(tuple, await look.fetch(line.sql, **one.params))))
        except Exception as problem:  # noqa: BLE001 whatever it is, it is this one's
            _refuse([one], problem)

    def _give_up(self, line: Line, one: Asked) -> None:
        _refuse([one], Overloaded("The database does not answer now.", retry_after=1))
        if one in line.waiting:
            line.waiting.remove(one)


def text_for_many(sql: str, params: dict[str, Any]) -> str:
    """Return the statement that answers `sql` for many, each of its parameters an array; nothing where one cannot be in it.

    Each row begins with whose it is, counted from 1; rows of one keep their order, since what is joined laterally is gone
    through once for each.
    """
    if not params or not all(type(value) in TYPES for value in params.values()):
        return ""
    places = {name: place for place, name in enumerate(params, 1)}

    def theirs(found: re.Match[str]) -> str:
        name = found[1]
        is_list = type(params[name]) is list
        return f"string_to_array(k.a{places[name]}, E'\\x1f')" if is_list else f"k.a{places[name]}"

    arrays = ", ".join(f"${place}::{TYPES[type(params[name])]}[]" for name, place in places.items())
    names = ", ".join(f"a{place}" for place in places.values())
    one = re.sub(r"(?<!:):(\w+)", theirs, sql)
    return f"SELECT k.turn, x.* FROM unnest({arrays}) WITH ORDINALITY AS k({names}, turn) CROSS JOIN LATERAL ({one}) x"  # noqa: S608


def shared(rows: Sequence[Sequence[Any]], many: int) -> list[list[Any]]:
    """Return the rows of each of so many."""
    found: list[list[Any]] = [[] for _ in range(many)]
    for whose, *row in rows:
        found[whose - 1].append(tuple(row))
    return found


def _goes_with_others(params: dict[str, Any]) -> bool:
    return all(_is_plain(value) for value in params.values() if type(value) is list)


def _is_plain(items: list[Any]) -> bool:
    return len(items) <= FEW and all(type(item) is str and item and BETWEEN not in item for item in items)


def _answer(one: Asked, found: list[Any]) -> None:
    if not one.answer.done():
        one.answer.set_result(found)


def _refuse(asked: list[Asked], problem: Exception) -> None:
    for one in asked:
        if not one.answer.done():
            one.answer.set_exception(problem)
