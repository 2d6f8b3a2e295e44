# Derived from _async/records.py by sdk/derive.py: change it there.
"""What the host tells of its records. Describing needs a server key."""

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from .._protocol import look, path, write
from ..drafts import NamedRecordDraft, RecordDraft, Watching
from ..errors import refused
from ..inbox import Watch
from ..models import Field, Page, Record
from .transport import Transport

DESCRIBED_AT_ONCE, LOOKED_UP_AT_ONCE = 500, 100


class Records:
    """Records, each named `type:key`."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def describe(self, record: str, **draft: Unpack[RecordDraft]) -> Record:
        """Add or update a record; what is not named stays, and a field set to `None` goes."""
        [described] = self.describe_many([{"record": record, **draft}])
        return described

    def describe_many(self, drafts: Iterable[NamedRecordDraft]) -> list[Record]:
        """Add or update records, 500 in one request; each request is done whole or not at all. In the order given."""
        waiting = [_draft(draft) for draft in drafts]
        described: list[Record] = []
        for start in range(0, len(waiting), DESCRIBED_AT_ONCE):
            request = write("POST", path("records"), {"records": waiting[start : start + DESCRIBED_AT_ONCE]})
            described += (self._transport.send(request, Page[Record])).data
        return described

    def get(self, record: str) -> Record:
        """Return a record's card, also under a former name. Raises `NotFound` when it is unknown or hidden."""
        found = self.get_many([record])
        if not found:
            raise refused(404, {"code": "not_found", "detail": f"There is no record {record} that the caller can see."})
        return found[0]

    def get_many(self, records: Iterable[str]) -> list[Record]:
        """Return the cards of these records in the order given; those that are unknown or hidden are left out."""
        names = list(dict.fromkeys(records))
        found: list[Record] = []
        for start in range(0, len(names), LOOKED_UP_AT_ONCE):
            request = look(path("records"), record=names[start : start + LOOKED_UP_AT_ONCE])
            found += (self._transport.send(request, Page[Record])).data
        return found

    def rename(self, record: str, to: str) -> Record:
        """Give a record another name; its threads stay and the old name leads there. Raises `Conflict` when `to` exists."""
        return self._transport.send(write("POST", path("records", "rename"), {"from": record, "to": to}), Record)

    def merge(self, record: str, into: str) -> Record:
        """Move all threads of one record to another, and let its name lead there.

        What you never described of `into` it takes from the record that goes; who may see it stays as it was.
        """
        return self._transport.send(write("POST", path("records", "merge"), {"from": record, "into": into}), Record)

    def watch(self, record: str, level: Watching) -> Watch:
        """Choose how much a person hears of a record and those under it; what they chose for a thread comes first."""
        return self._transport.send(write("PUT", path("records", "watch"), {"record": record, "level": level}), Watch)

    def watching(self, record: str) -> Watch:
        """Return how much a person hears of a record. Raises `NotFound` when they cannot see it."""
        return self._transport.send(look(path("records", "watch"), record=record), Watch)

    def erase(self, record: str) -> None:
        """Erase a record with all its discussions, for good. Raises `NotFound` when there is none.

        A former name does, unless a record came by it in a merge: then raises `Conflict` (`record_is_merged`).
        """
        self._transport.send(write("DELETE", path("records"), record=record), type(None))


def _draft(draft: NamedRecordDraft) -> dict[str, Any]:
    fields = draft.get("fields")
    return {**draft, **({"fields": {name: _field(value) for name, value in fields.items()}} if fields is not None else {})}


def _field(value: Any) -> Any:
    """A bare value is short for `{"value": …}`; `None` stays: it takes the field away."""
    return value if value is None or isinstance(value, Field | Mapping) else {"value": value}
