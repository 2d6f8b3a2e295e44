"""The published contract is what the service says of itself, and what `contract.py` holds every answer against."""

import json
import re

import jsonschema_rs
import pytest

from apropos_service.app import create_app
from apropos_service.operating import pretty
from apropos_service.settings import Settings
from contract import DOCUMENT, PUBLISHED, what_is_wrong
from operations import ROUTES

OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]
PROBLEM = {"type": "/problems/not_found", "title": "T", "status": 404, "detail": "D", "code": "not_found"}


def test_what_is_published_is_what_the_service_says():
    assert PUBLISHED.read_bytes() == pretty(create_app(Settings()).openapi()), "run: make openapi"


def test_every_route_is_published():
    there = {(method.lower(), path) for method, path in ROUTES if method != "WEBSOCKET"}

    assert there == {one for one in OPERATIONS if one[1].startswith("/v1")}


CHANGING = [one for one in OPERATIONS if one[1].startswith("/v1") and one[0] != "get"]


def answers_of(operation):
    """Return what an operation answers, by status."""
    responses = DOCUMENT["components"]["responses"]
    said = DOCUMENT["paths"][operation[1]][operation[0]]["responses"]
    return {status: responses[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for status, one in said.items()}


@pytest.mark.parametrize("operation", CHANGING, ids=" ".join)
def test_whatever_changes_says_that_it_takes_an_idempotency_key(operation):
    asked = {one["name"] for one in DOCUMENT["paths"][operation[1]][operation[0]]["parameters"]}

    assert {"Idempotency-Key", "Apropos-Actor"} <= asked


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one[1].startswith("/v1")], ids=" ".join)
def test_the_headers_of_answers_are_published(operation):
    answers = answers_of(operation)

    assert {"Retry-After", "RateLimit", "RateLimit-Policy"} <= answers["429"]["headers"].keys()
    assert "Retry-After" in answers["503"]["headers"]
    assert [status for status, one in answers.items() if "X-Request-Id" not in one["headers"]] == []
    for status in {"200", "201"} & answers.keys():
        schema = answers[status].get("content", {}).get("application/json", {}).get("schema", {})
        shape = DOCUMENT["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
        if "version" in shape.get("properties", {}):
            assert "ETag" in answers[status]["headers"]


def test_schemas_are_called_by_what_they_are():
    assert [name for name in DOCUMENT["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_whatever_goes_in_or_out_has_an_example_of_its_shape(operation):
    said = [*answers_of(operation).values(), DOCUMENT["paths"][operation[1]][operation[0]].get("requestBody", {})]
    for content in (one["application/json"] for each in said if "application/json" in (one := each.get("content", {}))):
        whole = {"allOf": [content["schema"]], "components": DOCUMENT["components"]}
        assert list(jsonschema_rs.Draft202012Validator(whole, validate_formats=True).iter_errors(content["example"])) == []


@pytest.mark.parametrize(
    ("status", "kind", "body", "says"),
    [
        (200, "application/json", {"nonsense": 1}, "required"), (418, "application/json", {}, "declared are"),
        (500, "application/problem+json", PROBLEM, "failed"), (404, "application/json", PROBLEM, "is application/json"),
        (404, "application/problem+json", {**PROBLEM, "code": "x"}, "agree"), (404, "application/problem+json", PROBLEM, ""),
        (404, "application/problem+json", {"type": "x"}, "lacks"), (200, "text/html", {}, "is text/html"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_the_contract_is_noticed(status, kind, body, says):
    found = what_is_wrong("get", "/v1/threads/{thread_id}", status, kind, json.dumps(body).encode())

    assert (says in found) if says else found == ""
