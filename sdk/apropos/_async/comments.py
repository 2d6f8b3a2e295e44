"""What can be done with a comment once it is posted; posting is `threads.comment`."""

from datetime import date, datetime
from typing import Literal

from .._ids import new_id
from .._protocol import look, path, write
from ..history import Version
from ..kinds import Action
from ..models import Comment, Page
from .transport import Transport

PAGE = 100


class Comments:
    """Comments, by id. Reacting and seeing are a person's: act as one, or call with their token."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def edit(self, comment_id: str, body: str, *, version: int | None = None) -> Comment:
        """Change what a comment says; its history keeps what it said. Only its author may.

        With `version`, raises `VersionConflict` if stale; `Conflict`: `comment_is_withdrawn`, or when the discussion is over.
        """
        return await self._transport.send(write("PATCH", path("comments", comment_id), {"body": body}, version=version), Comment)

    async def withdraw(self, comment_id: str, *, reason: str | None = None, version: int | None = None) -> Comment:
        """Take one's own comment back, or remove another's as somebody who manages; its place stays.

        `reason` goes with removing: raises `Invalid` with one's own. Only those who manage bring back what was removed.
        """
        return await self._transport.send(write("DELETE", path("comments", comment_id), version=version, reason=reason), Comment)

    async def restore(self, comment_id: str) -> Comment:
        """Bring a withdrawn comment back. Raises `Forbidden` for one that was removed, unless the caller manages."""
        return await self._transport.send(write("POST", path("comments", comment_id, "restore")), Comment)

    async def history(self, comment_id: str) -> list[Version]:
        """Return every version of a comment, oldest first; for those who may manage, and its author unless it was removed."""
        request = look(path("comments", comment_id, "history"), limit=PAGE)
        return [version async for version in self._transport.pages(request, Page[Version])]

    async def react(self, comment_id: str, emoji: str) -> Comment:
        """Put a person's emoji on a comment; once more changes nothing. Raises `Conflict` (`comment_is_withdrawn`)."""
        return await self._transport.send(write("PUT", path("comments", comment_id, "reactions", emoji)), Comment)

    async def unreact(self, comment_id: str, emoji: str) -> Comment:
        """Take a person's emoji back."""
        return await self._transport.send(write("DELETE", path("comments", comment_id, "reactions", emoji)), Comment)

    async def seen(self, comment_id: str) -> Comment:
        """Say that a person saw a comment. Raises `Conflict` (`comment_is_withdrawn`)."""
        return await self._transport.send(write("PUT", path("comments", comment_id, "seen")), Comment)

    async def unseen(self, comment_id: str) -> Comment:
        """Take back that a person saw a comment."""
        return await self._transport.send(write("DELETE", path("comments", comment_id, "seen")), Comment)

    async def accept(self, question_id: str, answer_id: str, *, version: int | None = None) -> Comment:
        """Accept a comment of the same thread as a question's answer; accepting another moves the mark. Returns the question.

        The asker may, the thread's sponsor and whoever manages. Raises `Conflict`: `comment_is_no_question`,
        `comment_is_withdrawn`, or when the discussion is over; `Invalid` when the answer is none; with `version` (the
        question's), `VersionConflict` if stale.
        """
        request = write("PUT", path("comments", question_id, "answer"), {"comment_id": answer_id}, version=version)
        return await self._transport.send(request, Comment)

    async def unaccept(self, question_id: str, *, version: int | None = None) -> Comment:
        """Say that a question has no accepted answer after all. Returns the question."""
        return await self._transport.send(write("DELETE", path("comments", question_id, "answer"), version=version), Comment)

    async def vote(self, decision_id: str, vote: Literal["agree", "problem"], text: str | None = None) -> Comment:
        """Agree to a decision, or say the problem in one line, `text`; one vote a person, the last one counts.

        Raises `Conflict`: `comment_is_no_decision`, `comment_is_withdrawn`, `decision_is_replaced`, or when the discussion
        is over; `Forbidden` when the host speaks for itself.
        """
        draft = {"vote": vote, **({"text": text} if text is not None else {})}
        return await self._transport.send(write("PUT", path("comments", decision_id, "vote"), draft), Comment)

    async def unvote(self, decision_id: str) -> Comment:
        """Take a person's vote on a decision back."""
        return await self._transport.send(write("DELETE", path("comments", decision_id, "vote")), Comment)

    async def record(
        self, decision_id: str, *, review_at: datetime | None = None, replaces: str | None = None, version: int | None = None
    ) -> Comment:
        """Record a decision, in the place of the decision `replaces` if given; once more clears problems seen since.

        Its author may, the thread's sponsor and whoever manages. Raises `Conflict` like `vote`; with `version`,
        `VersionConflict` if stale.
        """
        given = {"review_at": review_at, "replaces": replaces}
        draft = {name: value for name, value in given.items() if value is not None}
        return await self._transport.send(write("PUT", path("comments", decision_id, "record"), draft, version=version), Comment)

    async def review(self, decision_id: str, at: datetime | None, *, version: int | None = None) -> Comment:
        """Change when to look at a recorded decision again, `None` for never; also after the discussion."""
        request = write("PATCH", path("comments", decision_id, "record"), {"review_at": at}, version=version)
        return await self._transport.send(request, Comment)

    async def turn_into(
        self, comment_id: str, kind: Literal["comment", "question", "decision"], *, version: int | None = None
    ) -> Comment:
        """Make a comment another kind: its author may, the thread's sponsor and whoever manages.

        Raises `Conflict`: `question_is_answered`, `decision_is_recorded` or `decision_is_replaced` for what was settled.
        """
        request = write("POST", path("comments", comment_id, "turn-into"), {"kind": kind}, version=version)
        return await self._transport.send(request, Comment)

    async def turn_into_action(
        self, comment_id: str, *, assignee: str | None = None, due_at: datetime | date | None = None,
        id: str | None = None,  # noqa: A002 the contract's word
    ) -> Action:  # fmt: skip
        """Make an action of a comment's first line; the comment stays. Raises like `actions.add`."""
        draft = {"id": id or new_id("act"), "kind": "action", "assignee": assignee, "due_at": due_at}
        given = {name: value for name, value in draft.items() if value is not None}
        return await self._transport.send(write("POST", path("comments", comment_id, "turn-into"), given), Action)
