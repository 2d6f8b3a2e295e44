# Derived from _async/threads.py by sdk/derive.py: change it there.
"""Discussions: open one, write into it, bring it to an end."""

from collections.abc import Generator, Sequence
from typing import Unpack

from .._ids import new_id
from .._protocol import look, path, write
from ..drafts import Kind, ThreadDraft, ThreadFilter, ThreadPatch, Value, Visibility, Watching
from ..models import Comment, Page, Thread, Viewer
from .transport import Transport

PAGE = 100


class Threads:
    """Threads, each about a record or a field of it."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def open(self, record: str, body: str, **draft: Unpack[ThreadDraft]) -> Thread:
        """Open a thread with its first comment, Markdown; the record may be new.

        With a `template`, that says what the draft does not name. Raises `NotFound` when the caller may not see the record,
        `Invalid` for a due date that is past, for members without `visibility="restricted"`, for a sponsor or members who cannot
        see it, or (`mention_refused`, `people` in its `facts`) for somebody mentioned who cannot; and `Conflict`:
        `record_is_archived`, or `id_conflict` when you gave an `id` that another thread has.
        """
        request = write("POST", path("threads"), {"id": new_id("thr"), "record": record, "body": body, **draft})
        return self._transport.send(request, Thread)

    def get(self, thread_id: str) -> Thread:
        """Return a thread with its last 20 comments and the `highlights` of those before. Raises `NotFound`."""
        return self._transport.send(look(path("threads", thread_id)), Thread)

    def comment(
        self,
        thread_id: str,
        body: str,
        *,
        kind: Kind = "comment",
        quote_id: str | None = None,
        attachments: Sequence[str] = (),
        id: str | None = None,  # noqa: A002 the contract's word
    ) -> Comment:
        """Post a comment, Markdown of at most 10,000 characters; `<@person-id>` mentions. `quote_id` is one it answers.

        `attachments` are the ids of at most 10 files that the same caller uploaded for this record. Raises `Conflict`:
        `thread_is_resolved` or `thread_is_archived` when the discussion is over, `id_conflict` when you gave an `id` that
        another comment has; and `Invalid` (`mention_refused`) for somebody mentioned who cannot see it: `people` in its `facts`
        says who and why, `{"id", "name", "why": "record" | "internal" | "restricted"}`.
        """
        draft = {"id": id or new_id("cmt"), "body": body, "kind": kind}
        with_ = {"quote_id": quote_id, "attachments": attachments}
        given = {**draft, **{name: value for name, value in with_.items() if value}}
        return self._transport.send(write("POST", path("threads", thread_id, "comments"), given), Comment)

    def comments(
        self, thread_id: str, *, after: str | None = None, around: str | None = None, page: int = PAGE
    ) -> Generator[Comment, None, None]:
        """Return the comments of a thread, oldest first, fetched as needed, `page` (1 to 100) at a time.

        All of them, or those after the comment `after`, or from half a page before the comment `around`.
        """
        request = look(path("threads", thread_id, "comments"), after=after, around=around, limit=page)
        return self._transport.pages(request, Page[Comment])

    def comments_before(self, thread_id: str, comment_id: str, *, limit: int = 20) -> list[Comment]:
        """Return the comments just before that one: at most `limit` (1 to 100), oldest first."""
        request = look(path("threads", thread_id, "comments"), before=comment_id, limit=limit)
        return (self._transport.send(request, Page[Comment])).data

    def change(self, thread_id: str, *, version: int | None = None, **patch: Unpack[ThreadPatch]) -> Thread:
        """Change goal, sponsor, due date, title, labels or metadata. With `version`, raises `VersionConflict` if stale."""
        return self._transport.send(write("PATCH", path("threads", thread_id), patch, version=version), Thread)

    def resolve(self, thread_id: str, summary: str = "", *, value: Value = None, version: int | None = None) -> Thread:
        """End a discussion: what it came to, and the figure agreed on. With `version`, raises `VersionConflict` if stale."""
        outcome = {"summary": summary, **({"value": value} if value is not None else {})}
        return self._transport.send(write("PUT", path("threads", thread_id, "resolution"), outcome, version=version), Thread)

    def reopen(self, thread_id: str, *, reason: str | None = None, version: int | None = None) -> Thread:
        """Let a resolved or archived discussion go on. With `version`, raises `VersionConflict` if stale."""
        request = write("DELETE", path("threads", thread_id, "resolution"), version=version, reason=reason)
        return self._transport.send(request, Thread)

    def archive(self, thread_id: str, *, version: int | None = None) -> Thread:
        """Put a discussion away; it stays readable. With `version`, raises `VersionConflict` if stale."""
        return self._transport.send(write("PUT", path("threads", thread_id, "archive"), version=version), Thread)

    def set_visibility(
        self,
        thread_id: str,
        visibility: Visibility,
        *,
        members: Sequence[str] | None = None,
        confirm: Sequence[str] | None = None,
        version: int | None = None,
    ) -> Thread:
        """Change who sees a thread; `members` are those of a restricted one, where who asks and the sponsor always are.

        Raises `ConfirmationRequired` when others would newly see it: `newly_visible_to` names them, and the same call with
        `confirm` equal to that lets them. Raises `Invalid` (`member_cannot_see`) for members who cannot see the record, and
        with `version`, `VersionConflict` if stale.
        """
        given = {"members": members, "confirm": confirm}
        draft = {"visibility": visibility, **{name: list(value) for name, value in given.items() if value is not None}}
        return self._transport.send(write("PUT", path("threads", thread_id, "visibility"), draft, version=version), Thread)

    def watch(self, thread_id: str, level: Watching) -> Thread:
        """Choose how much a person hears of a thread. Raises `Forbidden` when the host speaks for itself."""
        return self._transport.send(write("PUT", path("threads", thread_id, "watch"), {"level": level}), Thread)

    def read(self, thread_id: str, seq: int) -> Viewer:
        """Say that a person has read up to `seq`, a thread's; never goes back. Returns what the thread is to them now."""
        return self._transport.send(write("PUT", path("threads", thread_id, "read"), {"seq": seq}), Viewer)

    def list(self, **which: Unpack[ThreadFilter]) -> Generator[Thread, None, None]:
        """Return the threads that the caller may see, across records, newest first, fetched as needed."""
        return self._transport.pages(look(path("threads"), **which, limit=PAGE), Page[Thread])
