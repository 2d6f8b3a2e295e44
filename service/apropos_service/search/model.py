"""The words of all that was said, as they are found.

Law: the words of what is withdrawn or erased go in the same commit. The rest follows the log within a moment.
"""

from ..rows import Foreign, Index, Row, table


@table(
    "said_words",
    key=("workspace_id", "said_id"),
    foreign=[Foreign(("workspace_id", "record_id"), "record")],
    indexes=[Index(("workspace_id", "record_id")), Index(("workspace_id", "thread_id"))],
    words="words",
)
class SaidWords(Row):
    """The words of a record's name and title, a thread's purpose and outcome, a comment or an action: `said_id` is its id.

    `words` are as `words` makes them, each after the workspace's `tag`; `thread_id` is `None` for what a record is called.
    """

    workspace_id: str
    said_id: str
    record_id: str
    thread_id: str | None
    words: str


def tag(workspace_id: str) -> str:
    """Return what a workspace's words begin with, so that those of others are not even looked at."""
    return workspace_id[-4:]
