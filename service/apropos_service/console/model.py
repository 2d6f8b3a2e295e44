"""What opens the console.

Law: only the fingerprint of a link or a session is kept; a person's token is kept sealed, and is checked anew at every request.
"""

from ..rows import Foreign, Index, Row, table


@table("console_pass", key=("workspace_id", "hash"), foreign=[Foreign(("workspace_id",), "workspace")], indexes=[
    Index(("hash",), unique=True), Index(("ends_at",)),
])  # fmt: skip
class Pass(Row):
    """A link, which opens the console once, or the session that it opened: until `ends_at`.

    `name` is the operator's, `token` an admin's: one of them is there.
    """

    workspace_id: str
    hash: str
    kind: str
    name: str | None
    token: str | None
    made_at: int
    ends_at: int
