"""What a thread is to everybody, kept as the bytes that go out: made once for each `seq` of it, whoever looks.

Law: whatever changes what a thread shows raises its `seq`, or the `version` of its record; so nothing kept here is ever
old, and nothing has to be told to forget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..database import Reading
from ..lately import Lately
from ..records.model import Record
from . import present, queries
from .model import Thread

MOST = 32 * 2**20
"""Bytes that are kept, all together; those that nobody asked for the longest go first."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A thread with its comments, as JSON, and the people who are named in it."""

    content: bytes
    people: frozenset[str]

    def seen_by(self, viewer: bytes) -> orjson.Fragment:
        """Return it with what it is to one viewer, as JSON."""
        return orjson.Fragment(b'%b,"viewer":%b}' % (self.content[:-1], viewer))


class Kept:
    """Threads of this process's recent answers."""

    def __init__(self, most: int = MOST) -> None:
        """`most` bytes are kept."""
        self._found: Lately[Key, Whole] = Lately(most, lambda whole: len(whole.content))

    def has(self, found: Sequence[tuple[Thread, Record]], *, render: present.Render) -> bool:
        """Tell whether all these threads are kept as they are."""
        return all(_key(thread, record, render) in self._found for thread, record in found)

    def has_all(self, workspace_id: str, versions: Sequence[Key], *, render: present.Render) -> bool:
        """Tell whether these threads are kept, by id and `seq` and their record's id, name and version."""
        return all((workspace_id, *version, render) in self._found for version in versions)

    async def threads(self, look: Reading, found: Sequence[tuple[Thread, Record]], *, render: present.Render) -> list[Whole]:
        """Return these threads as they are at the moment of `look`; those that are not kept are looked up together."""
        keys = [_key(thread, record, render) for thread, record in found]
        known = [self._found.find(key) for key in keys]
        missing = [place for place, whole in enumerate(known) if whole is None]
        fresh = await queries.whole_threads(look, [found[place] for place in missing], render=render) if missing else []
        for place, thread in zip(missing, fresh, strict=True):
            known[place] = whole = _whole(thread)
            self._found.keep(keys[place], whole)
        return [whole for whole in known if whole is not None]


def _key(thread: Thread, record: Record, render: present.Render) -> Key:
    return (thread.workspace_id, thread.id, thread.seq, record.id, record.name, record.version, render)


def _whole(thread: dict[str, Any]) -> Whole:
    return Whole(orjson.dumps(thread), frozenset(present.people_of(queries.named_in([thread])) - {None}))  # type: ignore[arg-type]
