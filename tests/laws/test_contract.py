"""The published contract is what the service says of itself, and what `contract.py` holds every answer against."""

import json

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
