"""Pages that are open while the service is updated go on with the widget they began with."""

import shutil
from pathlib import Path

import httpx
import pytest

from apropos_service.widget_builds import MOST
from stage import running

DIST = Path(__file__).parents[2] / "widget/dist"
BUILDS = ["first", *(f"build-{number}" for number in range(MOST))]


@pytest.fixture
def serving(tmp_path):
    """Serve with a widget of that build, which has one part: `with serving("first") as address`."""

    def serve(build):
        folder = tmp_path / f"widget-of-{build}"
        (folder / "chunks" / build).mkdir(parents=True, exist_ok=True)
        shutil.copy(DIST / "apropos.js", folder)
        (folder / "chunks" / build / "acting.js").write_text(f"export const build = '{build}'")
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        return running(f"sqlite:///{data / 'apropos.db'}", data, widget_dir=folder)

    return serve


def part(stage, build):
    return httpx.get(f"{stage.url}/widget/chunks/{build}/acting.js")


def test_what_a_page_began_with_is_there_after_an_update(serving):
    with serving("first") as stage:
        began = part(stage, "first")
        assert part(stage, "second").status_code == 404
    with serving("second") as stage:
        later = part(stage, "first")
        assert part(stage, "second").text == "export const build = 'second'"
    assert (later.status_code, later.text) == (200, began.text)
    assert later.headers["cache-control"] == began.headers["cache-control"]
    assert later.headers["content-type"] == began.headers["content-type"]


def test_the_last_builds_are_kept_and_one_that_starts_again_is_of_the_last(serving, tmp_path):
    for build in ["first", "never again", "first", *BUILDS[2:]]:
        with serving(build) as stage:
            pass
    with serving(BUILDS[-1]) as stage:
        assert part(stage, "first").status_code == 200
        assert part(stage, "never again").status_code == 404
    assert len(list((tmp_path / "data/widget").iterdir())) == MOST


def test_what_lies_outside_is_not_served(serving, tmp_path):
    with serving("first") as stage:
        (tmp_path / "data/secret.js").write_text("secret")
        for path in ("chunks/%2e%2e/secret.js", "chunks/..%2fsecret.js", "chunks/%2e%2e/%2e%2e/secret_key", "chunks//secret.js"):
            assert httpx.get(f"{stage.url}/widget/{path}").status_code == 404


def test_a_folder_that_cannot_be_written_keeps_nobody_from_starting(serving, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/widget").write_text("a file, not a folder")
    with serving("first") as stage:
        assert part(stage, "first").status_code == 200
