"""Ids made on this side, so that a request may be sent again: TypeIDs, which sort by time.

Source: https://github.com/jetify-com/typeid/tree/main/spec and RFC 9562, section 5.7 (UUIDv7).
"""

import secrets
import time
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_VERSION, _VARIANT = 7 << 76, 2 << 62


def new_id(prefix: str) -> str:
    """Return a new id such as `thr_01kaw3f0tye8xt6c5cwkd1w3f9`."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | _VERSION | secrets.randbits(12) << 64 | _VARIANT | secrets.randbits(62)
    return f"{prefix}_" + "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
