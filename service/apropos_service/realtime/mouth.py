"""Where somebody who listens is told: a WebSocket or a stream; the same is said on both."""

from typing import Any, Protocol

from ..errors import Problem
from .crowd import Write
from .saying import Saying


class Mouth(Protocol):
    """Where a listener is told: a WebSocket or a stream."""

    @property
    def straight(self) -> Write | None:
        """What writes a frame to it without more ado; `None` where it is to be told in order to know whether it may be."""

    async def room(self) -> None:
        """Wait until there is room for more."""

    def tell(self, saying: Saying, *, whole: bool) -> None:
        """Tell of an entry."""

    def say(self, kind: str, said: Any, cursor: str | None = None) -> None:
        """Say something else: `subscribed`, `resync`, `error`, `counts`."""

    def whisper(self, frame: bytes) -> None:
        """Say what does not last, already written: `presence`, `typing`."""

    def beat(self) -> None:
        """Be called every few seconds, for whatever keeps a connection alive."""

    def end(self, problem: Problem) -> None:
        """Say what is wrong, and end."""

    def stop(self, wait: int) -> None:
        """Say to come again in `wait` milliseconds, and end: this process stops."""
