"""When something is tried again: as the schedule says, later when it is asked for, never for longer than a day."""

import pytest

from apropos_service.webhooks.schedule import LONGEST, PAUSES, asked_for, pause

NOW = 1_795_639_266_973


@pytest.mark.parametrize("attempts", range(1, 10))
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_a_pause_is_never_shorter_than_the_schedule_says(attempts, chance):
    seconds = PAUSES[attempts - 1]

    assert seconds * 1_000 <= pause(attempts, chance) <= seconds * 1_100


def test_after_ten_attempts_there_is_no_other():
    assert pause(10, 0.5) is None


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("0", 0), ("120", 120_000), (" 7 ", 7_000), ("9" * 5_000, LONGEST), ("999999", LONGEST), ("tomorrow", None), ("", None),
        (None, None), ("-5", None), ("1.5", None), ("١٢", None), ("Thu, 99 Nov 2026 20:00:00 GMT", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("Fri, 31 Dec 2999 23:59:59 GMT", LONGEST),
        ("Wed, 25 Nov 2026 20:42:06 GMT", 59_027),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_waited_and_what_is_no_time_is_not(said, wait):
    assert asked_for(said, NOW) == wait
