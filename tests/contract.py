"""Every answer that a test gets is held against the published contract: its status is declared and its body is of that shape.

Law: it only listens. A test in which an answer broke the contract fails, whatever else it found.
"""

import json
from functools import cache
from pathlib import Path

import jsonschema_rs

PUBLISHED = Path(__file__).parents[1] / "docs" / "openapi.json"
DOCUMENT = json.loads(PUBLISHED.read_bytes())
PROBLEM, JSON = "application/problem+json", "application/json"
MEMBERS = {"type", "title", "status", "detail", "code"}

BROKEN = []
"""What broke the contract since it was last looked at, in words."""


class Contract:
    """Stands before the service, and notes what leaves it."""

    def __init__(self, app):
        self._app = app
        self.state = app.state  # which WebSockets stand on

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] in {"HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        start, body = {}, bytearray()

        async def noted(message):
            if message["type"] == "http.response.start":
                start.update(message)
            elif _is_json(start):
                body.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self._hold(scope, start, bytes(body))
            await send(message)

        await self._app(scope, receive, noted)

    def _hold(self, scope, start, body):
        route = getattr(scope.get("route"), "path", None)
        wrong = what_is_wrong(scope["method"].lower(), route, start["status"], _kind(start), body)
        if wrong:
            BROKEN.append(f"{scope['method']} {scope['path']} ({route}) {start['status']}: {wrong}\n{body[:600]!r}")


def what_is_wrong(method, route, status, kind, body):
    """Return what the contract does not say of an answer, or nothing."""
    if status >= 500 and status not in {503, 507}:
        return "something failed"
    if status >= 400 and (route is None or kind == PROBLEM) and (wrong := _not_a_problem(kind, body, status)):
        return wrong
    operation = DOCUMENT["paths"].get(route, {}).get(method)
    if operation is None:
        return "no such operation is declared" if route and route.startswith("/v1") and status not in {404, 405} else ""
    if str(status) not in operation["responses"]:
        return f"declared are {', '.join(operation['responses'])}"
    return _unlike(_answer(route, method, status).get("content", {}), (route, method, status, kind), body)


def _unlike(content, which, body):
    kind = which[-1]
    if kind and content and not content.keys() & {kind, "*/*"}:
        return f"is {kind}, declared are {', '.join(content)}"
    if _is_text(kind) and "schema" in content.get(kind, {}):
        return _mismatch(_validator(*which), body)
    return "has a body, none is declared" if body and not content else ""


def _not_a_problem(kind, body, status):
    if kind != PROBLEM:
        return f"a refusal is {PROBLEM}, not {kind}"
    document = json.loads(body)
    missing = MEMBERS - document.keys()
    if missing:
        return f"lacks {', '.join(sorted(missing))}"
    agree = document["status"] == status and document["type"] == f"/problems/{document['code']}"
    return "" if agree else "its members do not agree"


def _mismatch(validator, body):
    found = next(validator.iter_errors(json.loads(body)), None)
    return "" if found is None else f"{'.'.join(map(str, found.instance_path))}: {found.message}"[:400]


@cache
def _validator(route, method, status, kind):
    schema = _answer(route, method, status)["content"][kind]["schema"]
    whole = {"allOf": [schema], "components": DOCUMENT["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _answer(route, method, status):
    said = DOCUMENT["paths"][route][method]["responses"][str(status)]
    return DOCUMENT["components"]["responses"][said["$ref"].rpartition("/")[2]] if "$ref" in said else said


def _kind(start):
    named = next((value for name, value in start.get("headers", ()) if name.lower() == b"content-type"), b"")
    return named.decode().partition(";")[0]


def _is_json(start):
    return _is_text(_kind(start))


def _is_text(kind):
    return kind in {JSON, PROBLEM}
