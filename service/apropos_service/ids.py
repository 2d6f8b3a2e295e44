"""TypeIDs: a prefix that says what it is, an underscore, and a UUIDv7 in 26 characters that sort by time.

Law: one thing has one spelling; what `is_id` accepts, a database may compare byte by byte.
Source: https://github.com/jetify-com/typeid/tree/main/spec
"""

import re
from typing import Final

from uuid_utils import uuid7

PREFIXES: Final = ("wsp", "rec", "thr", "cmt", "act", "att", "evt", "key", "whk", "dlv", "req", "ask")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
# 26 characters hold 130 bits; the first is at most 7, so that 128 remain.
_CANONICAL = {prefix: re.compile(rf"{prefix}_[0-7][{_ALPHABET}]{{25}}") for prefix in PREFIXES}


def new(prefix: str) -> str:
    """Return a new id such as `thr_01kaw3f0tye8xt6c5cwkd1w3f9`; later ones sort after earlier ones."""
    bits, two = uuid7().int, _PAIRS  # written out: a loop takes twice as long, and a comment has three ids
    return (
        f"{prefix}_{two[bits >> 120]}{two[bits >> 110 & 1023]}{two[bits >> 100 & 1023]}{two[bits >> 90 & 1023]}"
        f"{two[bits >> 80 & 1023]}{two[bits >> 70 & 1023]}{two[bits >> 60 & 1023]}{two[bits >> 50 & 1023]}"
        f"{two[bits >> 40 & 1023]}{two[bits >> 30 & 1023]}{two[bits >> 20 & 1023]}{two[bits >> 10 & 1023]}{two[bits & 1023]}"
    )


def is_id(value: str, prefix: str) -> bool:
    """Tell whether `value` is a TypeID with this prefix, in its only spelling (lower case, 128 bits)."""
    return _CANONICAL[prefix].fullmatch(value) is not None
