"""What goes out of a long thread and of a comment's past, page by page."""

from typing import Literal

from ..people.wire import Person
from ..wire import Listing, Shape, Time
from .wire import Comment


class CommentPage(Listing[Comment]):
    """Comments of a thread, oldest first; `previous` is the cursor of the page before these, `next` of the one after."""

    previous: str | None
    people: dict[str, Person]


class Version(Shape):
    """What a comment said, who wrote that and when, and who replaced it when (null for what it says now).

    `difference` tells how it came from the version before: pieces `[" ", stayed]`, `["-", went]`, `["+", came]` in order;
    null for the first.
    """

    version: int
    body: str
    html: str
    written_by: str | None
    written_at: Time
    replaced_by: str | None
    replaced_at: Time | None
    difference: list[tuple[Literal[" ", "-", "+"], str]] | None
