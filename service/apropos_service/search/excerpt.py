"""A piece of a text around what was looked for, as nodes with `mark`. Pure.

Law: it is made of the text as it stands, and holds no markup of its own but `mark`.
"""

from collections.abc import Sequence
from typing import Any, Final

from ..folding import fold
from .asking import Term
from .languages import spoken
from .words import Word, forms, pairs, places

AROUND: Final = 60
"""Characters before the first mark."""
WIDTH: Final = 200
Span = tuple[int, int]


class Hits:
    """Where in a text the terms are."""

    def __init__(self, text: str, terms: Sequence[Term]) -> None:
        """Read the text once for all terms."""
        self.text = text
        self._places = list(places(text))
        self._languages = spoken({text[start:end] for start, end, _ in self._places})
        self.spans: list[Span] = []
        self.count = 0
        for term in terms:
            found = self._in_order(term.quoted) if term.quoted else self._of(term)
            self.count += bool(found)
            self.spans += found
        self.spans = _joined(self.spans)

    def _of(self, term: Term) -> list[Span]:
        wanted = {word for every in term.any_of for word in every}
        return [span for place in self._places for span in self._within(place, wanted)]

    def _within(self, place: tuple[int, int, Word], wanted: set[str]) -> list[Span]:
        start, end, word = place
        if not word.unspaced:
            return [(start, end)] if _answers(forms(self.text[start:end], self._languages), wanted) else []
        run = word.parts[0]
        if len(run) != end - start:
            return [(start, end)] if _answers(frozenset(pairs(run)), wanted) else []
        found = (start + at for at, pair in enumerate(pairs(run)) if _answers({pair}, wanted))
        return [(at, min(end, at + _width(wanted))) for at in found]

    def _in_order(self, order: Sequence[str]) -> list[Span]:
        """Return where these words follow each other."""
        row = [(start, end, part) for start, end, word in self._places for part in _exact(word)]
        stretches = (row[at : at + len(order)] for at in range(len(row) - len(order) + 1))
        return [(one[0][0], one[-1][1]) for one in stretches if [part for _, _, part in one] == list(order)]


def excerpt(text: str, spans: Sequence[Span]) -> list[Any]:
    """Return some `WIDTH` characters from before the first of these places, with each marked; `…` where the text goes on."""
    first = spans[0][0] if spans else 0
    start = max(0, first - AROUND)
    start = start and (text.find(" ", start, first) + 1 or start)
    end = min(len(text), start + WIDTH)
    end = end if end == len(text) else max(text.rfind(" ", start + WIDTH // 2, end), start + WIDTH // 2 + 1)
    nodes: list[Any] = ["…"] if start else []
    at = start
    for left, right in spans:
        if left >= end:
            break
        nodes += [_flat(text[at:left]), ["mark", {}, _flat(text[left : min(right, end)])]]
        at = min(right, end)
    return [node for node in (*nodes, _flat(text[at:end]), "…" if end < len(text) else "") if node]


def _answers(words: "frozenset[str] | set[str]", wanted: set[str]) -> bool:
    begins = tuple(word[:-1] for word in wanted if word.endswith("*"))
    return not words.isdisjoint(wanted) or (bool(begins) and any(word.startswith(begins) for word in words if "_" not in word))


def _exact(word: Word) -> Sequence[str]:
    return (pairs(fold(word.written[0]))[:-1] or word.parts) if word.unspaced else word.parts


def _width(wanted: set[str]) -> int:
    return 1 if all(len(word.rstrip("*")) == 1 for word in wanted) else 2


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Return the places in order, those that touch as one."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _flat(text: str) -> str:
    return text.replace("\n", " ")
