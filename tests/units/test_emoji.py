import pytest
from emoji import EMOJI_DATA, STATUS

from apropos_service.threads.emoji import one_emoji


def test_each_emoji_of_unicode_is_one_however_it_is_qualified():
    listed = {one for one, said in EMOJI_DATA.items() if said["status"] != STATUS["component"]}
    whole = {one for one, said in EMOJI_DATA.items() if said["status"] == STATUS["fully_qualified"]}

    assert {one for one in listed if one_emoji(one) is None} == set()
    assert {one_emoji(one) for one in listed} == whole


@pytest.mark.parametrize("one", ["👍", "👍🏽", "👩‍💻", "👨‍👩‍👧‍👦", "👩🏻‍❤️‍💋‍👨🏿", "🏳️‍🌈", "🇮🇹", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "❤️"])
def test_sequences_tones_flags_and_keycaps_are_one(one):
    assert one_emoji(one) == one


@pytest.mark.parametrize(("typed", "whole"), [("❤", "❤️"), ("☀", "☀️"), ("🏳‍🌈", "🏳️‍🌈"), ("👁‍🗨", "👁️‍🗨️"), ("#⃣", "#️⃣")])
def test_what_looks_the_same_is_the_same(typed, whole):
    assert one_emoji(typed) == one_emoji(whole) == whole


@pytest.mark.parametrize(
    "given",
    ["", "a", "ok", "1", "#", "👍👍", "👍 ", "👍a", "🏽", "\u200d", "\ufe0f", "👍\u200d", "🇮", "🇽🇽", "🇮🇹🇮🇹",
     "<b>", ":+1:", "👍\u202e", "❤\ufe0e", "→", "\x00"],
)  # fmt: skip
def test_words_parts_and_two_are_none(given):
    assert one_emoji(given) is None
