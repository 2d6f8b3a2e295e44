"""Whom a host's server acts as: the header `Apropos-Actor`. Pure.

Law: a person's id has one meaning here, whatever its script: UTF-8, percent-encoded where it is not plain ASCII.
Source: RFC 9110, section 5.5 (field values are ASCII, other octets opaque); RFC 3986, section 2.1.
"""

import re
from urllib.parse import unquote_to_bytes

from ..errors import ValidationFailed
from .claims import is_name

HEADER = "Apropos-Actor"
_ESCAPED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*", re.DOTALL)


def read(value: str) -> str:
    """Return the person's id that the header names; `value` is as ASGI gives it, a character for each byte.

    A percent sign in an id is written `%25`. UTF-8 that came as it is means the same. Raises `ValidationFailed`.
    """
    if _ESCAPED.fullmatch(value) is None:
        raise ValidationFailed.at(HEADER, "has a % that begins no escape; a percent sign is written %25")
    try:
        person_id = unquote_to_bytes(value.encode("latin-1")).decode()
    except UnicodeError:
        raise ValidationFailed.at(HEADER, "is a person's id in UTF-8, percent-encoded") from None
    if not is_name(person_id):
        raise ValidationFailed.at(HEADER, "is a person's id, 1 to 128 characters without control characters")
    return person_id
