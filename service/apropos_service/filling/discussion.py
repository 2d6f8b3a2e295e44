"""One made-up discussion while it goes on: what it is to those who write in it."""

from ..events.log import Entry
from ..inbox import reasons
from ..inbox.model import InboxEntry
from ..notices.notice import Notice
from ..rows import Row
from ..threads.model import Participation, Thread


class Discussion:
    """A thread, and for each of its writers how far they read and what reply waits for them."""

    def __init__(self, thread: Thread, writers: list[str]) -> None:
        """Nothing was said yet; `writers` are who writes its first comment, its second, and so on."""
        self.thread, self.writers = thread, writers
        self._parts: dict[str, Participation] = {}
        self._replies: dict[str, list[tuple[Entry, str]]] = {}

    def said(self, entry: Entry, comment_id: str) -> None:
        """Take note of a comment: to its author, and to those who wrote before as a reply, of which the first and the last stay."""
        author, thread = entry.actor_id or "", self.thread
        if author not in self._parts:
            skipped = thread.last_number - thread.comment_count
            self._parts[author] = Participation(
                thread.workspace_id, thread.id, author, wrote=False, watching=None, read_seq=0, read_number=0, skipped=skipped
            )
            self._replies[author] = []
        self._parts[author].wrote_next(thread)
        for person_id, replies in self._replies.items():
            if person_id != author:
                replies[1:] = [(entry, comment_id)]

    def rows(self) -> list[Row]:
        """Return what the discussion came to be to each."""
        entries = [self._entry(person_id, replies) for person_id, replies in self._replies.items() if replies]
        return [*self._parts.values(), *entries]

    def _entry(self, person_id: str, replies: list[tuple[Entry, str]]) -> InboxEntry:
        told: reasons.Reasons = []
        for entry, comment_id in replies:
            told = reasons.told(told, self._notice(entry, comment_id))
        last, _ = replies[-1]
        where = self.thread.workspace_id, person_id, self.thread.id
        return InboxEntry(*where, last.position, last.seq, last.at, done=False, reasons=told)

    def _notice(self, entry: Entry, comment_id: str) -> Notice:
        said = entry.type, entry.actor_id, entry.at, entry.seq, entry.position, comment_id
        return Notice(self.thread.id, "reply", "thread", *said)
