"""What is derived is derived, and what one side can do the other can."""

import importlib.util
import inspect
from pathlib import Path

import pytest

from apropos import Apropos, AsyncApropos

SDK = Path(__file__).parents[3] / "sdk"
ROOMS = (
    "records", "people", "templates", "threads", "comments", "attachments", "actions", "events", "workspace", "access", "inbox",
    "preferences", "webhooks",
)  # fmt: skip


@pytest.fixture
def derive():
    spec = importlib.util.spec_from_file_location("derive", SDK / "derive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_side_that_does_not_wait_is_what_would_be_derived(derive):
    assert derive.main("--check") == 0


def test_a_stale_room_is_named(derive, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(derive, "TO", tmp_path)
    monkeypatch.setattr(derive, "_styled", lambda text, _: text)

    assert derive.main("--check") == 1
    assert "_sync/threads.py is stale" in capsys.readouterr().out
    assert derive.main() == 0
    assert derive.main("--check") == 0
    assert "await" not in (tmp_path / "threads.py").read_text()


def test_both_sides_can_do_the_same():
    with Apropos("http://apropos.test", key="apk_1") as ap:
        awaited = AsyncApropos("http://apropos.test", key="apk_1")
        pairs = [(ap, awaited), *((getattr(ap, room), getattr(awaited, room)) for room in ROOMS)]

        for one, other in pairs:
            assert _surface(one) == _surface(other)


def _surface(room):
    calls = inspect.getmembers(room, inspect.ismethod)
    return {name: list(inspect.signature(call).parameters) for name, call in calls if not name.startswith("_")}
