"""Those who listen to one record in this process, and how they are told.

Law: everybody is told each entry once, in order. An ear is `settled` once it was told at once and nothing would be decided anew
for the next entry; settled ears are written what is plain in one go, unasked. Whoever's rights, line or record is another from
now on is unsettled first, and all are when the record or the workspace's epoch is.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

import structlog

from ..access.policy import Caller
from ..records.model import Record
from .saying import Saying

log = structlog.get_logger()
FAILED = "somebody could not be told"
Write = Callable[[bytes], None]


class Ear(Protocol):
    """What hears of one record, up to `reached` in the log by now; `record_id` is `None` while nobody has spoken of it."""

    record: str
    record_id: str | None
    reached: int

    @property
    def caller(self) -> Caller:
        """Who listens."""

    def whisper(self, frame: bytes) -> None:
        """Hear what does not last."""

    def hear(self, saying: Saying) -> Write | None:
        """Hear what concerns the record; never waits, never fails. Returns how to write to it once it is settled."""

    def found(self, record: Record) -> None:
        """Learn which record it is that was listened to by a name alone."""


class Crowd:
    """Ears in the order in which they came: those made together lie together, and are soon told."""

    __slots__ = ("_as_of", "_asked", "_position", "_settled")

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._asked: dict[Ear, None] = {}
        self._settled: dict[Ear, Write] = {}
        self._as_of = (0, 0)
        self._position = -1

    def __len__(self) -> int:
        """How many there are."""
        return len(self._settled) + len(self._asked)

    def __iter__(self) -> Iterator[Ear]:
        """All of them."""
        return iter([*self._settled, *self._asked])

    def __contains__(self, ear: Ear) -> bool:
        """Whether it is here."""
        return ear in self._settled or ear in self._asked

    def enter(self, ear: Ear) -> None:
        """Let an ear hear."""
        self._asked[ear] = None

    def leave(self, ear: Ear) -> None:
        """Let it hear no more."""
        self.unsettle(ear)
        del self._asked[ear]

    def unsettle(self, ear: Ear) -> None:
        """Ask it again before it is told anything more."""
        if self._settled.pop(ear, None) is not None:
            ear.reached = max(ear.reached, self._position)
            self._asked[ear] = None

    def tell(self, saying: Saying) -> None:
        """Tell everybody; a fault of one is nobody else's."""
        as_of = saying.version, saying.epoch
        if not saying.plain or self._as_of != as_of:
            for ear in list(self._settled):
                self.unsettle(ear)
            self._as_of = as_of
        asked = list(self._asked)
        if self._settled:
            self._position = saying.position
            self._write(saying)
        for ear in asked:
            self._ask(ear, saying)

    def _write(self, saying: Saying) -> None:
        frame = saying.frame
        for write in list(self._settled.values()):  # what thousands hear at once: no more steps than it needs
            try:
                write(frame)
            except Exception as fault:
                log.exception(FAILED, workspace=saying.told.envelope["workspace"], problem=repr(fault))

    def _ask(self, ear: Ear, saying: Saying) -> None:
        try:
            write = ear.hear(saying)
        except Exception as fault:
            log.exception(FAILED, workspace=saying.told.envelope["workspace"], problem=repr(fault))
            return
        if write is not None and ear in self._asked:
            del self._asked[ear]
            self._settled[ear] = write
