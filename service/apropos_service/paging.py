"""Cursors: sealed places in a list or in the log.

Law: a cursor tells nothing of what the caller may not see. Two of the same place differ, and all are of one length as far
as can be, so whoever compares them does not learn that somewhere something happened, or how much.
"""

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
