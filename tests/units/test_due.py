"""When a day is over, and what an action is called that came from a comment."""

from datetime import UTC, date, datetime

import pytest

from apropos_service.threads.due import due_at, zone
from apropos_service.threads.headline import LONGEST, headline
from apropos_service.threads.text import render

DAY = date(2026, 11, 27)


def milliseconds(*when):
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("time_zone", "ends"),
    [
        (None, (2026, 11, 27, 23, 59, 59)),
        ("Europe/Rome", (2026, 11, 27, 22, 59, 59)),
        ("Pacific/Kiritimati", (2026, 11, 27, 9, 59, 59)),
        ("America/Sao_Paulo", (2026, 11, 28, 2, 59, 59)),
    ],
)
def test_a_day_is_over_where_somebody_is(time_zone, ends):
    assert due_at(DAY, time_zone) == milliseconds(*ends)


def test_a_time_is_what_it_is_and_nothing_is_nothing():
    assert (due_at(1234, "Europe/Rome"), due_at(None, "Europe/Rome")) == (1234, None)


@pytest.mark.parametrize("name", ["", "Nowhere/Else", "../../etc/passwd", "/etc/localtime", "Europe", "x\x00y", "é" * 64])
def test_what_names_no_time_zone_is_utc(name):
    assert zone(name) is UTC


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Call Kestrel\nand tell them", "Call Kestrel"),
        ("# Call **Kestrel**\n\ntoday", "Call Kestrel"),
        ("> quoted\n\nmine", "quoted"),
        ("- [ ] first\n- [x] second", "first"),
        ("| PO | pumps |\n|---|---|\n| 1 | 30 |", "PO pumps"),
        ("[the plan](https://example.com/plan) of `VT-400`", "the plan of VT-400"),
        ("<@tomasz>, <@group:planning> and <@nobody>: move it", "@Tomasz Wolny, @Planning and @nobody: move it"),
        ("```\n\ncode\nmore\n```", "code"),
        ("---\n\nafter the line", "after the line"),
        ("---", ""),
    ],
)
def test_an_action_is_called_after_the_first_line_that_says_something(body, line):
    names = {"tomasz": "Tomasz Wolny", "group:planning": "Planning"}

    assert headline(render(body).nodes, names) == line


def test_a_long_line_is_cut():
    line = headline(render("word " * 300).nodes, {})

    assert len(line) <= LONGEST
    assert line.endswith("word…")
