"""Files as callers see them."""

from typing import Annotated, Any

from pydantic import Field

from ..wire import AttachmentId, Shape, Time, instant, rfc3339
from . import links
from .model import Attachment as Row

Attachments = Annotated[list[AttachmentId], Field(max_length=10)]
"""The ids of uploads to post a comment with."""


class Attached(Shape):
    """A file that goes with a comment, or waits to.

    `url` and `thumbnail_url` are addresses on this service. Asked for by somebody, they are sealed for them until
    `url_expires_at` and need no bearer; inside a comment they are the same for everybody, and need one.
    """

    id: str
    name: str
    type: str = Field(examples=["image/png"])
    size: int
    width: int | None
    height: int | None
    thumbnail: bool
    url: str
    thumbnail_url: str | None
    url_expires_at: Time | None
    uploaded_by: str | None
    uploaded_at: Time
    comment_id: str | None


class Attachment(Attached):
    """A file by itself says which `record` it is about, as that is called now; inside a comment, the thread says so."""

    record: str


class Upload(Shape):
    """The parts of an upload."""

    file: bytes = Field(json_schema_extra={"contentMediaType": "application/octet-stream"})
    record: str = Field(description="the record `type:key` that it is about")
    id: str | None = Field(None, description="an id of your own, `att_…`: then it is safe to repeat")


def attached(row: Row, *, token: str | None = None, expires_at: int | None = None) -> dict[str, Any]:
    """Return a file as its comment has it, with addresses sealed by `token` if there is one.

    The record's name is left out: a comment goes out again when it changes, not when its record is renamed.
    """
    url, about = links.plain(row.id), f"token={token}" if token else ""
    return {
        "id": row.id, "name": row.name, "type": row.type, "size": row.size, "width": row.width,
        "height": row.height, "thumbnail": row.thumbnail, "url": f"{url}?{about}" if about else url,
        "thumbnail_url": "&".join(filter(None, (f"{url}?thumbnail=1", about))) if row.thumbnail else None,
        "url_expires_at": instant(expires_at), "uploaded_by": row.uploaded_by, "uploaded_at": rfc3339(row.uploaded_at),
        "comment_id": row.comment_id,
    }  # fmt: skip


def attachment(row: Row, record: str, *, token: str | None = None, expires_at: int | None = None) -> dict[str, Any]:
    """Return a file by itself; `record` is the `type:key` as of now."""
    return {**attached(row, token=token, expires_at=expires_at), "record": record}
