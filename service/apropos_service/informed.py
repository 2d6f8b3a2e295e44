"""Requests that the host has to be asked about: run, asked, and run again, until nothing is missing.

Law: what a request decided while a verdict was missing never leaves and never lasts: no answer of it is sent, no command of
it is committed (`Unsure`). So every route may ask the pure policy, and none can forget to ask the host.
"""

from collections.abc import MutableMapping
from typing import Any

from .access.verdicts import Verdicts
from .middleware import App, Receive, Scope, Send

ROUNDS = 50


class _Missing(Exception):
    """The answer that is about to be sent was made without a verdict that it needs."""


class Informed:
    """Runs requests again with what the host says. Plain ASGI, inside of everything that must happen once."""

    def __init__(self, app: App) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        tape = _Tape(scope, receive)
        for _ in range(ROUNDS):
            try:
                await self._app(scope, tape.play(), _only_when_sure(scope, send))
            except _Missing:
                caller = scope["state"]["caller"]
                await scope["app"].state.asking.fill(caller.workspace_id, caller.verdicts)
            else:
                return
        scope["state"]["caller"].verdicts.close()
        await self._app(scope, tape.play(), send)


class _Tape:
    """What was received of a request, to be received again; nothing is kept once it is known that nobody is to be asked."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        """Nothing was received yet."""
        self._scope = scope
        self._receive = receive
        self._kept: list[MutableMapping[str, Any]] = []

    def play(self) -> Receive:
        """Return what receives the request from its beginning."""
        place = 0

        async def receive() -> MutableMapping[str, Any]:
            nonlocal place
            if place < len(self._kept):
                place += 1
                return self._kept[place - 1]
            message = await self._receive()
            caller = self._scope["state"].get("caller")
            keeps = not self._scope["state"].get("streams")  # a route that asks by itself, so as not to keep a large body
            if keeps and (caller is None or caller.verdicts is not None):
                self._kept.append(message)
                place += 1
            return message

        return receive


def _only_when_sure(scope: Scope, send: Send) -> Send:
    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            verdicts: Verdicts | None = getattr(scope["state"].get("caller"), "verdicts", None)
            if verdicts is not None and verdicts.missing:
                raise _Missing
        await send(message)

    return guarded
