"""What changed between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from apropos_service.threads.difference import difference

WORDS = some.lists(some.sampled_from(["a", "b", "the", " ", "  ", "\n", ".", "zwölf", "日本", "è"]), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("same", "same", [(" ", "same")]),
        ("", "new", [("+", "new")]),
        ("30 by June.", "30 by September.", [(" ", "30 by "), ("-", "June"), ("+", "September"), (" ", ".")]),
        ("one two three", "one three", [(" ", "one "), ("-", "two "), (" ", "three")]),
        ("the old plan is good", "the new idea is good", [(" ", "the "), ("-", "old plan"), ("+", "new idea"), (" ", " is good")]),
        ("価格は百円", "価格は千円", [(" ", "価格は"), ("-", "百"), ("+", "千"), (" ", "円")]),
        ("Müller", "Muller", [("-", "Müller"), ("+", "Muller")]),
    ],
)
def test_what_went_and_what_came(before, after, pieces):
    assert difference(before, after) == pieces


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_difference(before, after):
    pieces = difference(before, after)

    assert "".join(text for sign, text in pieces if sign != "+") == before
    assert "".join(text for sign, text in pieces if sign != "-") == after
    assert all(text for _, text in pieces)
    assert all(one[0] != other[0] for one, other in pairwise(pieces))


def test_texts_without_anything_in_common_are_told_as_two():
    before, after = " ".join(f"a{n}" for n in range(2000)), " ".join(f"b{n}" for n in range(2000))

    assert difference(f"x {before} y", f"x {after} y") == [(" ", "x "), ("-", before), ("+", after), (" ", " y")]


def test_hostile_texts_are_told_too():
    before, after = "a b " * 2400, "b a " * 2300 + "c"
    pieces = difference(before, after)

    assert "".join(text for sign, text in pieces if sign != "+") == before
