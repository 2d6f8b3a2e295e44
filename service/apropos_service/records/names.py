"""How hosts name what is discussed: records as `type:key`, fields inside them as `lines/L-30/amount`.

Law: a name is kept byte for byte as the host wrote it, and whatever passes here can be stored and sent anywhere.
"""

import re

_TYPE = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_SEGMENT = re.compile(r"[A-Za-z0-9_.~-]{1,64}")
# C0, DEL and C1 controls; lone surrogates, which UTF-8 cannot carry.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_KEY = 255
_MOST_SEGMENTS = 8


def parse_record(text: str) -> tuple[str, str]:
    """Split `type:key` at the first colon. Raises `ValueError` with a sentence when it is not a record's name."""
    kind, colon, key = text.partition(":")
    if not colon:
        raise ValueError("A record is written type:key, for example forecast_line:FL-7.")
    if not _TYPE.fullmatch(kind):
        raise ValueError("A record's type is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter.")
    if not 1 <= len(key) <= _LONGEST_KEY:
        raise ValueError(f"A record's key is 1 to {_LONGEST_KEY} characters.")
    if _UNWRITABLE.search(key):
        raise ValueError("A record's key has no control characters and no lone surrogates.")
    return kind, key


def check_field(path: str) -> str:
    """Return `path` as it is. Raises `ValueError` with a sentence when it is not a path of business keys."""
    segments = path.split("/")
    if len(segments) > _MOST_SEGMENTS:
        raise ValueError(f"A field is at most {_MOST_SEGMENTS} segments, separated by slashes.")
    if not all(map(_SEGMENT.fullmatch, segments)):
        raise ValueError("Each segment of a field is 1 to 64 of A-Z, a-z, 0-9, _, ., ~ and -.")
    return path


def field_covers(prefix: str, field: str) -> bool:
    """Tell whether `field` is `prefix` or inside it, in whole segments: `lines/L-3` does not cover `lines/L-30`."""
    return field == prefix or field.startswith(f"{prefix}/")
