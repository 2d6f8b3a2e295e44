"""The house keeps its own rules: small rooms, words of the glossary, nothing that ties a build to one registry."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = [
    room
    for room in sorted([*ROOT.glob("service/**/*.py"), *ROOT.glob("sdk/apropos/**/*.py")])
    if room.parent.name != "versions"  # a migration is as long as the tables are
]
NOT_OURS = re.compile(r"(Service|Manager|Helper|Util|Handler|Processor|Info|Data|DTO)$")


def named(room: Path) -> str:
    return str(room.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_a_room_says_why_it_exists_and_stays_small(room):
    text = room.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text)), "its first line says why it exists"
    assert len(text.splitlines()) <= 250, "a room this long is two rooms"


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_names_say_what_a_thing_is(room):
    names = [node.name for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)]

    assert room.stem not in {"utils", "util", "helpers", "common", "base", "core", "misc"}
    assert [name for name in names if NOT_OURS.search(name)] == []


@pytest.mark.parametrize("pins", sorted(ROOT.glob("requirements/*.txt")), ids=named)
def test_what_we_need_is_known_by_its_hash_and_not_by_its_place(pins):
    text = pins.read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())

    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text


@pytest.mark.parametrize("lock", ["widget/package-lock.json", "tests/tryton/package-lock.json"])
def test_packages_of_npm_are_known_by_their_hash_and_not_by_their_place(lock):
    lock = json.loads((ROOT / lock).read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package and not package.get("link")] == []
    assert [name for name, package in packages.items() if "resolved" in package and not package.get("link")] == []


def test_every_example_is_in_the_list_of_examples():
    examples = ROOT / "examples"
    there = {each.name for each in examples.iterdir() if not each.name.startswith((".", "__", "package", "node_modules", "README"))}
    listed = set(re.findall(r"\[`([\w.]+)`\]\((?:\1)(?:/\w+\.py)?\)", (examples / "README.md").read_text(encoding="utf-8")))

    assert listed == there
