"""Whom a host acts as: every id has one meaning in the header, whatever its script."""

import pytest

from apropos_service.access.actor import read
from apropos_service.errors import ValidationFailed


def as_it_arrives(text):
    """Return what ASGI gives of a header that was sent as UTF-8."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    ("sent", "person_id"),
    [
        ("ada", "ada"), ("%D9%85%D9%86%D9%89", "منى"), ("منى", "منى"), ("j%c3%bcrgen", "jürgen"), ("jürgen", "jürgen"),
        ("100%25", "100%"), ("a%252Fb", "a%2Fb"), ("a/b;c=d", "a/b;c=d"), ("%20ada", " ada"), ("x" * 128, "x" * 128),
    ],
)  # fmt: skip
def test_an_id_is_read_as_it_is_or_percent_encoded(sent, person_id):
    assert read(as_it_arrives(sent)) == person_id


@pytest.mark.parametrize(
    "sent", ["", "  ", "%20", "100%", "%zz", "%", "%ff", "%C3", "%ED%A0%80", "a%00", "a%0Ab", "%C2%85", "x" * 129, "%41" * 129]
)
def test_what_names_nobody_is_refused_by_the_name_of_the_header(sent):
    with pytest.raises(ValidationFailed) as refusal:
        read(as_it_arrives(sent))

    assert [error["path"] for error in refusal.value.facts["errors"]] == ["Apropos-Actor"]


def test_what_is_not_utf_8_is_refused():
    with pytest.raises(ValidationFailed):
        read("j\xfcrgen")
