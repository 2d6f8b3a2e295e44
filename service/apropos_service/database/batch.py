"""The rows that one commit is about: loaded once, changed by several commands, written together.

Law: a command that is refused leaves every row as it found it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from ..events.log import Entry
from ..rows import Key, Row, Table, Values, depth
from .changes import Change, changes

R = TypeVar("R", bound=Row)
Address = tuple[type[Row], Key]
Wanted = tuple[type[Row], Key]


class Connection(Protocol):
    """What both databases offer."""

    async def fetch(self, sql: str, **params: Any) -> Sequence[Sequence[Any]]:
        """Return the rows of a query; `:name` marks a parameter and `= ANY(:name)` a list."""

    async def execute(self, sql: str, **params: Any) -> None:
        """Run a statement that may change, or make, very much."""

    async def load(self, table: Table, keys: Iterable[Key], *, lock: bool) -> Sequence[Sequence[Any]]:
        """Return the rows with these keys, locked for a change when `lock`."""

    async def store(self, changes: list[Change]) -> None:
        """Write all changes."""

    async def begin(self) -> None:
        """Begin a transaction."""

    async def commit(self) -> None:
        """Make it durable."""

    async def rollback(self) -> None:
        """Forget the transaction, if there is one."""

    async def note_erasure(self) -> None:
        """Say in this transaction that something is erased, and has to leave the files."""

    async def scrub(self, *, at_leisure: bool) -> None:
        """Let what was erased leave the files, as far as this database can; `at_leisure`, where nobody waits for it."""


class Batch:
    """An identity map over one database transaction."""

    def __init__(self, connection: Connection, *, alone: bool) -> None:
        """Start empty, inside a transaction that has begun, for one command `alone` or for several."""
        self.connection = connection
        self.entries: list[Entry] = []
        self._rows: dict[Address, Row | None] = {}
        self._stored: dict[Address, Values | None] = {}
        self._locked: set[Address] = set()
        self._removed: dict[Address, Row] = {}
        self._touched: dict[Address, tuple[Row, Values] | None] = {}
        self._first_entry = 0
        self.wrote_midway = False
        self.alone = alone
        self.scrub = False

    async def prefetch(self, wanted: Iterable[Wanted]) -> None:
        """Load many rows with one statement a table; those absent are remembered as absent."""
        by_class: dict[type[Row], set[Key]] = {}
        for cls, key in wanted:
            by_class.setdefault(cls, set()).add(key)
        for cls in sorted(by_class, key=lambda cls: (depth(cls.table.name), cls.table.name)):
            await self._load(cls, by_class[cls], lock=True)
            await self._follow(cls, by_class[cls])

    async def row(self, cls: type[R], key: Key, *, lock: bool) -> R | None:
        """Return the row, loading it if need be; `None` when there is none."""
        address = (cls, key)
        if address not in self._rows or (lock and address not in self._locked and self._stored.get(address)):
            await self._load(cls, {key}, lock=lock)
        found = self._rows[address]
        if found is not None and address not in self._touched:
            self._touched[address] = (found, cls.table.values_of(found))
        return found  # type: ignore[return-value]

    def add(self, row: Row) -> None:
        """Take a new row in."""
        address = (type(row), row.table.key_of(row))
        self._touched.setdefault(address, None)
        gone = self._removed.pop(address, None)
        self._stored[address] = None if gone is None else self._stored[address]
        self._rows[address] = row

    def remove(self, row: Row) -> None:
        """Take a row out."""
        address = (type(row), row.table.key_of(row))
        self._rows[address] = None
        if self._stored.get(address) is not None:
            self._removed[address] = row

    def adopt(self, cls: type[R], values: Sequence[Any]) -> R:
        """Return the row for what a locking query brought, unless it is here already."""
        fresh = cls.load(values)
        address = (cls, cls.table.key_of(fresh))
        if self._rows.get(address) is None or address not in self._locked:
            self._keep(address, fresh, lock=True)
        known = self._rows[address] or fresh
        self._touched.setdefault(address, (known, cls.table.values_of(known)))
        return known  # type: ignore[return-value]

    async def flush(self) -> None:
        """Write what changed so far, so that queries see it."""
        live = {address: (row, self._stored[address]) for address, row in self._rows.items() if row is not None}
        pending = changes(live, self._removed.values())
        if not pending:
            return
        self.wrote_midway = True
        await self.connection.store(pending)
        for address, (row, _) in live.items():
            self._stored[address] = row.table.values_of(row)
        for address in self._removed:
            self._stored.pop(address)
        self._removed.clear()

    async def execute(self, sql: str, params: dict[str, Any]) -> None:
        """Run a statement that changes rows, and forget what was known of any: it may be other now."""
        if not self.alone:
            raise RuntimeError("What changes rows by a statement of its own asks to run alone.")
        await self.flush()
        self.wrote_midway = True
        await self.connection.execute(sql, **params)
        self._rows.clear()
        self._stored.clear()
        self._locked.clear()
        self._touched.clear()

    def mark(self) -> None:
        """Remember this moment, just before a command."""
        self._touched.clear()
        self._first_entry = len(self.entries)
        self.wrote_midway = False

    def undo(self) -> None:
        """Put every row back as it was at `mark`."""
        for address, before in self._touched.items():
            self._removed.pop(address, None)
            if before is None:
                self._rows[address] = None
                continue
            row, values = before
            for column, value in zip(row.table.columns, values, strict=True):
                setattr(row, column.name, value)
            self._rows[address] = row
        del self.entries[self._first_entry :]

    async def _load(self, cls: type[Row], keys: Iterable[Key], *, lock: bool) -> None:
        missing = {key for key in keys if (cls, key) not in self._rows or (lock and (cls, key) not in self._locked)}
        if not missing:
            return
        for values in await self.connection.load(cls.table, missing, lock=lock):
            row = cls.load(values)
            self._keep((cls, cls.table.key_of(row)), row, lock=lock)
        for key in missing:
            self._rows.setdefault((cls, key), None)

    async def _follow(self, cls: type[Row], keys: Iterable[Key]) -> None:
        """Load, unlocked, what a class says its rows always need (`follows`)."""
        if cls.follows is None:
            return
        column, parent = cls.follows
        found = (self._rows[cls, key] for key in keys)
        await self._load(parent, {(row.workspace_id, getattr(row, column)) for row in found if row is not None}, lock=False)  # type: ignore[attr-defined]

    def _keep(self, address: Address, row: Row, *, lock: bool) -> None:
        known = self._rows.get(address)
        if known is not None:
            for column in row.table.columns:
                setattr(known, column.name, getattr(row, column.name))
            if self._touched.get(address) is not None:  # what was looked at before the lock is not what `undo` goes back to
                self._touched[address] = (known, row.table.values_of(row))
        self._rows[address] = known or row
        self._stored[address] = row.table.values_of(row)
        if lock:
            self._locked.add(address)
