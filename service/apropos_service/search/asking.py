"""What somebody looks for, read out of a line: words, `"words in this order"`, `-without`. Pure.

Law: all words are to be found in a discussion, each in any of its texts; what is quoted in one text, as it is written.
The word being typed is found by its beginning. Small words are left out where others stand beside them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..database.found import Alternatives
from ..errors import ValidationFailed
from ..folding import fold
from .languages import LATIN, SMALL, languages_of
from .words import Word, pairs, places, stemmed

MOST: Final = 12
"""So many words are looked for."""
LONGEST: Final = 500
_ITEM: Final = re.compile(r'(?P<no>(?<!\S)-(?=[\w"“„«]))?(?:["“”„«](?P<quoted>[^"“”»]*)["“”»]|(?P<plain>[^\s"“”„«]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: any of these alternatives, each of them words that stand in one text; in order when it is `quoted`."""

    any_of: Alternatives
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be found, and what is not."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...]


def asked(line: str) -> Asked:
    """Read a line. Raises `ValidationFailed` when there is nothing to look for, or more than `MOST` words."""
    terms: list[Term] = []
    without: list[Term] = []
    for found in _ITEM.finditer(line):
        (without if found["no"] else terms).extend(_terms(found, typing=found.end() == len(line)))
    wanted = [term for term in terms if not _is_small(term)] or terms
    if not wanted:
        raise ValidationFailed.at("q", "has a word to look for: a letter or a digit")
    if len(wanted) + len(without) > MOST:
        raise ValidationFailed.at("q", f"has at most {MOST} words")
    return Asked(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(without)))


def _terms(found: "re.Match[str]", *, typing: bool) -> Iterator[Term]:
    if found["quoted"] is not None:
        order = tuple(part for _, _, word in places(found["quoted"]) for part in _exact(word))
        if order:
            yield Term((order,), quoted=order)
        return
    seen = [word for _, _, word in places(found["plain"])]
    ends = typing and found["plain"][-1:].isalnum() and not found["no"]
    for word in seen:
        yield Term(tuple(dict.fromkeys(_alternatives(word, typing=ends and word is seen[-1]))))


def _exact(word: Word) -> tuple[str, ...]:
    return tuple(pairs(word.parts[0])[:-1] or word.parts) if word.unspaced else word.parts


def _alternatives(word: Word, *, typing: bool) -> Iterator[tuple[str, ...]]:
    """Return the ways in which a word may stand in a text."""
    if word.unspaced:
        run = word.parts[0]
        yield tuple(pairs(run)[:-1]) if len(run) > 1 else (f"{run}*",)
        return
    yield (word.joined,)
    yield word.parts
    if typing and len(word.joined) > 1:
        yield (f"{word.joined}*",)
        yield (*word.parts[:-1], f"{word.parts[-1]}*")
    spoken = [languages_of(part, LATIN) for part in word.written]
    for language in (*LATIN, "ar"):
        if all(language in each for each in spoken):
            yield tuple(stemmed(part, language) for part in word.written)


def _is_small(term: Term) -> bool:
    return not term.quoted and len(term.any_of[0]) == 1 and fold(term.any_of[0][0]) in SMALL
