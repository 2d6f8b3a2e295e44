"""The SDK's models read all that the published contract says: each property is there, and takes every type it may have."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import apropos
from apropos import inbox, models
from apropos._shape import Model
from contract import DOCUMENT

SCHEMAS = DOCUMENT["components"]["schemas"]
CALLED = {
    "FieldValue": models.Field, "Reactions": models.Reaction, "Entry": inbox.InboxEntry, "Counts": models.Tallies,
}  # fmt: skip
"""Shapes that the SDK calls otherwise."""
PAGES = {"Event", "Inbox", "CommentPage", "Templates"}
"""Shapes that the SDK gives item by item, or one for each type; what is in them are shapes too."""
ROOMS = [import_module(f"apropos.{room.name}") for room in iter_modules(apropos.__path__) if not room.ispkg]
MODELS = {name: one for room in ROOMS for name, one in vars(room).items() if isinstance(one, type) and issubclass(one, Model)}


def answered():
    """Return the names of all shapes that an answer can hold."""
    found, waiting = set(), []
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            waiting += [each.get("content") for status, each in operation["responses"].items() if int(status) < 400]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(SCHEMAS[name])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


SHAPES = sorted(name for name in answered() if not name.endswith("List") and "properties" in SCHEMAS[name] and name not in PAGES)


def types(schema, defs):
    """Return the JSON types that a schema takes; none when it takes any."""
    if "$ref" in schema:
        return types(defs[schema["$ref"].rpartition("/")[2]], defs)
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            found = [types(one, defs) for one in schema[many]]
            return set() if set() in found else set().union(*found)
    if "const" in schema or "enum" in schema:
        return {"string"} if all(isinstance(one, str) for one in schema.get("enum", [schema.get("const")])) else set()
    named = schema.get("type", [])
    return {named} if isinstance(named, str) else set(named)


def test_there_are_shapes_to_hold():
    assert len(SHAPES) > 20


@pytest.mark.parametrize("name", SHAPES)
def test_the_sdk_reads_all_that_is_published(name):
    model = CALLED.get(name) or MODELS[name]
    theirs, ours = SCHEMAS[name], model.model_json_schema(by_alias=True)
    defs = ours.get("$defs", {})
    if "$ref" in ours:  # a model that holds itself
        ours = defs[ours["$ref"].rpartition("/")[2]]

    assert set(theirs["properties"]) <= set(ours["properties"]), "the SDK passes over what it should know"
    assert set(ours.get("required", ())) <= set(theirs.get("required", ())), "the SDK needs what may be missing"
    for prop, schema in theirs["properties"].items():
        takes, may_be = types(ours["properties"][prop], defs), types(schema, SCHEMAS)
        assert not takes or (may_be and may_be <= takes | ({"integer"} if "number" in takes else set())), prop
