"""The widget's files as pages get them: compressed where the browser takes it, and each form with a tag of its own."""

import gzip
from pathlib import Path

import brotli
import httpx
import pytest

DIST = Path(__file__).parents[2] / "widget/dist"
LARGE = max(DIST.glob("chunks/*/*.js"), key=lambda file: file.stat().st_size).relative_to(DIST).as_posix()
PLAIN = (DIST / LARGE).read_bytes()
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def fetch(world, accepted, **headers):
    """Return an answer with its bytes as they came."""
    with httpx.stream("GET", f"{world.url}/widget/{LARGE}", headers={"Accept-Encoding": accepted, **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("GZIP;q=0.5 , identity", "gzip"), ("br;q=0, gzip", "gzip"),
        ("gzip; q=0.000", None), ("identity", None), ("zstd;x, ,;", None), ("", None),
    ],
)  # fmt: skip
def test_a_file_comes_as_the_browser_takes_it(world, accepted, encoding):
    answer, content = fetch(world, accepted)
    assert (answer.status_code, answer.headers.get("content-encoding")) == (200, encoding)
    assert OPENED[encoding](content) == PLAIN
    assert int(answer.headers["content-length"]) == len(content)
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert len(content) < len(PLAIN) / 2 or encoding is None


def test_each_form_is_kept_by_its_own_tag(world):
    tags = {accepted: fetch(world, accepted)[0].headers["etag"] for accepted in ("br", "gzip", "identity")}
    assert len(set(tags.values())) == len(tags)
    for accepted, tag in tags.items():
        again, content = fetch(world, accepted, **{"If-None-Match": tag})
        assert (again.status_code, content, again.headers["vary"]) == (304, b"", "Accept-Encoding")


def test_nobody_names_a_compressed_file(world):
    assert httpx.get(f"{world.url}/widget/{LARGE}.gz").status_code == 404
