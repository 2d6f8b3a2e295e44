# Derived from _async/audit.py by sdk/derive.py: change it there.
"""Who did what. Needs a server key with the scope `full`, or a person with the role `admin`."""

from collections.abc import Generator, Sequence
from datetime import datetime

from .._protocol import look, path, rfc3339
from ..audit import AuditEntry
from ..models import Page
from .transport import Transport


class Audit:
    """The workspace's audit log."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def list(
        self, *, types: Sequence[str] = (), actor: str | None = None, by: str | None = None, record: str | None = None,
        thread_id: str | None = None, since: datetime | None = None, until: datetime | None = None,
    ) -> Generator[AuditEntry, None, None]:  # fmt: skip
        """Yield what was done, the newest first: of these `types` (`key.created`), by this person, key or operator.

        `by` is a key's id, or `operator:` with a name. `since` is included, `until` is not; both know their time zone.
        """
        request = look(
            path("audit"), types=",".join(types) or None, actor=actor, by=by, record=record, thread_id=thread_id,
            since=since and rfc3339(since), until=until and rfc3339(until), limit=100,
        )  # fmt: skip
        return self._transport.pages(request, Page[AuditEntry])
