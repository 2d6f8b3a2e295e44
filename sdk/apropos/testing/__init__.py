"""A service in memory, for the tests of an application that uses this SDK.

    ap = apropos.testing.fake()
    my_application.approve_order("O-7", ap)
    [thread] = ap.threads.list(record="order:O-7")

It keeps the contract's shapes and refusals: what is not found, a resolved thread, an id that another thing has, a stale
version, a wrong member. It knows no access: whoever calls may do everything, and every key or token is good.
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from .._async.client import AsyncApropos
from .._signed import signed
from .._sync.client import Apropos
from ._routes import answer
from ._world import World

ENDPOINT, KEY = "http://apropos.test", "apk_test"


class FakeApropos:
    """One service in memory; its clients, awaited or not, see the same workspace."""

    def __init__(self) -> None:
        """An empty workspace."""
        world = World()
        self.transport = httpx.MockTransport(lambda request: answer(world, request))

    def client(self) -> Apropos:
        """Return a client of it."""
        return Apropos(ENDPOINT, key=KEY, transport=self.transport)

    def async_client(self) -> AsyncApropos:
        """Return a client of it, awaited."""
        return AsyncApropos(ENDPOINT, key=KEY, transport=self.transport)


def fake() -> Apropos:
    """Return a client of a service of its own."""
    return FakeApropos().client()


def async_fake() -> AsyncApropos:
    """Return a client, awaited, of a service of its own."""
    return FakeApropos().async_client()


def sent(secret: str, envelope: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body with which the service would send this to a webhook, to try your receiver with."""
    body = json.dumps(envelope).encode()
    return signed(secret, envelope["id"], body), body
