"""Who listens to which record of one workspace, in this process."""

from collections import defaultdict
from typing import Protocol

from ..access.policy import Caller
from ..records.model import Record
from ..threads.telling import Told
from .saying import Saying


class Ear(Protocol):
    """What hears of one record; `record_id` is `None` while nobody has spoken of it."""

    record: str
    record_id: str | None

    @property
    def caller(self) -> Caller:
        """Who listens."""

    def whisper(self, frame: bytes) -> None:
        """Hear what does not last."""

    def hear(self, saying: Saying) -> None:
        """Hear what concerns the record; never waits, never fails."""

    def found(self, record: Record) -> None:
        """Learn which record it is that was listened to by a name alone."""


class Room:
    """Ears by the record that they listen to."""

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._by_id: dict[str, set[Ear]] = defaultdict(set)
        self._by_name: dict[str, set[Ear]] = defaultdict(set)

    def __bool__(self) -> bool:
        """Whether anybody is here."""
        return bool(self._by_id or self._by_name)

    def enter(self, ear: Ear) -> None:
        """Let an ear hear of its record from now on."""
        where, key = self._place(ear)
        where[key].add(ear)

    def leave(self, ear: Ear) -> bool:
        """Let it hear no more; tells whether it did. To be called before its record is another."""
        where, key = self._place(ear)
        if ear not in where.get(key, ()):
            return False
        where[key].discard(ear)
        if not where[key]:
            del where[key]
        return True

    def at(self, place: str) -> list[Ear]:
        """Return who listens to the record of this id, or of this name while nobody has spoken of it."""
        return [*self._by_id.get(place, ()), *self._by_name.get(place, ())]

    def hearing(self, told: Told) -> list[Ear]:
        """Return those whom this concerns: of its record, of the one merged into it, or of the one erased."""
        if told.record is not None:
            for name in {told.record.name, told.formerly or ""} & self._by_name.keys():
                self._recognise(name, told.record)
        ids = {told.record.id if told.record else "", told.merged_id or "", told.erased_id or ""}
        return [ear for record_id in ids & self._by_id.keys() for ear in self._by_id[record_id]]

    def _recognise(self, name: str, record: Record) -> None:
        for ear in self._by_name.pop(name):
            ear.found(record)
            self.enter(ear)

    def _place(self, ear: Ear) -> tuple[dict[str, set[Ear]], str]:
        return (self._by_name, ear.record) if ear.record_id is None else (self._by_id, ear.record_id)
