"""A workspace that comes to an installation with another secret: what only the old secret opens ends, and its log is sealed anew.

Law: nothing that the old secret sealed or signed counts here, nothing is sent unsigned, and all that ended is named: to who
imports, and in the log (`workspace.imported`) beside the last seal that the old secret made (docs/decisions/0034).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from .. import signing
from ..access.answered import Answered
from ..access.model import HeldGrants, Key, SigningKey, Workspace
from ..access.secrets import Vault
from ..console.model import Pass
from ..database.batch import Batch
from ..database.changes import inserts
from ..database.transaction import Transaction
from ..events.log import Entry, number
from ..rows import Row, Values
from ..webhooks.commands import SEALED
from ..webhooks.model import Endpoint

GONE: set[type[Row]] = {Answered, HeldGrants, Pass}
"""What lasts a day at most, and is asked for again: answers to repeat, what tokens allowed, sessions of the console."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What has to be made anew, by id and name: server keys, signing secrets, secrets of webhooks; and of the `access_url`."""

    keys: dict[str, str] = field(default_factory=dict)
    signing_keys: dict[str, str] = field(default_factory=dict)
    webhooks: dict[str, str] = field(default_factory=dict)
    access_url: dict[str, str] = field(default_factory=dict)


class Anew:
    """What becomes of rows that were exported under another secret."""

    def __init__(self, vault: Vault, folder: Path, now: int) -> None:
        """`folder` holds the export, `vault` the secret of this installation."""
        self.ended = Ended()
        self._vault, self._sealing, self._now = vault, vault.sealing, now
        self._before, self._old = _seal_before(folder), ""
        self._changes: dict[type[Row], Callable[[Any], Any]] = {
            Entry: self._entry, Key: self._key, SigningKey: self._signing_key, Workspace: self._workspace, Endpoint: self._endpoint,
        }  # fmt: skip

    def rows(self, cls: type[Row], rows: Sequence[Values]) -> list[Values]:
        """Return the rows of a table, their values in the order of the columns, as they are here."""
        if cls in GONE:
            return []
        if (change := self._changes.get(cls)) is None:
            return list(rows)
        changed = (change(cls(*values)) for values in rows)
        return [cls.table.values_of(row) for row in changed if row is not None]

    async def note(self, connection: Any, workspace_id: str, caller: Any) -> None:
        """Say in the log that the workspace came, what ended, and what the last seal of the old secret was."""
        batch = Batch(connection, alone=True)
        tx = Transaction(batch, workspace_id=workspace_id, caller=caller, now=self._now)
        ended = {name: sorted(getattr(self.ended, name)) for name in Ended.__slots__}
        tx.note("workspace.imported", workspace_id, after=self._old, **ended)
        await number(connection, batch.entries, self._sealing)
        await connection.store([inserts(batch.entries)])

    def _entry(self, row: Entry) -> Entry:
        self._old = row.seal
        row.seal = self._before = self._sealing.seal(row, self._before)
        return row

    def _key(self, row: Key) -> Key:
        if row.revoked_at is None:
            self.ended.keys[row.id] = row.name
            row.revoked_at = self._now
        return row

    def _signing_key(self, row: SigningKey) -> SigningKey | None:
        if row.kind != "secret":
            return row
        self.ended.signing_keys[row.id] = row.kind
        return None

    def _workspace(self, row: Workspace) -> Workspace:
        row.former_secret = None
        if row.access_secret is not None:
            self.ended.access_url[row.access_url or ""] = "access_url"
            row.access_secret = self._vault.seal("access secret", signing.new_secret().encode())
        return row

    def _endpoint(self, row: Endpoint) -> Endpoint:
        """Give it a secret that nobody knows, and send nothing there before somebody asks for one that they know."""
        self.ended.webhooks[row.id] = row.url
        row.secret, row.former_secret = self._vault.seal(SEALED, signing.new_secret().encode()), None
        if row.enabled:
            row.enabled, row.disabled_at, row.disabled_because = False, self._now, "imported"
        return row


def _seal_before(folder: Path) -> str:
    """Return the seal that stood before the first entry: where the log was pruned, the newest entry about that says it."""
    path, found = folder / "rows" / f"{Entry.table.name}.jsonl", ""
    for line in path.open("rb") if path.exists() else ():
        if b'"log.pruned"' in line:
            row = orjson.loads(line)
            found = orjson.loads(row["data"]).get("after", "") if row["type"] == "log.pruned" else found
    return found
