"""Who may, over several processes: what one of them is told holds on the others, also when no hint gets through."""

import asyncio
from contextlib import ExitStack

import pytest

from apropos import AsyncApropos, NotFound, Unauthenticated
from conftest import token_for
from hosting import site
from listening import PATIENCE, page
from stage import empty_database, running

HOSTILE = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture(scope="module", params=["postgresql", "memory"])
def two(request, tmp_path_factory):
    """Two processes on one database: they hint to each other, or each is alone."""
    folder = tmp_path_factory.mktemp("two")
    others = {"bus_url": "memory://"} if request.param == "memory" else {}
    with ExitStack() as stack:
        url = stack.enter_context(empty_database("postgresql", folder))
        yield [stack.enter_context(running(url, folder, **others)) for _ in range(2)]


@pytest.fixture
def world(two):
    """A workspace, on the first of them."""
    return two[0].workspace()


@pytest.fixture
async def there(two):
    """Callers of the second: `there(key=…)`, `there(token=…)`."""
    clients = []

    def come(**how):
        clients.append(AsyncApropos(two[1].url, retries=0, **how))
        return clients[-1]

    yield come
    for client in clients:
        await client.close()


async def until_refused(attempt, *refusals):
    """Wait until it is refused; nothing is measured."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await attempt()
            except refusals:
                return
            await asyncio.sleep(0.05)


async def test_a_verdict_taken_back_on_one_is_taken_back_on_all(two, world, host, there):
    async with site() as crm:
        crm.says["/access"] = lambda *_: {"allowed": [True, True, True]}
        await host.workspace.change(access_url=f"{crm.url}/access")
        bo = there(token=token_for(world, "bo", {}))
        await until_allowed(bo)
        crm.says["/access"] = lambda *_: {"allowed": [False, False, False]}

        async with page(two[1].url, token_for(world, "bo", {})) as listener:
            await listener.subscribe(HOSTILE)
            await host.access.changed(people=["bo"])

            frame = await listener.hear()
            await until_refused(lambda: bo.conversation(HOSTILE), NotFound)

    assert frame["error"]["code"] == "not_found"


async def test_keys_groups_and_guests_hold_everywhere(world, host, there):
    made = await host.workspace.keys.create("k")
    elsewhere = there(key=made.key)
    await elsewhere.conversation(HOSTILE)
    await host.records.describe("invoice:1", access={"groups": {"sales": "read"}})
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    cy = there(token=token_for(world, "cy", {}))
    await cy.conversation("invoice:1")

    await host.workspace.keys.revoke(made.id)
    await host.people.groups({"id": "sales", "name": "Sales", "members": []})

    await until_refused(lambda: elsewhere.conversation(HOSTILE), Unauthenticated)
    await until_refused(lambda: cy.conversation("invoice:1"), NotFound)


async def test_nobody_elsewhere_is_told_what_was_said_after_they_were_shut_out(two, world, host):
    await host.records.describe(HOSTILE, access={"groups": {"sales": "read"}})
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    thread = await host.threads.open(HOSTILE, "x")

    async with page(two[1].url, token_for(world, "cy", {})) as cy:
        await cy.subscribe(HOSTILE)
        await host.threads.comment(thread.id, "while they may")
        assert (await cy.hear())["event"]["data"]["comment"]["body"] == "while they may"
        await host.people.groups({"id": "sales", "name": "Sales", "members": []})
        await host.threads.comment(thread.id, "no longer")
        frame = await cy.hear()

    assert frame["error"]["code"] == "not_found"


async def test_who_is_shut_out_is_shut_out_of_every_record_that_they_listen_to(two, world, host):
    """The first of them where something is said finds it out; on the other nobody says anything more."""
    records = {HOSTILE, "invoice:1"}
    for record in records:
        await host.records.describe(record, access={"groups": {"sales": "read"}})
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    thread = await host.threads.open(HOSTILE, "x")

    async with page(two[1].url, token_for(world, "cy", {})) as cy:
        for record in records:
            await cy.subscribe(record)
        await host.people.groups({"id": "sales", "name": "Sales", "members": []})
        await host.threads.comment(thread.id, "no longer")
        ended = [(await cy.hear())["error"] for _ in records]

    assert {error["code"] for error in ended} == {"not_found"}
    assert {error["record"] for error in ended} == records


async def until_allowed(person):
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await person.conversation(HOSTILE)
            except NotFound:
                await asyncio.sleep(0.05)
            else:
                return
