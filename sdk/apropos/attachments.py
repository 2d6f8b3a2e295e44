"""Files, which `apropos.models` shows with the comments that they came with."""

from pydantic import AwareDatetime

from ._shape import Model


class Attached(Model):
    """A file as its comment has it. `type` is what its content is; pictures have `width` and `height`, in pixels.

    `url` and `thumbnail_url` are addresses on the service. From `ap.attachments` they are sealed for whoever asked and open
    until `url_expires_at`; inside a comment they need a bearer. `comment_id` is `None` while it waits for its comment.
    """

    id: str
    name: str
    type: str = "application/octet-stream"
    size: int = 0
    width: int | None = None
    height: int | None = None
    thumbnail: bool = False
    url: str
    thumbnail_url: str | None = None
    url_expires_at: AwareDatetime | None = None
    uploaded_by: str | None = None
    uploaded_at: AwareDatetime
    comment_id: str | None = None


class Attachment(Attached):
    """A file by itself, which says what `record` it is about; inside a comment, the thread says so."""

    record: str
