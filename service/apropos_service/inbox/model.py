"""The inbox as it is stored: what the log says (entries), and what people did with it (marks).

Law: entries can be built anew from the log, marks cannot; so they are apart, and a mark names the place in the log that it
was made at.
"""

from ..rows import Foreign, Index, Json, Row, table

THREAD = Foreign(("workspace_id", "thread_id"), "thread")


@table("inbox_entry", key=("workspace_id", "person_id", "thread_id"), foreign=[THREAD], indexes=[
    Index(("workspace_id", "person_id", "done", "position")), Index(("workspace_id", "thread_id", "person_id")),
])  # fmt: skip
class InboxEntry(Row):
    """What a thread asks of a person.

    `reasons` are the notices, the oldest first, those taken back among them (`gone`). `position` and `at` are those of the
    newest that stands, `seq` the thread's event that it is read with; `position` is 0 when none stands. `done` tells that
    the person put it away and nothing came since.
    """

    workspace_id: str
    person_id: str
    thread_id: str
    position: int
    seq: int
    at: int
    done: bool
    reasons: Json


@table("inbox_mark", key=("workspace_id", "person_id", "thread_id"), foreign=[THREAD])
class InboxMark(Row):
    """What a person did with an entry: read it or was done with it up to a place in the log, or put it off.

    `woken`: it is unread whatever came before: it was put off and is back by itself, or they took back that they had read it, and
    have not read it since.
    """

    workspace_id: str
    person_id: str
    thread_id: str
    read_position: int
    done_position: int
    done_at: int | None
    snoozed_until: int | None
    woken: bool


@table("inbox_read", key=("workspace_id", "person_id"), foreign=[Foreign(("workspace_id",), "log_head")])
class InboxRead(Row):
    """A person read everything in their inbox up to a place in the log."""

    workspace_id: str
    person_id: str
    position: int
