"""What comes of a call to an address that somebody else chose; `outgoing` makes it, whose library the first call loads."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network


class Refused(Exception):
    """We do not call there; the text says why."""


class Unreachable(Exception):
    """The call was made and nothing usable came back in time; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in lower case; `body` ends at `limit` bytes, and then `cut` is true."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool
