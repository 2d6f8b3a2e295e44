"""What people are called never turns the sentence that it stands in."""

import pytest

from apropos_service.people.naming import unturned


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_marks_that_turn_what_follows_are_left_out(mark):
    assert unturned(f"{mark}Ada{mark} Lovelace") == "Ada Lovelace"
    assert unturned(mark * 3) is None


@pytest.mark.parametrize("name", ["مُنى", "דנה כהן", "Zoë\u200f (زوي)", "👩\u200d🚀 Sally", "Na\u0301dia"])
def test_names_of_any_script_stay_as_they_are(name):
    assert unturned(name) == name
