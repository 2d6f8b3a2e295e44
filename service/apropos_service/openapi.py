"""The published contract: FastAPI's document, with every problem a route can answer."""

import re
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .errors import Problem
from .samples import sample
from .wire import ProblemDocument

ALWAYS = {
    "401": "Who is calling is missing or wrong",
    "403": "The caller may not do that",
    "404": "Nothing here that the caller can see",
    "422": "A member is missing, unknown or wrong",
    "429": "Too many requests",
    "503": "Overloaded or the database is away; send it again",
}
CHANGING = {
    "409": "It does not fit what is there",
    "413": "The body is too large",
    "415": "The body is not JSON",
    "507": "There is no room left",
}
SELDOM = {
    "410": "What is asked for is no longer kept",
    "412": "It was changed meanwhile; the current state is in `current`",
    "426": "This address speaks another protocol",
}
PROBLEMS = ALWAYS | CHANGING | SELDOM
ACTOR = {
    "name": "Apropos-Actor", "in": "header", "required": False, "schema": {"type": "string"}, "examples": {
        "plain": {"value": "ada"}, "any script": {"value": "%D9%85%D9%86%D9%89", "summary": "منى"},
    },
    "description": "With a server key: the id of the person it acts as, percent-encoded UTF-8 where it is not plain ASCII.",
}  # fmt: skip
ONCE = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "examples": {"random": {"value": "6f1c9a52-9a0e-4c0b-9a43-0a3f5e1b7f10"}},
    "description": "The same key with the same request is answered again for 24 hours as it was first, and has one effect; with "
    "another request it is 422 `idempotency_mismatch`, and while the first is under way 409 `in_flight`.",
}  # fmt: skip
HEADERS = {
    "X-Request-Id": ("The id of this request, as it was sent or made; it is in the log", "req_01k0000000e00g0r40g30e209g"),
    "ETag": ("What this is at: its `version`, or of a conversation what is shown; for If-Match or If-None-Match", '"3"'),
    "Retry-After": ("Seconds after which to send it again", "1"),
    "RateLimit": ("What is left of the limit, and in how many seconds it is whole again", '"default";r=0;t=12'),
    "RateLimit-Policy": ("The limit, and the seconds it is for", '"default";q=600;w=60'),
}
"""What answers carry, and an example."""
LATER = {"429": ("Retry-After", "RateLimit", "RateLimit-Policy"), "503": ("Retry-After",), "409": ("Retry-After",)}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return `/openapi.json`."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = document["components"]["schemas"]
        schemas["ProblemDocument"] = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        document["components"]["responses"] = {f"Problem{status}": _problem(status, said) for status, said in PROBLEMS.items()}
        document["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A server key or a person's token"}
        }
        document["components"]["headers"] = {
            name: {"description": said, "schema": {"type": "string"}, "example": each} for name, (said, each) in HEADERS.items()
        }
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        document = _called(document)
        for methods in document["paths"].values():
            for operation in methods.values():
                _exemplify(operation, document["components"]["schemas"])
        app.openapi_schema = document
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    if path.startswith("/v1"):
        operation["security"] = [{"bearer": []}]
        operation["parameters"] = [*operation.get("parameters", ()), ACTOR, *([ONCE] if method != "get" else ())]
        answers |= {status: {} for status in ALWAYS | (CHANGING if method != "get" else {})}
        if any(each["name"] == "if-match" for each in operation["parameters"]):
            answers["412"] = {}
    else:
        answers.pop("422", None)
    for status in answers:
        if status in PROBLEMS and "content" not in answers[status]:
            answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
    if "201" in answers and "200" not in answers and method == "post":
        answers["200"] = {**answers["201"], "description": "It was created before, by the same request"}
    for said in answers.values():
        if "$ref" not in said:
            said["headers"] = said.get("headers", {}) | _headers("X-Request-Id")


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _called(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with names of schemas that say what they are."""
    text = orjson.dumps(document).decode()
    text = re.sub(r"\bListing_(\w+?)(?:Shape)?_(?=\")", r"\1List", text)
    called: dict[str, Any] = orjson.loads(re.sub(r"(?<=[\"/])(Key|SigningKey|Workspace)Shape(?=\")", r"\1", text))
    return called


def _exemplify(operation: dict[str, Any], shapes: dict[str, Any]) -> None:
    """Give everything that goes in or out as JSON an example, and what has a version its `ETag`."""
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).get("application/json")
        if content and status in ("200", "201"):
            content["example"] = sample(content["schema"], shapes)
            shape = shapes.get(content["schema"].get("$ref", "").rpartition("/")[2], {})
            answer["headers"] |= _headers("ETag") if "version" in shape.get("properties", {}) else {}
        if status == "304":
            answer["headers"] |= _headers("ETag")
            operation["responses"]["200"]["headers"] |= _headers("ETag")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = sample(content["schema"], shapes)


def _problem(status: str, said: str) -> dict[str, Any]:
    """Return a response with every problem of this status as an example."""
    examples = {each.code: {"summary": each.title, "value": each.document()} for each in _problems() if str(each.status) == status}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    headers = _headers("X-Request-Id", *LATER.get(status, ()), *(["ETag"] if status == "412" else []))
    return {
        "description": said, "headers": headers,
        "content": {"application/problem+json": {"schema": schema, "examples": examples}},
    }  # fmt: skip


def _problems() -> list[Problem]:
    """Return one of each kind of problem that leaves the service, by code."""
    kinds, found = [Problem], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found.add(kind)
    return sorted((kind() for kind in found - {Problem} if kind.published), key=lambda each: each.code)
