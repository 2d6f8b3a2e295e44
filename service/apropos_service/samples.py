"""One example of everything that goes in or out, made from its schema. Pure.

Law: an example is of its schema, and says what the schemas themselves give as `examples`, so there is one place to change it.
"""

from typing import Any, Final

DEPTH: Final = 12
"""Schemas inside schemas, deeper than any of ours."""
IDS: Final = {
    "thread": "thr", "comment": "cmt", "quote": "cmt", "answer": "cmt", "action": "act", "attachment": "att", "event": "evt",
    "key": "key", "webhook": "whk", "delivery": "dlv", "request": "ask", "workspace": "wsp", "record": "rec",
}  # fmt: skip
BY_NAME: Final = {
    "record": "forecast_line:FL-7", "from": "forecast_line:FL-6", "into": "forecast_line:FL-7", "type": "forecast_line",
    "title": "VT-400, Q3", "name": "Ada", "author": "ada", "sponsor": "jonas", "html": "<p>Which figure do we lock?</p>",
    "types": ["comment.posted"], "mentions": ["ada"], "summary": "Locked at 900,000", "emoji": "👍", "reason": "said twice",
    "cursor": "gCkLeIL-j9fOWKxm", "next": None, "url": "https://crm.example/fl/7", "currency": "EUR", "text": "Call Kestrel",
}  # fmt: skip
"""What members say that no schema has an example of."""
LETTERS: Final = "01k0000000e00g0r40g30e209g"


def sample(schema: dict[str, Any], shapes: dict[str, Any]) -> Any:
    """Return an example of a schema, whose `$ref`s lead to `shapes`: of what goes in, what is needed and has an example."""
    return _of(schema, shapes, "", "", DEPTH)


def _of(schema: dict[str, Any], shapes: dict[str, Any], name: str, inside: str, depth: int) -> Any:
    if "$ref" in schema:
        inside = schema["$ref"].rpartition("/")[2]
        return _of(shapes[inside], shapes, name, inside, depth)
    if "examples" in schema:
        return schema["examples"][0]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema or "oneOf" in schema:
        return _of((schema.get("anyOf") or schema["oneOf"])[0], shapes, name, inside, depth)
    if "properties" in schema:
        return _object(schema, shapes, inside, depth - 1)
    return _plain(schema, shapes, name, inside, depth)


def _object(schema: dict[str, Any], shapes: dict[str, Any], inside: str, depth: int) -> dict[str, Any]:
    needed, goes_in = set(schema.get("required", ())), inside.endswith(("Draft", "Patch"))
    members = schema["properties"].items()
    said = {
        name: _of(member, shapes, name, inside, depth)
        for name, member in members
        if depth > 0 and (name in needed or (goes_in and _has_example(member)))
    }
    first = next(iter(members), None)
    return said or ({first[0]: _of(first[1], shapes, first[0], inside, depth)} if goes_in and first and not needed else said)


def _has_example(member: dict[str, Any]) -> bool:
    return "examples" in member or any("examples" in one for one in member.get("anyOf", ()))


def _plain(schema: dict[str, Any], shapes: dict[str, Any], name: str, inside: str, depth: int) -> Any:
    kind = schema.get("type")
    if "prefixItems" in schema:
        return [_of(one, shapes, "", inside, depth) for one in schema["prefixItems"]]
    if kind == "array":
        known = BY_NAME.get(name)
        fits = isinstance(known, list) and schema.get("items", {}).get("type") == "string"
        one = _of(schema["items"], shapes, name, inside, depth - 1) if depth > 0 and schema.get("items") else None
        return known if fits else [] if one is None else [one]
    if kind == "object":
        more = schema.get("additionalProperties")
        called = _of(schema["propertyNames"], shapes, "", inside, depth) if "propertyNames" in schema else "ada"
        return {called: _of(more, shapes, "", inside, depth - 1)} if isinstance(more, dict) and more and depth > 0 else {}
    if kind == "string":
        return _text(schema, name, inside)
    return {"integer": max(1, schema.get("minimum", 1)), "number": 1.5, "boolean": True}.get(kind or "")


def _text(schema: dict[str, Any], name: str, inside: str) -> str:
    if schema.get("format") in ("date-time", "date"):
        return "2026-11-27T17:00:00.000Z" if schema["format"] == "date-time" else "2026-11-27"
    prefix = IDS.get(name.removesuffix("_id") if name != "id" else inside.removesuffix("Draft").removesuffix("Shape").lower())
    if prefix is not None and (name == "id" or name.endswith("_id")):
        return f"{prefix}_{LETTERS}"
    known = BY_NAME.get(name)
    return known if isinstance(known, str) and len(known) <= schema.get("maxLength", len(known)) else name or "ada"
