"""What a command holds: rows to change, a log to append to, and who is acting when."""

from collections.abc import AsyncIterator
from typing import Any, Protocol, TypeVar

import orjson

from ..errors import NotFound
from ..events.event import Event
from ..events.log import Entry, LogHead
from ..ids import new
from ..rows import Row
from .batch import Batch

R = TypeVar("R", bound=Row)


class Subject(Protocol):
    """A row whose events are counted: a thread, a record or a person."""

    seq: int


class Transaction:
    """One command's view of the commit it is part of."""

    def __init__(self, batch: Batch, *, workspace_id: str, caller: Any, now: int) -> None:
        """`now` is milliseconds since 1970, the same for all that this command writes."""
        self._batch = batch
        self.workspace_id = workspace_id
        self.caller = caller
        self.now = now

    @property
    def actor_id(self) -> str | None:
        """The person who acts; `None` when the host itself does."""
        return self.caller.person_id if self.caller else None

    async def find(self, cls: type[R], *key: Any) -> R | None:
        """Return the row to change it, locked until the commit; `None` when there is none."""
        return await self._batch.row(cls, (self.workspace_id, *key), lock=True)

    async def get(self, cls: type[R], *key: Any) -> R:
        """Return the row to change it. Raises `NotFound` when there is none."""
        found = await self.find(cls, *key)
        if found is None:
            raise NotFound
        return found

    async def look(self, cls: type[R], *key: Any) -> R | None:
        """Return the row to look at, unlocked; `None` when there is none."""
        return await self._batch.row(cls, (self.workspace_id, *key), lock=False)

    async def fetch(self, sql: str, **params: Any) -> list[Any]:
        """Return a query's rows, seeing what this transaction changed; `:workspace_id` is given."""
        await self._batch.flush()
        if ":workspace_id" in sql:
            params["workspace_id"] = self.workspace_id
        return list(await self._batch.connection.fetch(sql, **params))

    async def execute(self, sql: str, **params: Any) -> None:
        """Change many rows by one statement; `:workspace_id` is given. For commands that run `alone`.

        Rows that were got before are to be got again.
        """
        if ":workspace_id" in sql:
            params["workspace_id"] = self.workspace_id
        await self._batch.execute(sql, params)

    def scrub(self) -> None:
        """Let what this commit deletes leave the database's files as well, not only its tables."""
        self._batch.scrub = True

    async def rows(self, cls: type[R], where: str, **params: Any) -> list[R]:
        """Return the rows of this workspace that satisfy `where`, to look at or change."""
        sql = f"SELECT {cls.table.names} FROM {cls.table.name} WHERE workspace_id = :workspace_id AND {where} FOR NO KEY UPDATE"  # noqa: S608
        return [self._batch.adopt(cls, values) for values in await self.fetch(sql, **params)]

    async def reading(self) -> "Reading":
        """Return a place to look that sees what this transaction changed."""
        await self._batch.flush()
        return Reading(self._batch.connection, self.workspace_id)

    async def elsewhere(self, cls: type[Row], row_id: str) -> bool:
        """Tell whether another workspace has a row with this id."""
        sql = f"SELECT 1 FROM {cls.table.name} WHERE id = :id AND workspace_id <> :here"  # noqa: S608
        return bool(await self._batch.connection.fetch(sql, id=row_id, here=self.workspace_id))

    def add(self, row: R) -> R:
        """Add a row and return it."""
        self._batch.add(row)
        return row

    def remove(self, row: Row) -> None:
        """Delete a row."""
        self._batch.remove(row)

    def append(self, event: Event, *, on: Subject, record_id: str | None = None, thread_id: str | None = None) -> Entry:
        """Say what happened, in the same commit; takes the next `seq` of `on`. Returns it, without its place in the log yet."""
        on.seq += 1
        return self._log(event.type, event.facts(), seq=on.seq, record_id=record_id, thread_id=thread_id)

    def note(self, act: str, about: str, **facts: Any) -> None:
        """Say what was done to the workspace itself, in the same commit: one of `events/acts.py`; `about` is the id of what."""
        self._log(act, {"about": about, **facts}, seq=0)

    def _log(
        self, kind: str, facts: dict[str, Any], *, seq: int, record_id: str | None = None, thread_id: str | None = None
    ) -> Entry:
        caller = self.caller
        entry = Entry(
            workspace_id=self.workspace_id, position=0, id=new("evt"), type=kind, record_id=record_id, thread_id=thread_id,
            seq=seq, actor_id=self.actor_id, at=self.now, data=orjson.dumps(facts).decode(),
            caller=caller.key if caller else None, origin=caller.origin if caller else None,
        )  # fmt: skip
        self._batch.entries.append(entry)
        return entry


class Reading:
    """What a query holds: a place to look, in one workspace."""

    def __init__(self, connection: Any, workspace_id: str) -> None:
        """`connection` is a reader of either database."""
        self._connection = connection
        self.workspace_id = workspace_id

    async def fetch(self, sql: str, **params: Any) -> list[Any]:
        """Return a query's rows; `:workspace_id` is given."""
        if ":workspace_id" in sql:
            params["workspace_id"] = self.workspace_id
        return list(await self._connection.fetch(sql, **params))

    async def rows(self, cls: type[R], where: str, **params: Any) -> list[R]:
        """Return the rows of this workspace that satisfy `where` (which may end with ORDER BY and LIMIT)."""
        sql = f"SELECT {cls.table.names} FROM {cls.table.name} WHERE workspace_id = :workspace_id AND {where}"  # noqa: S608
        return [cls.load(values) for values in await self.fetch(sql, **params)]

    async def stream(self, cls: type[R], where: str, *, size: int, **params: Any) -> AsyncIterator[list[R]]:
        """Yield the rows of this workspace that satisfy `where`, in lists of `size`, however many there are; in a snapshot only."""
        sql = f"SELECT {cls.table.names} FROM {cls.table.name} WHERE workspace_id = :workspace_id AND {where}"  # noqa: S608
        async for found in self._connection.stream(sql, size=size, workspace_id=self.workspace_id, **params):
            yield [cls.load(values) for values in found]

    async def row(self, cls: type[R], **key: Any) -> R | None:
        """Return the one row with these column values, or `None`."""
        found = await self.rows(cls, " AND ".join(f"{name} = :{name}" for name in key) or "true", **key)
        return found[0] if found else None

    async def position(self) -> int:
        """Return the place of the newest entry in the workspace's log."""
        head = await self.row(LogHead)
        return head.position if head else 0
