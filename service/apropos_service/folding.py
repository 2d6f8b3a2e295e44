"""Text as it is compared: without case, accents, and what only typesetters tell apart. Pure.

Law: folding twice is folding once, and letters that merely look bare stay what they are: か is not が, क is not की.
Source: Unicode normalization (UAX 15), and combining classes for which marks are accents.
"""

from functools import lru_cache
from typing import Final
from unicodedata import category, combining, normalize

_LETTERS: Final = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "\u0131": "i", "ĸ": "k",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "\u0647", "ـ": None, **{chr(0x660 + n): str(n) for n in range(10)},
    **{chr(0x6F0 + n): str(n) for n in range(10)},
})  # fmt: skip
"""Letters that Unicode does not take apart, and those that Arabic and Persian keyboards tell apart."""
_OVERLAY, _POINTS, _ABOVE = 1, range(10, 37), 200
"""Combining classes of accents: strokes; Hebrew and Arabic points; whatever stands above, below or beside a letter."""


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Return text as it is compared: `Łódź` and `LODZ` are both `lodz`. What is invisible goes; spaces stay as they are."""
    if text.isascii():
        return text.lower()
    bare = _bare(text).casefold().translate(_LETTERS)
    return normalize("NFKC", _bare(bare).casefold())  # what case folding takes apart has accents again: ΐ, İ


def words(text: str) -> str:
    """Return the folded words of a name with one space between: letters and digits, or all of it where there are none."""
    folded = fold(text)
    kept = "".join(one if category(one)[0] in "LNM" else " " for one in folded)
    return " ".join(kept.split()) or " ".join(folded.split())


def _bare(text: str) -> str:
    return "".join(one for one in normalize("NFKD", text) if not _goes(one))


def _goes(one: str) -> bool:
    """Tell whether a character is an accent or invisible."""
    mark = combining(one)
    return mark == _OVERLAY or mark in _POINTS or mark >= _ABOVE or (mark == 0 and category(one) == "Cf")
