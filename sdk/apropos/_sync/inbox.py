# Derived from _async/inbox.py by sdk/derive.py: change it there.
"""What waits for a person: theirs alone, so act as one or call with their token."""

from collections.abc import Generator
from datetime import datetime

from .._protocol import look, path, write
from ..drafts import Shelf
from ..inbox import Inbox, InboxEntry
from .transport import Transport

PAGE = 100


class PersonInbox:
    """A person's inbox: one entry for each thread that asks something of them."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def list(self, filter: Shelf = "for-you") -> Generator[InboxEntry, None, None]:  # noqa: A002 the contract's word
        """Return the entries, newest first, fetched as needed. One that changes meanwhile comes once more at the end."""
        return self._transport.pages(look(path("inbox"), filter=filter, limit=PAGE), Inbox)

    def page(self, filter: Shelf = "for-you", *, cursor: str | None = None, limit: int = 20) -> Inbox:  # noqa: A002
        """Return at most `limit` (1 to 100) entries, newest first, with the counts; `cursor` is an earlier page's `next`."""
        return self._transport.send(look(path("inbox"), filter=filter, cursor=cursor, limit=limit), Inbox)

    def counts(self) -> dict[str, int]:
        """Return how many entries lie where, by filter, and `unread`."""
        return (self.page(limit=1)).counts

    def read(self, *thread_ids: str) -> None:
        """Say that these entries are read; what comes later is unread again."""
        self._transport.send(write("POST", path("inbox", "read"), {"thread_ids": thread_ids}), type(None))

    def read_all(self, before: datetime) -> None:
        """Say that everything is read that came up to a time."""
        self._transport.send(write("POST", path("inbox", "read"), {"all_before": before}), type(None))

    def unread(self, *thread_ids: str) -> None:
        """Take back that these entries are read, until they are read again."""
        self._transport.send(write("POST", path("inbox", "unread"), {"thread_ids": thread_ids}), type(None))

    def snooze(self, thread_id: str, until: datetime | None) -> InboxEntry:
        """Leave the person alone with a thread until a time, whatever comes; `None` brings it back now.

        Raises `NotFound` when they cannot see it, and `Invalid` when `until` is past.
        """
        return self._transport.send(write("PUT", path("inbox", thread_id, "snooze"), {"until": until}), InboxEntry)

    def done(self, thread_id: str) -> InboxEntry:
        """Put an entry away until something new comes. Raises `NotFound` when there is none."""
        return self._transport.send(write("PUT", path("inbox", thread_id, "done")), InboxEntry)

    def undo(self, thread_id: str) -> InboxEntry:
        """Bring back an entry that was put away. Raises `NotFound` when there is none."""
        return self._transport.send(write("DELETE", path("inbox", thread_id, "done")), InboxEntry)
