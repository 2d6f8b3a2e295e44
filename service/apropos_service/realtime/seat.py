"""Where somebody is: a page of theirs at a field of a record. Pure."""

from dataclasses import dataclass
from typing import Any

Place = tuple[str, str]
"""A workspace's id, and a record's id (its name while nobody has spoken of it)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One page of somebody, at a field of a record (`None`: the record itself). `until` is of the monotonic clock."""

    place: Place
    field: str | None
    card: dict[str, Any]
    guest: bool
    until: float = float("inf")
