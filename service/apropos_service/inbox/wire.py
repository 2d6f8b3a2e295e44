"""The inbox as callers see it."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field, model_validator

from ..people.wire import Person
from ..records.wire import Record
from ..threads.request_wire import AccessRequest
from ..threads.wire import Comment, Thread
from ..wire import Draft, Instant, Shape, ThreadId, Time

Filter = Annotated[Literal["for-you", "mentions", "assigned", "asked", "due", "followed", "waiting", "later", "done"], Query()]


class Reason(Shape):
    """One reason to look: what happened (`event`), who caused it (null: the host, or time), and what it is about."""

    reason: Literal[
        "asked", "assigned", "due", "mention", "answered", "came_of_it", "decided", "resolved", "reopened", "visibility",
        "reply", "reaction", "later",
    ]  # fmt: skip
    event: str = Field(examples=["comment.posted"])
    by: str | None
    at: Time
    comment_id: str | None
    action_id: str | None


class Entry(Shape):
    """What a thread asks of the caller: one entry, which evolves.

    `reasons` are ordered, the strongest first; `comment` is what the strongest of them points to. `unread` until the
    caller read the thread, or the entry. `due_at` is the earlier of the thread's and of the caller's own open actions in
    it; `waiting_since` since when the caller's question waits for an answer.
    """

    thread: Thread
    record: Record
    reasons: list[Reason]
    comment: Comment | None = None
    at: Time
    unread: bool
    due_at: Time | None
    waiting_since: Time | None
    snoozed_until: Time | None
    done_at: Time | None
    people: dict[str, Person] | None = None


class WaitingRequest(Shape):
    """A request for access that waits for the caller, with the record that it is about, and the thread if it is about one."""

    request: AccessRequest
    record: Record
    thread: Thread | None


class Inbox(Shape):
    """A page of the inbox, newest first; `counts` by filter (not of `done`), with `unread`: of `for-you`.

    `requests` are on the first page of `for-you`, the newest first, and counted as `requests`.
    """

    data: list[Entry]
    requests: list[WaitingRequest]
    next: str | None
    counts: dict[str, int]
    people: dict[str, Person]


class InboxReadDraft(Draft):
    """Which entries the caller has read: of these threads, or all up to a time."""

    thread_ids: list[ThreadId] = Field(default_factory=list, max_length=500)
    all_before: Instant | None = None

    @model_validator(mode="after")
    def _says_which(self) -> "InboxReadDraft":
        if not self.thread_ids and self.all_before is None:
            raise ValueError("name thread_ids, or all_before with a time")
        return self


class InboxUnreadDraft(Draft):
    """Which entries the caller has not read after all."""

    thread_ids: list[ThreadId] = Field(min_length=1, max_length=500)


class SnoozeDraft(Draft):
    """Until when to leave the caller alone with a thread; null brings it back now."""

    until: Instant | None
