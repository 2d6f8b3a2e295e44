"""What live delivery says, without a network: frames of a WebSocket and lines of a stream become the same `Frame`.

Law: lines end at a line feed and nowhere else. What people write may hold U+2028 and other characters that Python's
`splitlines`, and with it httpx's `iter_lines`, takes for line ends.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import CursorLost, refused
from .events import Event, read_event

_ENDS = ("resync", "error")


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in the log and, unless it only says where listening began, what happened just before it."""

    cursor: str
    event: Event | None = None


def from_socket(message: str | bytes, record: str) -> Frame | None:
    """Return what a WebSocket's message tells, `None` for what does not concern the log. Raises like `_frame`."""
    said = json.loads(message)
    if "event" in said:
        return _frame("event", said["event"], said["cursor"], record)
    kind = next((kind for kind in ("subscribed", *_ENDS) if kind in said), None)
    return _frame(kind, said[kind], said[kind].get("cursor", ""), record) if kind else None


class Lines:
    """Puts a stream of server-sent events together from the pieces it arrives in."""

    def __init__(self, record: str) -> None:
        """`record` is the one listened to."""
        self._record = record
        self._rest = b""
        self._members: dict[str, str] = {}

    def take(self, piece: bytes) -> Iterator[Frame]:
        """Yield the frames that this piece completes. Source: the HTML standard, section 9.2.6."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            text = line.removesuffix(b"\r").decode()
            if not text:
                yield from self._completed()
            name, _, value = text.partition(":")
            if name:
                self._members[name] = value.removeprefix(" ")

    def _completed(self) -> Iterator[Frame]:
        """What has a cursor is of the log; the rest, but for what ends the line, does not concern it."""
        members, self._members = self._members, {}
        kind = members.get("event", "")
        if "data" in members and ("id" in members or kind in _ENDS):
            yield _frame(kind, json.loads(members["data"]), members.get("id", ""), self._record)


def _frame(kind: str, said: Any, cursor: str, record: str) -> Frame:
    """Raises `CursorLost` when the record has to be read anew, and the `ApiError` that an error frame tells."""
    if kind == "resync":
        raise CursorLost(record)
    if kind == "error":
        raise refused(int(said.get("status", 400)), said)
    return Frame(cursor, None if kind == "subscribed" else read_event(said, cursor=cursor))
