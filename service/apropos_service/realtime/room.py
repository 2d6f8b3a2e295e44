"""Who listens to which record of one workspace, in this process."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from ..events.log import ELSEWHERE, Entry, begins
from ..records.model import Record
from ..threads.telling import Told
from .crowd import Crowd, Ear

Crowds = dict[str, Crowd]


class Room:
    """Ears by the record that they listen to."""

    def __init__(self, follow: Callable[[str], Callable[[], None]]) -> None:
        """Nobody is here yet. `follow` is called with each place where somebody is, and returns what is called once nobody is."""
        self._follow = follow
        self._leave: dict[str, Callable[[], None]] = {}
        self._by_id: Crowds = defaultdict(Crowd)
        self._by_name: Crowds = defaultdict(Crowd)
        self._unknown: set[Ear] = set()

    def __bool__(self) -> bool:
        """Whether anybody is here."""
        return bool(self._by_id or self._by_name)

    def enter(self, ear: Ear, *, known: bool = True) -> None:
        """Let an ear hear of its record from now on; `known` is whether anybody has looked yet which record that is."""
        if not known:
            self._unknown.add(ear)
        where, key = self._place(ear)
        if key not in where:
            self._leave[key] = self._follow(key)
        where[key].enter(ear)

    def leave(self, ear: Ear) -> bool:
        """Let it hear no more; tells whether it did. To be called before its record is another."""
        where, key = self._place(ear)
        if ear not in where.get(key, ()):
            return False
        where[key].leave(ear)
        self._unknown.discard(ear)
        if not where[key]:
            del where[key]
            self._leave.pop(key)()
        return True

    def unsettle(self, ear: Ear) -> None:
        """Ask it again before it is told anything more."""
        where, key = self._place(ear)
        if key in where:
            where[key].unsettle(ear)

    def at(self, place: str) -> list[Ear]:
        """Return who listens to the record of this id, or of this name while nobody has spoken of it."""
        return [*self._by_id.get(place, ()), *self._by_name.get(place, ())]

    def concerned(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return those of the entries that somebody here may hear of."""
        if self._unknown:
            return list(entries)
        fresh = {entry.record_id for entry in entries if begins(entry)} if self._by_name else set()
        known = self._by_id.keys() | fresh
        return [entry for entry in entries if entry.record_id in known or entry.type in ELSEWHERE]

    def hearing(self, told: Told) -> list[Crowd]:
        """Return the crowds whom this concerns: of its record, of the one merged into it, or of the one erased."""
        if told.record is not None:
            for name in {told.record.name, told.formerly or ""} & self._by_name.keys():
                self._recognise(name, told.record)
        ids = {told.record.id if told.record else "", told.merged_id or "", told.erased_id or ""}
        return [self._by_id[record_id] for record_id in ids & self._by_id.keys()]

    def _recognise(self, name: str, record: Record) -> None:
        self._leave.pop(name)()
        for ear in self._by_name.pop(name):
            ear.found(record)
            self.enter(ear)

    def _place(self, ear: Ear) -> tuple[Crowds, str]:
        return (self._by_name, ear.record) if ear.record_id is None else (self._by_id, ear.record_id)
