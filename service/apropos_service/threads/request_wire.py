"""Requests for access as callers see and write them."""

from typing import Annotated

from pydantic import Field

from ..records.model import Record
from ..wire import Draft, Line, PersonId, RecordName, RequestId, Shape, ThreadId, Time, rfc3339
from .request_model import AccessRequest as Row


class AccessRequest(Shape):
    """Somebody asked the host that a person may see a record, or the thread on it; the host decides."""

    id: str
    record: str
    thread_id: str | None
    person_id: str
    asked_by: str | None
    comment: str | None
    asked_at: Time


class AccessRequestDraft(Draft):
    """What to ask for: one of `record` and `thread_id`; nobody named means whoever calls."""

    id: RequestId | None = None
    record: RecordName | None = None
    thread_id: ThreadId | None = None
    person_id: PersonId | None = None
    comment: Annotated[Line | None, Field(examples=["She knows the freight rates."])] = None


def request(row: Row, record: Record) -> dict[str, object]:
    """Return the request as it goes out."""
    return {
        "id": row.id, "record": record.name, "thread_id": row.thread_id, "person_id": row.person_id, "asked_by": row.asked_by,
        "comment": row.comment, "asked_at": rfc3339(row.asked_at),
    }  # fmt: skip
