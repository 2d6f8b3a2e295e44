"""The published contract: FastAPI's document, with every problem a route can answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .errors import Problem
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
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        app.openapi_schema = document
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    if path.startswith("/v1"):
        operation["security"] = [{"bearer": []}]
        operation["parameters"] = [*operation.get("parameters", ()), ACTOR]
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


def _problem(status: str, said: str) -> dict[str, Any]:
    """Return a response with every problem of this status as an example."""
    examples = {each.code: {"summary": each.title, "value": each.document()} for each in _problems() if str(each.status) == status}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {"description": said, "content": {"application/problem+json": {"schema": schema, "examples": examples}}}


def _problems() -> list[Problem]:
    """Return one of each kind of problem that leaves the service, by code."""
    kinds, found = [Problem], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found.add(kind)
    return sorted((kind() for kind in found - {Problem} if kind.published), key=lambda each: each.code)
