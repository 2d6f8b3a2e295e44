"""Who acts in journeys and laws: a host with its key, people with tokens, and bare HTTP where the SDK is too polite."""

import asyncio

import pytest

from apropos import AsyncApropos, person_token
from calling import http_client
from contract import BROKEN
from listening import until
from stage import DATABASES, empty_database, running


@pytest.fixture(scope="session", params=DATABASES)
def service(request, tmp_path_factory):
    """A running service on each database."""
    folder = tmp_path_factory.mktemp(request.param)
    with empty_database(request.param, folder) as url, running(url, folder) as stage:
        yield stage


@pytest.fixture(autouse=True)
def contract():
    """Fail a test in which an answer was not what the published contract says."""
    BROKEN.clear()
    yield
    found, BROKEN[:] = list(BROKEN), []
    assert not found, "\n".join(found[:10])


@pytest.fixture
def world(service):
    """A workspace that only this test knows."""
    return service.workspace()


@pytest.fixture
async def host(world):
    """The host's server, with a full key."""
    async with AsyncApropos(world.url, key=world.key, retries=0) as client:
        yield client


@pytest.fixture
async def visit(world):
    """A person in front of a page: `visit("ada", {"*": "read"}, guest=True)`. They may comment everywhere unless said."""
    clients = []

    def come(person, grants=None, *, role=None, **card):
        token = token_for(world, person, grants, role=role, **card)
        clients.append(AsyncApropos(world.url, token=token, retries=0))
        return clients[-1]

    yield come
    for client in clients:
        await client.close()


@pytest.fixture
def settled(service, world):
    """Wait until the readers of this test's workspace have read everything: `await settled()`."""

    async def wait():
        await until(lambda: asyncio.wrap_future(asyncio.run_coroutine_threadsafe(service.settled(world.workspace), service.loop)))

    return wait


@pytest.fixture
def rung(service, world):
    """Wait until nothing is owed in this test's workspace at a time that has come: `await rung()`."""

    async def wait():
        await until(lambda: asyncio.wrap_future(asyncio.run_coroutine_threadsafe(service.rung(world.workspace), service.loop)))

    return wait


@pytest.fixture
def clock(service):
    """The service's clock, which a test may turn; it is right again afterwards."""
    yield service.app.state.clock
    service.app.state.clock.turn(0)


@pytest.fixture
async def http(world):
    """Bare HTTP with the host's key."""
    async with http_client(world.url, world.key) as client:
        yield client


@pytest.fixture
def bearer(world):
    """Headers of a person, for bare HTTP."""

    def headers(person, grants=None, **card):
        return {"Authorization": f"Bearer {token_for(world, person, grants, **card)}"}

    return headers


def token_for(world, person, grants=None, *, role=None, **card):
    """Sign a person's token as a host's back end does."""
    everywhere = {"*": "comment"} if grants is None else grants
    return person_token(world.secret, workspace=world.workspace, person={"id": person, **card}, grants=everywhere, role=role)
