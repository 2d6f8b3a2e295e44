"""One entry of the log on its way out: encoded when the first listener is told, once for all who hear the same."""

from functools import cached_property

from ..threads.telling import Told
from . import frames


class Saying:
    """What is told of one entry; `cursor` is its sealed place in the log.

    What decides whether thousands of ears are asked is at hand: whether it is `plain`, at which `position`, of which `version` of
    the record and `epoch` of the workspace.
    """

    def __init__(self, told: Told, cursor: str) -> None:
        """Nothing is written yet."""
        self.told, self.cursor = told, cursor
        self.plain, self.position, self.epoch = told.plain, told.position, told.epoch
        self.version = told.record.version if told.record is not None else 0

    @cached_property
    def frame(self) -> bytes:
        """It for WebSockets."""
        return frames.frame({"event": self.told.spoken(whole=False), "cursor": self.cursor})

    @cached_property
    def whole_frame(self) -> bytes:
        """It for WebSockets of those who may manage."""
        return frames.frame({"event": self.told.spoken(whole=True), "cursor": self.cursor})

    @cached_property
    def event(self) -> bytes:
        """It for streams."""
        return self._event(whole=False)

    @cached_property
    def whole_event(self) -> bytes:
        """It for streams of those who may manage."""
        return self._event(whole=True)

    def _event(self, *, whole: bool) -> bytes:
        said = self.told.spoken(whole=whole)
        return frames.event(said["type"], said, self.cursor)
