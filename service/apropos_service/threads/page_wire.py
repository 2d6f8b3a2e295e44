"""What goes out of a long thread and of a comment's past, page by page."""

from typing import Any, Literal

from pydantic import Field

from ..people.wire import Person
from ..wire import Listing, Shape, Time
from .wire import Comment


class CommentPage(Listing[Comment]):
    """Comments of a thread, oldest first; `previous` is the cursor of the page before these, `next` of the one after."""

    previous: str | None
    people: dict[str, Person]


class Event(Shape):
    """What happened. `seq` counts the events of a thread, of the record for `record.*`: 1, 2, 3; `data` holds things as of now."""

    id: str = Field(examples=["evt_01k0000000e00g0r40g30e209g"])
    type: str = Field(examples=["comment.posted"])
    timestamp: Time
    workspace: str = Field(examples=["wsp_01k0000000e00g0r40g30e209g"])
    record: str | None
    thread_id: str | None
    actor: Person | None
    seq: int | None
    data: dict[str, Any]


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
