"""What is to be done: actions of a thread."""

from collections.abc import AsyncGenerator
from typing import Unpack

from .._ids import new_id
from .._protocol import look, path, write
from ..drafts import ActionDraft, ActionPatch
from ..kinds import Action
from ..models import Page
from .transport import Transport

PAGE = 100


class Actions:
    """Actions, each of one thread. Whoever may comment may add and change them."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def add(self, thread_id: str, text: str, **draft: Unpack[ActionDraft]) -> Action:
        """Add something to do, one line.

        Raises `Invalid`: `assignee_cannot_see`, or a due date that is past; `Conflict` when the discussion is over, and
        `id_conflict` when you gave an `id` that another action has.
        """
        request = write("POST", path("threads", thread_id, "actions"), {"id": new_id("act"), "text": text, **draft})
        return await self._transport.send(request, Action)

    async def change(self, action_id: str, *, version: int | None = None, **patch: Unpack[ActionPatch]) -> Action:
        """Change an action, also after the discussion was resolved. With `version`, raises `VersionConflict` if stale.

        Raises `Invalid` like `add`, and `Conflict` (`thread_is_archived`).
        """
        return await self._transport.send(write("PATCH", path("actions", action_id), patch, version=version), Action)

    async def done(self, action_id: str) -> Action:
        """Say that it was done."""
        return await self.change(action_id, state="done")

    async def drop(self, action_id: str, reason: str) -> Action:
        """Say that it will not be done, and in one line why."""
        return await self.change(action_id, state="dropped", reason=reason)

    async def reopen(self, action_id: str) -> Action:
        """Say that it is to be done after all."""
        return await self.change(action_id, state="open")

    def list(self, thread_id: str) -> AsyncGenerator[Action, None]:
        """Return all actions of a thread, oldest first, fetched as needed."""
        return self._transport.pages(look(path("threads", thread_id, "actions"), limit=PAGE), Page[Action])
