"""Where a search found a discussion."""

from typing import Any

from ._shape import Model


class Snippet(Model):
    """Where a thread was found: in its purpose or outcome (`thread`), a `comment`, an `action`, or what its `record` is called.

    `html` is safe to insert as it is, with `mark` around what was looked for.
    """

    source: str
    comment_id: str | None = None
    html: str | None = None
    nodes: list[Any] | None = None
