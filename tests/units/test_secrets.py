"""Secrets are different each time, compared by a hash, and sealed so that what was altered does not open."""

import re
import time

import pytest

from apropos_service import ids
from apropos_service.access.secrets import Vault, new_key, new_signing_secret

VAULT = Vault(b"k" * 32)
PURPOSE = "cursor wsp_1 comments"
SEALED = VAULT.seal(PURPOSE, b'[17,"thr_1"]')


def test_a_key_says_its_id_and_has_256_random_bits():
    key_id = ids.new("key")
    made = [new_key(key_id) for _ in range(1_000)]

    assert len(set(made)) == 1_000
    for plain in made:
        assert re.fullmatch(rf"apk_{key_id.removeprefix('key_')}_[A-Za-z0-9_-]{{43}}", plain)


def test_a_signing_secret_has_256_random_bits():
    made = {new_signing_secret() for _ in range(1_000)}

    assert len(made) == 1_000
    assert all(re.fullmatch(r"aps_[A-Za-z0-9_-]{43}", secret) for secret in made)


def test_a_fingerprint_is_the_same_only_for_the_same_secret_of_the_same_operator():
    assert VAULT.fingerprint("apk_a") == Vault(b"k" * 32).fingerprint("apk_a")
    assert VAULT.fingerprint("apk_a") != VAULT.fingerprint("apk_b")
    assert VAULT.fingerprint("apk_a") != Vault(b"l" * 32).fingerprint("apk_a")


@pytest.mark.parametrize("value", [b"", b"\x00", b"x", b"aps_secret", bytes(range(256)) * 40])
def test_what_is_sealed_opens_for_its_purpose_alone(value):
    sealed = VAULT.seal(PURPOSE, value)

    assert re.fullmatch(r"[A-Za-z0-9_-]+", sealed)
    assert VAULT.seal(PURPOSE, value) == sealed
    assert VAULT.open(PURPOSE, sealed) == value
    assert VAULT.open("cursor wsp_2 comments", sealed) is None
    assert VAULT.open("answer wsp_1 comments", sealed) is None
    assert Vault(b"l" * 32).open(PURPOSE, sealed) is None


@pytest.mark.parametrize("place", range(len(SEALED)))
def test_no_character_of_what_is_sealed_can_be_another(place):
    for other in "ABab01-_=+/. \n\0ä":
        if other != SEALED[place]:
            assert VAULT.open(PURPOSE, SEALED[:place] + other + SEALED[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    ["", "A", "AAAA", "=", SEALED + "=", SEALED + "A", SEALED[:-1], SEALED[4:], f" {SEALED}", "\ud800", "x" * 10_000],
    ids=ascii,
)
def test_what_was_never_sealed_does_not_open(text):
    assert VAULT.open(PURPOSE, text) is None


def test_sealing_and_opening_are_quick():
    start = time.process_time()
    for _ in range(1_000):
        VAULT.open(PURPOSE, VAULT.seal(PURPOSE, b'[17,"thr_1"]'))

    assert time.process_time() - start < 0.5
