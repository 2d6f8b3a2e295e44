"""Text that people take for the same is folded to the same; what is another letter stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apropos_service.folding import fold, words

SAME = [
    ("Größe", "GROSSE"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("ISPARTA \u0131sparta", "isparta isparta"),
    ("Ærøskøbing", "aeroskobing"), ("Þórður", "thordur"), ("œuvre", "OEUVRE"), ("Đà Nẵng", "da nang"), ("e\u0301te\u0301", "été"),
    ("ﬁnal", "final"), ("\uff31\uff13", "q3"), ("Σίσυφος", "ΣΙΣΥΦΟΣ"), ("ёлка", "ЕЛКА"), ("مُحَمَّد", "محمد"),
    ("فاتـــورة", "فاتوره"), ("أحمد", "احمد"), ("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
    ("١٢٣", "123"), ("۴۵", "45"), ("Rech\u00adnung", "rechnung"), ("\u200fabc\u200b", "abc"), ("ｶﾞｽ", "ガス"),
    ("\u1112\u1161\u11ab글", "한글"),
]  # fmt: skip
APART = [("か", "が"), ("は", "ぱ"), ("के", "की"), ("क्", "क"), ("กา", "กำ"), ("o", "0"), ("가", "각")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_the_same_to_people_is_folded_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_another_letter_stays_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_the_way_of_writing_accents_do_not_matter(text):
    assert fold(text.upper()) == fold(text.upper().lower())
    assert fold(text) == fold(text.replace("é", "e\u0301"))


def test_words_are_letters_and_digits_with_one_space_between():
    assert words("O'Brien,  Jean-Luc (Q3)") == "o brien jean luc q3"
    assert words(" 🎉  ! ") == "🎉 !"
    assert words("कुमार") == "कुमार"
    assert words(" ") == ""
