# Derived from _async/client.py by sdk/derive.py: change it there.
"""The SDK's face: one client for one service and one caller."""

import re
from collections.abc import Callable, Generator, Iterable
from typing import Self

import httpx

from .._protocol import trusted
from ..drafts import Status
from ..events import Event
from ..models import Conversation, RecordTally
from .access import Access
from .actions import Actions
from .attachments import Attachments
from .audit import Audit
from .comments import Comments
from .conversation import conversation, counts
from .feed import Events
from .inbox import PersonInbox
from .live import live
from .people import People
from .preferences import PersonPreferences
from .records import Records
from .templates import Templates
from .threads import Threads
from .transport import Transport
from .webhooks import Webhooks
from .workspace import WorkspaceSettings

LONGEST_ID, UNWRITABLE = 128, re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Apropos:
    """A client of the service at `endpoint`, for a host's server (`key`) or for one person (`token`).

        with Apropos("https://apropos.example", key="apk_…") as ap:
            thread = ap.threads.open("forecast_line:FL-7", "Which figure do we lock?", field="q3/amount")

    `token` is a person's token, or a function that returns a fresh one and is asked at every request. `timeout` is in
    seconds, for each try; `retries` is how often the same request is sent again, which is always safe. Every call may
    raise `Unauthenticated`, `Forbidden`, `Invalid`, `RateLimited`, `Unavailable` and `Unreachable`. Can be shared;
    close it when done.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        key: str | None = None,
        token: str | Callable[[], str] | None = None,
        timeout: float = 10.0,
        retries: int = 3,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`transport` replaces the network, for tests. Raises `ValueError` without exactly one of `key` and `token`."""
        bearer = key if token is None else token
        if bearer is None or (key is not None and token is not None):
            raise ValueError("Say who calls: key= for your server, or token= for one person.")
        if not endpoint.startswith(("https://", "http://")):
            raise ValueError(f"The endpoint is an address such as https://apropos.example, not {endpoint!r}.")
        http = httpx.Client(transport=transport, verify=trusted())
        ask = bearer if callable(bearer) else lambda: bearer
        self._bind(Transport(endpoint.rstrip("/"), ask, http, timeout, retries, direct=transport is None))

    def acting_as(self, person_id: str) -> Self:
        """Return a view of this client through which the host acts as one person, whatever the script of their id.

        Needs a server key. Raises `ValueError` when it is no id: 1 to 128 characters, none of them a control character.
        """
        if not 1 <= len(person_id) <= LONGEST_ID or not person_id.strip() or UNWRITABLE.search(person_id):
            raise ValueError(f"{person_id!r} is no person's id: 1 to {LONGEST_ID} characters, none of them a control character.")
        view = object.__new__(type(self))
        view._bind(self._transport.acting_as(person_id))
        return view

    def conversation(
        self, record: str, *, field: str | None = None, status: Status | None = None, cursor: str | None = None, limit: int = 20
    ) -> Conversation:
        """Return everything to paint a record's discussions; one that nobody described is empty.

        `field` is a prefix in whole segments; `cursor` a conversation's `next`, `limit` 1 to 100 threads. What did not
        change since the last call is not sent again. Raises `NotFound` when the caller may not see the record.
        """
        return conversation(self._transport, record, field=field, status=status, cursor=cursor, limit=limit)

    def counts(self, records: Iterable[str]) -> dict[str, RecordTally]:
        """Return tallies by record; one that is hidden or unknown has zeros."""
        return counts(self._transport, records)

    def live(self, record: str, *, after: str | None = None) -> Generator[Event, None, None]:
        """Return events on a record as they happen: each once, in order, without end; connects again by itself.

        `after` is a conversation's or an event's `cursor`; `None` begins now. Raises `NotFound` when the record cannot
        be seen (any more) and `CursorLost` when `after` is too old.
        """
        return live(self._transport, record, after)

    def close(self) -> None:
        """Close the connections, also those of every view."""
        self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _bind(self, transport: Transport) -> None:
        self._transport = transport
        self.records = Records(transport)
        self.people = People(transport)
        self.templates = Templates(transport)
        self.threads = Threads(transport)
        self.comments = Comments(transport)
        self.attachments = Attachments(transport)
        self.access = Access(transport)
        self.actions = Actions(transport)
        self.inbox = PersonInbox(transport)
        self.preferences = PersonPreferences(transport)
        self.events = Events(transport)
        self.webhooks = Webhooks(transport)
        self.audit = Audit(transport)
        self.workspace = WorkspaceSettings(transport)
