"""The examples of docs/guides/permissions.md, run as they stand there, against the service."""

import re
from pathlib import Path

import apropos

GUIDE = Path(__file__).parents[2] / "docs/guides/permissions.md"
NOBODY_THERE = '"https://crm.example/apropos-access"'


def test_what_the_guide_shows_works(world):
    shown = re.findall(r"```python\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == 7
    named = []
    with apropos.Apropos(world.url, key=world.key, retries=0) as ap:
        ada, mia = ap.acting_as("ada"), ap.acting_as("mia")
        ap.people.describe([{"id": "gil", "name": "Gil"}])
        thread = ada.threads.open("forecast_line:FL-7", "Which?", sponsor="mia")
        given = {
            "apropos": apropos,
            "ap": ap,
            "ada": ada,
            "mia": mia,
            "thread": thread,
            "secret": world.secret,
            "show": named.append,
        }
        for example in shown:
            exec(example.replace(NOBODY_THERE, "None"), given)  # noqa: S102 it is ours

        assert named == [["all:guests", "all:members", "di", "gus"], [{"id": "gil", "name": "Gil", "why": "record"}]]
        assert ap.threads.get(thread.id).visibility == "shared"
