"""What another system does to us is bounded and said plainly: it hangs, drips, floods, redirects, lies; nobody else waits."""

import asyncio

import pytest
from aiohttp import web

from apropos import AsyncApropos
from hosting import site
from listening import until
from stage import DATABASES, empty_database, running

HANGING, OTHERS = 4, 12


@pytest.fixture(scope="module", params=DATABASES)
def service(request, tmp_path_factory):
    """A service whose patience with other systems is short."""
    folder = tmp_path_factory.mktemp(request.param)
    with empty_database(request.param, folder) as url, running(url, folder, webhook_timeout=1.5) as stage:
        yield stage


async def hang(*_):
    """Never answer."""
    await asyncio.Event().wait()


def flood(*_):
    """Answer without end: a gigabyte is nothing."""

    async def pieces():
        while True:
            yield b"x" * 65_536

    return web.Response(body=pieces())


def drip(*_):
    """Begin to answer, and never come to an end."""

    async def pieces():
        yield b"x"
        await asyncio.Event().wait()

    return web.Response(body=pieces())


def says(status, **headers):
    """Answer with a status and these headers."""
    return lambda *_: web.Response(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("answer", "status", "problem"),
    [
        (hang, None, "no answer within 1.5 s"), (drip, None, "no answer within 1.5 s"), (flood, 200, None),
        (says(302, Location="http://127.0.0.1:22/"), 302, "it answered 302; redirects are not followed"),
        (says(503, Retry_After="tomorrow"), 503, "it answered 503; its Retry-After is no time"),
        (says(500), 500, "it answered 500"), (b"\xff\x00" * 9_000, 200, None),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
async def test_whatever_comes_back_is_bounded_and_said_plainly(host, answer, status, problem):
    async with site() as system:
        system.says["/hook"] = answer
        hook = await host.webhooks.create(f"{system.url}/hook", types=["thread.widened"])
        await host.webhooks.test(hook.id)

        async def tried():
            return [one.attempts[0] async for one in host.webhooks.deliveries(hook.id) if one.attempts]

        [attempt] = await until(tried)
        await host.webhooks.remove(hook.id)

    assert (attempt.number, attempt.status, attempt.problem) == (1, status, problem)
    assert len(attempt.answer or "") <= 4_096
    assert len(system.asked) == 1


async def test_an_address_that_nobody_is_at_is_said_so(host):
    hook = await host.webhooks.create("http://127.0.0.1:9/")
    await host.webhooks.test(hook.id)

    async def tried():
        return (await host.webhooks.get(hook.id)).problem

    assert "no address of it takes connections" in await until(tried)
    await host.webhooks.remove(hook.id)


async def test_whoever_asks_for_a_pause_gets_it_with_everything(service, host):
    async with site() as system:
        system.says["/hook"] = says(429, Retry_After="3600")
        hook = await host.webhooks.create(f"{system.url}/hook", types=["thread.opened"])
        await host.threads.open("invoice:1", "x")

        async def failing():
            return [one async for one in host.webhooks.deliveries(hook.id, state="failing")]

        [first] = await until(failing)
        await host.threads.open("invoice:2", "x")
        owed = await until(lambda: states(host, hook, ["owed", "failing"]))
        system.says["/hook"] = 204
        with service.ahead(3_600_000):
            await until(lambda: states(host, hook, ["delivered", "delivered"]))
        await host.webhooks.remove(hook.id)

    assert (first.next_attempt_at - first.attempts[0].at).total_seconds() >= 3_600
    assert owed[0].attempts == []


@pytest.fixture(params=DATABASES)
def patient(request, tmp_path):
    """A workspace of a service that waits for ten minutes."""
    with empty_database(request.param, tmp_path) as url, running(url, tmp_path, webhook_timeout=600) as stage:
        yield stage.workspace()


async def test_who_hangs_keeps_nobody_waiting(patient):
    async with site() as system, AsyncApropos(patient.url, key=patient.key) as host:
        system.says |= {"/hangs": hang, "/hears": 204}
        hanging = [await host.webhooks.create(f"{system.url}/hangs", types=["comment.posted"]) for _ in range(HANGING)]
        others = [await host.webhooks.create(f"{system.url}/hears", types=["comment.posted"]) for _ in range(OTHERS)]
        thread = await host.threads.open("invoice:1", "0")
        await until(lambda: all_hang(system))
        for number in range(9):
            await host.threads.comment(thread.id, str(number))

        for hook in others:
            await until(lambda hook=hook: states(host, hook, ["delivered"] * 10))
        for hook in hanging:
            assert await states(host, hook, ["owed"] * 10), "it still hangs at the first"


async def all_hang(system):
    """Tell whether every endpoint that hangs was asked, once."""
    return [path for path, *_ in system.asked].count("/hangs") == HANGING


async def states(host, hook, wanted):
    """Return the deliveries of a webhook, once they are in these states, the newest first."""
    found = [one async for one in host.webhooks.deliveries(hook.id)]
    return found if [one.state for one in found] == wanted else None
