"""What made-up people write: short business prose, each text prepared once. Pure.

Law: the same number gives the same texts, on every machine.
"""

from dataclasses import dataclass
from random import Random

import orjson

from ..search.words import words
from ..threads.said import plain
from ..threads.text import render

MANY = 3_000
"""So many different texts there are; each has a code of its own, which a search finds seldom."""
WHO = ("Procurement", "The supplier", "Finance", "The customer", "Our planner", "The plant", "Legal", "The carrier")
DOES = ("cannot deliver", "has confirmed", "asks about", "wants to move", "has not seen", "would rather split", "has priced")
WHAT = ("the first lot", "two thirds of the order", "the safety stock", "the amended terms", "this line", "the test report")
WHEN = ("before week 41", "until the forecast is locked", "this quarter", "by Thursday", "after the audit", "once it is signed")
THEN = (
    "I would lock **{n},000** for Q3 and move the rest; does that hold?", "Can somebody check `{code}` against the contract?",
    "That leaves us {n} short.\n\n- either we pay for air freight\n- or we say so now", "See [the sheet](https://example.com/{code}).",
    "Agreed.", "I asked twice and heard nothing, so I take {n} as the figure until somebody says otherwise.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A body, as it is shown, its nodes as they are stored, and the words by which it is found."""

    body: str
    html: str
    nodes: str
    words: tuple[str, ...]


def texts(chance: Random) -> list[Text]:
    """Return the texts that people choose from."""
    return [_text(f"{_sentence(chance)} {_follow(chance, number)}") for number in range(MANY)]


def found_by(text: str) -> tuple[str, ...]:
    """Return the words by which a text is found, in order."""
    return tuple(sorted(words(text)))


def _sentence(chance: Random) -> str:
    return " ".join(chance.choice(part) for part in (WHO, DOES, WHAT, WHEN)) + "."


def _follow(chance: Random, number: int) -> str:
    return chance.choice(THEN).format(n=chance.randrange(2, 950), code=f"LOT-{number}")


def _text(body: str) -> Text:
    said = render(body)
    return Text(body, said.html, orjson.dumps(said.nodes).decode(), found_by(plain(said.nodes)))
