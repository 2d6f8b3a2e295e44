"""One entry of the log on its way out: encoded when the first listener is told, once for all who hear the same."""

from ..threads.telling import Told
from . import frames


class Saying:
    """What is told of one entry; `cursor` is its sealed place in the log."""

    __slots__ = ("_written", "cursor", "told")

    def __init__(self, told: Told, cursor: str) -> None:
        """Nothing is written yet."""
        self.told, self.cursor = told, cursor
        self._written: dict[tuple[str, bool], bytes] = {}

    def frame(self, *, whole: bool) -> bytes:
        """Return it for WebSockets; `whole` for those who may manage."""
        found = self._written.get(("frame", whole))
        if found is None:
            said = {"event": self.told.spoken(whole=whole), "cursor": self.cursor}
            found = self._written["frame", whole] = frames.frame(said)
        return found

    def event(self, *, whole: bool) -> bytes:
        """Return it for streams; `whole` for those who may manage."""
        found = self._written.get(("event", whole))
        if found is None:
            said = self.told.spoken(whole=whole)
            found = self._written["event", whole] = frames.event(said["type"], said, self.cursor)
        return found
