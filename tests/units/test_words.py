"""Words that neither database can misread, of texts in any script; and pieces of texts that are what was written."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apropos_service.database.found import Ask
from apropos_service.errors import ValidationFailed
from apropos_service.search.asking import asked
from apropos_service.search.excerpt import Hits, excerpt
from apropos_service.search.languages import LATIN, spoken
from apropos_service.search.words import LONGEST, words

ANYTHING = st.text() | st.text(alphabet="ab1 ,.'\"-_/&|!*():^\\%\u2019\u00a0\u200b\u0301م東กß\n")
SIGNS = set(" \t\n\r\"'&|!*():^\\%-+<>,.;")


@given(ANYTHING)
@example("½ ﷺ ① ㎏ x\u2044y")
@example("ü" * 300)
@example("م" + "ﷺ" * 63)
def test_a_word_holds_nothing_that_a_database_would_interpret(text):
    for word in words(text):
        assert word
        assert not SIGNS & set(word), word
        assert len(word) <= LONGEST + len("_de_")
        assert word == word.lower()


@given(ANYTHING)
def test_whatever_is_typed_is_a_question_or_refused_in_words(line):
    try:
        question = asked(line)
    except ValidationFailed:
        return
    for term in (*question.terms, *question.without):
        ask = Ask(term.any_of, "ab12")
        for form in (ask.for_sqlite(), ask.for_postgresql()):
            assert "''" not in form
            assert '""' not in form
        for word in (word.removesuffix("*") for every in term.any_of for word in every):
            assert word
            assert not SIGNS & set(word), word


@given(ANYTHING, ANYTHING)
@example("a b" * 400, "b")
def test_an_excerpt_is_a_piece_of_the_text_and_nothing_else(text, line):
    with contextlib.suppress(ValidationFailed):
        hits = Hits(text, asked(line).terms)
        nodes = excerpt(text, hits.spans)
        shown = "".join(node if isinstance(node, str) else node[2] for node in nodes)
        assert all(isinstance(node, str) or node[:2] == ["mark", {}] for node in nodes)
        assert shown.removeprefix("…").removesuffix("…") in f"{text} …".replace("\n", " ")
        assert bool(hits.spans) == any(isinstance(node, list) for node in nodes)


@given(ANYTHING)
def test_a_text_is_found_by_itself(text):
    with contextlib.suppress(ValidationFailed):
        kept = words(text[:60])
        for term in asked(text[:60].replace('"', " ").replace("-", " ")).terms:
            assert any(all(_has(kept, word) for word in every) for every in term.any_of), (term, kept)


@pytest.mark.parametrize(("text", "language"), [
    ("Wir müssen die Rechnungen prüfen", "de"), ("Which price do we lock for this?", "en"),
    ("¿Cuál es el precio de los camiones?", "es"), ("Quel est le prix des pompes pour nous ?", "fr"),
    ("Il prezzo della pompa non è quello", "it"), ("Proszę o faktury za pompy, które są w", "pl"),
])  # fmt: skip
def test_small_words_tell_the_language(text, language):
    assert spoken(set(text.split())) == (language,)


def test_where_nothing_tells_it_may_be_any():
    assert spoken({"VT", "400"}) == LATIN


def _has(kept, word):
    return any(one.startswith(word[:-1]) for one in kept) if word.endswith("*") else word in kept
