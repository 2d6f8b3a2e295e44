"""Cursors: sealed places in a list or in the log.

Law: a cursor tells nothing of what the caller may not see. Two of the same place differ, and all are of one length as far
as can be, so whoever compares them does not learn that somewhere something happened, or how much.
"""

import hashlib
import os
from typing import Annotated, Any

import orjson
from fastapi import Query

from .access.secrets import Vault
from .errors import ValidationFailed

Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=2000)]
SALT, BLOCK = 8, 64


class Cursors:
    """Seals and opens cursors; one list's cursor means nothing to another."""

    def __init__(self, vault: Vault) -> None:
        """`vault` holds the operator's secret."""
        self._vault = vault

    def seal(self, workspace_id: str, about: str, place: Any) -> str:
        """Return a cursor for `place` (JSON) in the list `about`."""
        text = orjson.dumps(place)
        return self._vault.seal(f"cursor {workspace_id} {about}", os.urandom(SALT) + text.ljust(-len(text) % BLOCK + len(text)))

    def open(self, workspace_id: str, about: str, cursor: str | None, *, member: str = "cursor") -> Any:
        """Return the place; `None` without a cursor. Raises `ValidationFailed` for one that is not ours."""
        if cursor is None:
            return None
        found = self._vault.open(f"cursor {workspace_id} {about}", cursor)
        if found is None:
            raise ValidationFailed.at(member, "is a cursor that an earlier answer of the same list gave")
        return orjson.loads(found[SALT:])

    def seal_place(self, workspace_id: str, position: int, record_id: str | None, name: str = "") -> str:
        """Return a cursor for a place in the log as far as it is about one record: by its `name` while nobody has described it."""
        return self.seal(workspace_id, "log", [position, record_id or _short(name)])

    def open_place(self, workspace_id: str, cursor: str | None, *, member: str = "after") -> tuple[int | None, str | None]:
        """Return a place in the log, and of which record it is, `None` of all; `None` without a cursor. Raises as `open` does."""
        place = self.open(workspace_id, "log", cursor, member=member)
        return (place[0], place[1]) if isinstance(place, list) else (place, None)


def is_of(mark: str | None, record_id: str | None, name: str) -> bool:
    """Tell whether a place that was sealed for a record is one in this: the same, or then undescribed, of the same name."""
    return mark is None or mark in (record_id, _short(name))


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:30]
