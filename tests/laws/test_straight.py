"""The short way in: every route has it, and whoever sends something wrong cannot tell which way it took."""

import asyncio

import httpx
import pytest

from apropos_service.app import ROUTERS, create_app
from apropos_service.settings import Settings
from apropos_service.straight import Straight
from calling import http_client
from laws.test_tenancy import OPERATIONS, alike, nobodys
from operations import ROUTES, address, calls

WINDING: set[tuple[str, str]] = set()
"""What only FastAPI knows how to serve."""
JSON = {"Content-Type": "application/json"}
QUERY = {"limit": "0", "render": "pdf", "after": "x", "cursor": "x", "record": "x", "wait": "-1", "query": "x" * 200}
HEADERS = {"If-Match": "x", "If-None-Match": "x", "Idempotency-Key": "x" * 300, "Apropos-Actor": "x" * 200}
WRONG = {
    "nothing": {},
    "no JSON": {"content": b"{", "headers": JSON},
    "a list": {"content": b"[1]", "headers": JSON},
    "an unknown member": {"content": b'{"nonsense": 1}', "headers": JSON},
    "half a character": {"content": b'{"body": "\\ud800", "name": "\\ud800"}', "headers": JSON},
    "a text": {"content": b'{"body": "x"}', "headers": {"Content-Type": "text/plain"}},
    "a query": {"params": QUERY},
    "a parameter twice": {"params": [("render", "html"), ("render", "html")]},
    "a header": {"headers": HEADERS},
}


@pytest.fixture(scope="session")
def winding(service):
    """The service without the short way."""
    app = create_app(Settings(data_dir=service.app.state.settings.data_dir))
    app.state = service.app.state
    app.user_middleware = [each for each in app.user_middleware if each.cls is not Straight]
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=service.url)


@pytest.fixture
async def both(service, winding):
    """Ask both ways; gives what is alike in the two answers."""
    async with http_client(service.url) as straight:

        async def ask(method, path, **given):
            answers = [
                await straight.request(method, path, **given),
                asyncio.run_coroutine_threadsafe(winding.request(method, path, **given), service.loop).result(30),
            ]
            known = nobodys()
            return [(answer.status_code, "" if answer.is_success else alike(answer.text, known)) for answer in answers]

        yield ask


def test_every_route_has_the_short_way():
    straight = Straight(None, [route for router in ROUTERS for route in router.routes])

    assert {(method, path) for method, path in ROUTES if straight.door(method, path) is None} == WINDING


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one[1] != "/v1/stream"], ids=" ".join)
async def test_what_is_wrong_is_answered_the_same_on_either_way(both, world, bearer, operation):
    method, path = operation
    known = nobodys()
    host, eve = {"Authorization": f"Bearer {world.key}"}, bearer("eve", {"invoice:*": "read"})
    right = {"params": calls(known)[operation].query, "json": calls(known)[operation].json}
    asked = [(address(path, known), {**wrong, "headers": {**host, **wrong.get("headers", {})}}) for wrong in WRONG.values()]
    asked += [(address(path, known), {**right, "headers": who}) for who in (eve, {})]
    asked += [(place, {**right, "headers": eve}) for place in (address(path, known) + "x", address(path, known) + "/")]

    for place, given in asked:
        straight, winding = await both(method, place, **given)

        assert straight == winding or (straight[0] < 300 and winding[0] < 300), (place, given)
