"""Tallies as callers see and ask for them."""

from pydantic import Field

from ..wire import Draft, RecordName, Shape


class Tally(Shape):
    """Threads by state, and comments that wait for the viewer."""

    total: int = 0
    open: int = 0
    resolved: int = 0
    overdue: int = 0
    unread: int = 0
    mentions: int = 0


class RecordTally(Tally):
    """A record's tally, and that of each field."""

    fields: dict[str, Tally]


class Counts(Shape):
    """Tallies by record name."""

    data: dict[str, RecordTally]


class CountsDraft(Draft):
    """Up to 500 records."""

    records: list[RecordName] = Field(max_length=500)
