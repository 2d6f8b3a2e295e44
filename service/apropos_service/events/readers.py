"""Those who learn from the log: what a reader is, how far it has come, and how it takes the next step.

Law: what a reader learnt and its cursor commit together, and only if the cursor still stands where the reading began;
so each entry is learnt from once, however many processes run the reader and whenever they die.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog

from ..errors import Overloaded
from ..ids import new
from ..rows import Foreign, Index, Row, table
from .log import Entry, entries_after

log = structlog.get_logger()
CHUNK = 200
PAUSES = (1_000, 10_000, 60_000, 600_000, 3_600_000)
"""Milliseconds until a parked entry is tried again; after the last it waits for an operator."""
AGAIN = "\n"
"""What stands between the word that tells that a reader shall look once more and its own word (`look_again`)."""


@table("reader_cursor", key=("workspace_id", "reader"), foreign=[Foreign(("workspace_id",), "log_head")])
class ReaderCursor(Row):
    """How far a reader has come: everything up to `position`, and the next entry as far as `inside` ('': nothing of it)."""

    workspace_id: str
    reader: str
    position: int
    inside: str


@table("parked_entry", key=("workspace_id", "reader", "position"), foreign=[Foreign(("workspace_id",), "log_head")], indexes=[
    Index(("reader", "retry_at")),
])  # fmt: skip
class ParkedEntry(Row):
    """An entry that a reader failed on and passed by, so that the others need not wait for it."""

    workspace_id: str
    reader: str
    position: int
    inside: str
    attempts: int
    retry_at: int | None
    problem: str


async def look_again(tx: Any) -> None:
    """Let no reader write what it has looked up in this workspace before this commit: it looks once more."""
    for row in [*await tx.rows(ReaderCursor, "true"), *await tx.rows(ParkedEntry, "true")]:
        row.inside = f"{new('evt')}{AGAIN}{row.inside.rpartition(AGAIN)[2]}"


@dataclass(frozen=True, slots=True)
class Learnt:
    """What entries mean to a reader.

    It read everything up to `position`, and the entry after it as far as `inside`, a word of its own. `write` notes what
    it learnt in the commit that moves the cursor (`None`: nothing to note); `wanted` names the rows that it will change.
    `then` is called once that is durable, unless the process dies before: good for hints only. `rest` learns what comes next,
    in this process, while the cursor stands as this leaves it.
    """

    position: int
    inside: str = ""
    write: Callable[[Any], Awaitable[None]] | None = None
    wanted: Sequence[Any] = ()
    then: Callable[[], None] | None = None
    rest: "Callable[[], Awaitable[Learnt]] | None" = None


class Reader(Protocol):
    """Learns from the log, of at most `chunk` entries at a time.

    Looks, but changes nothing outside of `Learnt.write`; may be asked the same again.
    """

    name: str
    chunk: int

    async def learn(self, entries: Sequence[Entry], inside: str) -> Learnt:
        """Return what these entries of one workspace mean, the first of them being read as far as `inside`."""

    async def forget(self, tx: Any) -> None:
        """Drop everything it wrote in the transaction's workspace, to read the log anew."""


class Progress:
    """One reader's way through the logs."""

    def __init__(self, database: Any, reader: Reader) -> None:
        """`database` is where the log is."""
        self._database = database
        self.reader = reader
        self._rests: dict[str, tuple[tuple[int, str], Callable[[], Awaitable[Learnt]]]] = {}

    async def behind(self) -> list[str]:
        """Return the workspaces whose log has entries that this reader has not read."""
        sql = """SELECT h.workspace_id FROM log_head h LEFT JOIN reader_cursor c
                 ON c.workspace_id = h.workspace_id AND c.reader = :reader WHERE h.position > coalesce(c.position, 0)"""
        async with self._database.reading("") as look:
            return [row[0] for row in await look.fetch(sql, reader=self.reader.name)]

    async def advance(self, workspace_id: str) -> bool:
        """Read the next entries; tells whether more were there already. Raises `Overloaded` when the database is away.

        That the cursor stands where the reading began is seen when it moves, so nothing here has to be of one moment.
        """
        async with self._database.reading(workspace_id) as look:
            cursor = await look.row(ReaderCursor, reader=self.reader.name) or self._beginning(workspace_id)
            left, rest = self._rests.pop(workspace_id, (None, None))
            if left != (cursor.position, cursor.inside):
                rest = None
            entries = [] if rest else await entries_after(look, cursor.position, limit=self.reader.chunk, acts=True)
        if not entries and rest is None:
            return False
        try:
            position = await self._step(cursor, rest or partial(self._learn, entries, cursor.inside))
        except Overloaded:
            raise
        except Exception as problem:  # noqa: BLE001 whatever it is, one entry must not stop the others
            await self._carefully(cursor, entries, problem)
            return True
        return len(entries) in (0, self.reader.chunk) or position < entries[-1].position

    async def retry(self, now: int) -> None:
        """Try again what was parked and is due."""
        async with self._database.reading("") as look:
            sql = f"SELECT {ParkedEntry.table.names} FROM parked_entry WHERE reader = :reader AND retry_at <= :now LIMIT {CHUNK}"  # noqa: S608
            parked = [ParkedEntry.load(row) for row in await look.fetch(sql, reader=self.reader.name, now=now)]
        for row in parked:
            await self._try_again(row)

    async def _step(self, cursor: ReaderCursor, learn: Callable[[], Awaitable[Learnt]]) -> int:
        """Let the reader learn; returns the place of the last entry that was read."""
        learnt = await learn()

        async def move(tx: Any) -> bool:
            stands = await tx.find(ReaderCursor, cursor.reader)
            if stands is None and cursor.position == 0 and cursor.inside == "":
                stands = tx.add(self._beginning(cursor.workspace_id))
            if stands is None or (stands.position, stands.inside) != (cursor.position, cursor.inside):
                return False  # another process was first
            stands.position, stands.inside = learnt.position, learnt.inside
            if learnt.write is not None:
                await learnt.write(tx)
            return True

        wanted = [(ReaderCursor, (cursor.workspace_id, cursor.reader)), *learnt.wanted]
        if not await self._database.write(cursor.workspace_id, move, wanted=wanted, background=True):
            return cursor.position
        if learnt.then:
            learnt.then()
        if learnt.rest:
            self._rests[cursor.workspace_id] = (learnt.position, learnt.inside), learnt.rest
        return learnt.position

    async def _learn(self, entries: Sequence[Entry], inside: str) -> Learnt:
        """Let the reader learn from what are events, and pass by the acts among them."""
        heard = [entry for entry in entries if entry.seq]
        if not heard:
            return Learnt(entries[-1].position)
        learnt = await self.reader.learn(heard, inside.rpartition(AGAIN)[2])
        return replace(learnt, position=entries[-1].position) if learnt.position == heard[-1].position else learnt

    async def _carefully(self, cursor: ReaderCursor, entries: Sequence[Entry], problem: Exception) -> None:
        """Read one by one what failed together, and park the entry that it fails on; without entries it is looked at anew."""
        if len(entries) != 1:
            for entry in entries:
                one = await self._cursor(cursor.workspace_id)
                if one.position != entry.position - 1:
                    return  # another process goes on, or the entry takes more than one step
                try:
                    await self._step(one, partial(self._learn, [entry], one.inside))
                except Overloaded:
                    raise
                except Exception as found:  # noqa: BLE001
                    await self._park(one, entry, found)
            return
        await self._park(cursor, entries[0], problem)

    async def _park(self, cursor: ReaderCursor, entry: Entry, problem: Exception) -> None:
        told = {"reader": cursor.reader, "workspace": cursor.workspace_id, "entry": entry.id, "type": entry.type}
        log.error("an entry was parked", problem=repr(problem), exc_info=problem, **told)

        async def park(tx: Any) -> None:
            stands = await tx.find(ReaderCursor, cursor.reader) or tx.add(self._beginning(cursor.workspace_id))
            if (stands.position, stands.inside) != (cursor.position, cursor.inside):
                return
            stands.position, stands.inside = entry.position, ""
            tx.add(ParkedEntry(
                tx.workspace_id, cursor.reader, entry.position, cursor.inside, 1, tx.now + PAUSES[0], repr(problem)[:500],
            ))  # fmt: skip

        await self._database.write(cursor.workspace_id, park, background=True)

    async def _try_again(self, parked: ParkedEntry) -> None:
        async with self._database.reading(parked.workspace_id) as look:
            entry = await look.row(Entry, position=parked.position)
        try:
            learnt = await self.reader.learn([entry], parked.inside.rpartition(AGAIN)[2])
            await self._settle(parked, learnt)
        except Overloaded:
            raise
        except Exception as problem:  # noqa: BLE001
            log.warning("a parked entry failed again", reader=parked.reader, position=parked.position, problem=repr(problem))
            await self._put_off(parked, repr(problem)[:500])

    async def _settle(self, parked: ParkedEntry, learnt: Learnt) -> None:
        async def settle(tx: Any) -> None:
            row = await tx.find(ParkedEntry, parked.reader, parked.position)
            if row is None or (row.attempts, row.inside) != (parked.attempts, parked.inside):
                return
            if learnt.write is not None:
                await learnt.write(tx)
            if learnt.position >= parked.position:
                tx.remove(row)
            else:
                row.inside, row.retry_at = learnt.inside, tx.now

        await self._database.write(parked.workspace_id, settle, wanted=learnt.wanted, background=True)

    async def _put_off(self, parked: ParkedEntry, problem: str) -> None:
        async def put_off(tx: Any) -> None:
            row = await tx.find(ParkedEntry, parked.reader, parked.position)
            if row is not None and row.attempts == parked.attempts:
                row.retry_at = tx.now + PAUSES[row.attempts] if row.attempts < len(PAUSES) else None
                row.attempts, row.problem = row.attempts + 1, problem

        await self._database.write(parked.workspace_id, put_off, background=True)

    async def _cursor(self, workspace_id: str) -> ReaderCursor:
        async with self._database.reading(workspace_id) as look:
            return await look.row(ReaderCursor, reader=self.reader.name) or self._beginning(workspace_id)

    def _beginning(self, workspace_id: str) -> ReaderCursor:
        return ReaderCursor(workspace_id, self.reader.name, 0, "")
