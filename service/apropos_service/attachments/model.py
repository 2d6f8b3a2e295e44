"""What is known of a file, and of files that nothing keeps.

Law: a file is loose from before its first byte is written until a comment takes it, and again from the commit that lets it
go; so whatever dies when, every file is either wanted or found and deleted.
"""

from ..rows import Foreign, Index, Row, table


@table("attachment", foreign=[
    Foreign(("workspace_id", "record_id"), "record"), Foreign(("workspace_id", "comment_id"), "comment"),
], indexes=[Index(("id",), unique=True), Index(("workspace_id", "record_id"))])  # fmt: skip
class Attachment(Row):
    """A file about a record; `comment_id` is the comment that it came with, `None` while it waits for one.

    `place` is where it is kept, `digest` the SHA-256 of its content, `type` what the content is, whatever its name says.
    Pictures have `width` and `height` in pixels, as they are shown; `thumbnail` tells whether there is one.
    """

    workspace_id: str
    id: str
    record_id: str
    name: str
    type: str
    size: int
    width: int | None
    height: int | None
    thumbnail: bool
    place: str
    digest: str
    uploaded_by: str | None
    uploaded_at: int
    comment_id: str | None


@table("loose_file", key=("workspace_id", "place"), indexes=[Index(("due_at",))])
class LooseFile(Row):
    """A file that is deleted at `due_at` unless something takes it before; `attachment_id` is what it was brought as."""

    workspace_id: str
    place: str
    attachment_id: str
    due_at: int
