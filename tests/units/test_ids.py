"""An id has one spelling, says what it is, and sorts by time."""

from uuid import UUID

import pytest

from apropos_service import ids

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def uuid_of(identity):
    number = 0
    for character in identity.partition("_")[2]:
        number = number * 32 + ALPHABET.index(character)
    return UUID(int=number)


@pytest.mark.parametrize("prefix", ids.PREFIXES)
def test_a_new_id_is_one_of_its_kind(prefix):
    identity = ids.new(prefix)

    assert ids.is_id(identity, prefix)
    assert identity.startswith(f"{prefix}_")
    assert uuid_of(identity).version == 7
    assert [other for other in ids.PREFIXES if ids.is_id(identity, other)] == [prefix]


def test_new_ids_are_different_and_sort_in_the_order_they_were_made():
    made = [ids.new("cmt") for _ in range(10_000)]

    assert len(set(made)) == 10_000
    assert made == sorted(made)


WRONG = [
    "",
    "thr",
    "thr_",
    "thr_01h455vb4pex5vsknk084sn02",
    "thr_01h455vb4pex5vsknk084sn02qq",
    "cmt_01h455vb4pex5vsknk084sn02q",
    "THR_01h455vb4pex5vsknk084sn02q",
    "thr_01H455VB4PEX5VSKNK084SN02Q",
    "thr_81h455vb4pex5vsknk084sn02q",
    "thr-01h455vb4pex5vsknk084sn02q",
    "thr_01h455vb4pex5vsknk084sn02l",
    "thr_01h455vb4pex5vsknk084sn0iu",
    "thr_01h455vb4pex5vsknk084sn02q\n",
    " thr_01h455vb4pex5vsknk084sn02q",
    "thr_01h455vb4pex5vsknk084sn02\u0661",
    "thr__01h455vb4pex5vsknk084sn02q",
    "thr_01890a5d-ac96-774b-bcce-b302099a8057",
]


@pytest.mark.parametrize("value", WRONG)
def test_every_other_spelling_is_refused(value):
    assert not ids.is_id(value, "thr")


def test_the_specification_own_example_is_accepted():
    assert ids.is_id("thr_01h455vb4pex5vsknk084sn02q", "thr")
    assert uuid_of("thr_01h455vb4pex5vsknk084sn02q") == UUID("01890a5d-ac96-774b-bcce-b302099a8057")
