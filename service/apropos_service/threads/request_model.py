"""Requests for access, as they are stored."""

from ..errors import Conflict
from ..rows import Foreign, Index, Row, table


class SeesAlready(Conflict):
    """Whoever asks for themselves can see it already."""


@table("access_request", foreign=[Foreign(("workspace_id", "record_id"), "record")], indexes=[
    Index(("id",), unique=True), Index(("workspace_id", "record_id", "person_id")), Index(("workspace_id", "asked_by", "asked_at")),
    Index(("workspace_id", "asked_at"), where="closed_at IS NULL"), Index(("workspace_id", "person_id"), where="closed_at IS NULL"),
])  # fmt: skip
class AccessRequest(Row):
    """Somebody asked that a person may see a record, or a thread on it; `asked_by` `None`: a server did.

    It waits until it is closed: the person, `closed_by`, came and sees it, or somebody who was told put it away.
    """

    workspace_id: str
    id: str
    record_id: str
    thread_id: str | None
    person_id: str
    asked_by: str | None
    comment: str | None
    asked_at: int
    seq: int
    closed_at: int | None = None
    closed_by: str | None = None
