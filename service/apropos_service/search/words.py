"""The words of a text: as they are written, folded, and their stems. Pure.

Law: what a text is asked for goes the same way as the text itself. A word is never longer than `LONGEST`, has letters, marks
and digits only, and a stem alone has a `_`: neither database finds anything in it to interpret, and no beginning is a stem's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..folding import fold
from .languages import LATIN, languages_of, spoken, stem

LONGEST: Final = 64
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean: written without spaces, or with words that grow at the end."""
_MARKS: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0dff\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff"
    "\ufe20-\ufe2f\ufeff"
)
"""What belongs to a word without being a letter: accents, vowel signs, what is invisible."""
_LETTER: Final = rf"(?:(?![{_UNSPACED}])[^\W_]|[{_MARKS}])"
_FIGURE: Final = r"(?<!\d)\d{1,3}(?:[.,'\u2019\u00a0\u202f]\d{3})+(?!\d)"
_JOINS: Final = r"[-\u2010\u2011'\u2019._/&+]"
_PIECE: Final = re.compile(rf"{_FIGURE}|[{_UNSPACED}]+|{_LETTER}+(?:{_JOINS}{_LETTER}+)*")
_NUMBER: Final = re.compile(_FIGURE)
_RUN: Final = re.compile(rf"[{_UNSPACED}]+")
_PART: Final = re.compile(rf"{_LETTER}+")
_BARE: Final = re.compile(rf"(?:[^\W_]|[{_MARKS}{_UNSPACED}])+")
_ELIDED: Final = frozenset({*"ldjmtsnc", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell", "dall", "sull", "un"})
_APOSTROPHES: Final = "'\u2019"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written: the `parts` that it is joined of, each folded, and whether it is a run without spaces."""

    parts: tuple[str, ...]
    written: tuple[str, ...]
    unspaced: bool = False

    @property
    def joined(self) -> str:
        """The word without what joins it: `vt400` for `VT-400`."""
        return "".join(self.parts)[:LONGEST]


def places(text: str) -> Iterator[tuple[int, int, Word]]:
    """Return the words of a text in order, each with its beginning and its end."""
    for found in _PIECE.finditer(text):
        if (word := read(found[0])).parts:
            yield found.start(), found.end(), word


def words(text: str) -> set[str]:
    """Return every word by which a text is found: as written, joined, and stems with their language, `_de_rechnung`."""
    written = set(_PIECE.findall(text))
    languages = spoken(written)
    return {form for word in written for form in forms(word, languages)}


@lru_cache(maxsize=65_536)
def forms(word: str, languages: tuple[str, ...] = LATIN) -> frozenset[str]:
    """Return the words by which a word, in a text in these languages, is found."""
    seen = read(word)
    if seen.unspaced:
        return frozenset(pairs(seen.parts[0]))
    stems = {stemmed(part, language) for part in seen.written for language in languages_of(part, languages)}
    return frozenset({seen.joined, *seen.parts, *stems} - {""})


@lru_cache(maxsize=65_536)
def read(word: str) -> Word:
    """Take a word as it is written apart."""
    if _RUN.fullmatch(word):
        return Word((fold(word),), (word,), unspaced=True)
    written = ("".join(char for char in word if char.isdigit()),) if _NUMBER.fullmatch(word) else _parts(word)
    kept = [(folded, part) for part in written if (folded := _bare(fold(part)))]
    return Word(tuple(folded for folded, _ in kept), tuple(part for _, part in kept))


def stemmed(part: str, language: str) -> str:
    """Return the stem of what a word is joined of, as it is kept: with its language, `_de_rechnung`."""
    return f"_{language}_{_bare(stem(part[:LONGEST], language))}"


def pairs(run: str) -> list[str]:
    """Return each two letters of a text without spaces, and its last one."""
    return [*(run[at : at + 2] for at in range(len(run) - 1)), *run[-1:]]


def _parts(word: str) -> Sequence[str]:
    """Return what a word is joined of, without an article that lost its vowel (`l'accord`) and the `s` of a genitive."""
    parts = _PART.findall(word)
    if len(parts) > 1 and parts[0].lower() in _ELIDED and word[len(parts[0])] in _APOSTROPHES:
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].lower() == "s" and word[-2] in _APOSTROPHES:
        parts = parts[:-1]
    return parts


def _bare(folded: str) -> str:
    """Return the letters, marks and digits of it, as many as are kept: a ligature may stand for words with spaces."""
    return "".join(_BARE.findall(folded))[:LONGEST]
