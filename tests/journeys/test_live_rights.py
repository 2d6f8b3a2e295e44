"""Rights that end while somebody listens: whoever is connected is looked at again every few seconds, however much they hear."""

import asyncio
import time
from contextlib import asynccontextmanager

import jwt
import pytest

from conftest import token_for
from listening import PATIENCE, page, stream

HERE, THERE = "forecast_line:a/b%2F ü:عربي", "invoice:1"
LEEWAY = 60
"""Seconds that clocks may differ: a token lives so long beyond its end."""


def ending(world, person, *, lives, grants=None):
    """Sign a token that has only seconds left, the leeway for clocks included."""
    claims = jwt.decode(token_for(world, person, grants), options={"verify_signature": False})
    claims["exp"] = int(time.time()) - LEEWAY + lives
    return jwt.encode({**claims, "iat": claims["exp"] - 600}, world.secret, "HS256")


@asynccontextmanager
async def something_always_happens(host, thread):
    """Let the record be busy, so that nobody who listens is ever idle, until the block ends."""

    async def talk():
        while True:
            await host.threads.comment(thread, "still talking")
            await asyncio.sleep(0.3)

    talking = asyncio.create_task(talk())
    try:
        yield
    finally:
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)


async def end_of(events):
    """Return what a stream said last."""
    async with asyncio.timeout(3 * PATIENCE):
        return [(kind, data) async for kind, _, data in events][-1]


async def must_close(one):
    """Fail unless the socket says why it is closed, and is."""
    while "error" not in (frame := await one.hear()):
        assert set(frame) == {"event", "cursor"}, frame
    assert frame["error"]["code"] == "unauthenticated"
    assert await one.closed() == 1008


@pytest.mark.parametrize("busy", [False, True], ids=["nothing happens", "something always happens"])
async def test_who_has_a_token_that_ends_hears_no_more(world, host, busy):
    thread = (await host.threads.open(HERE, "first")).id
    token = ending(world, "bo", lives=10)
    async with page(world.url, token) as bo, stream(world.url, {"Authorization": f"Bearer {token}"}, HERE) as events:
        await bo.subscribe(HERE)
        async with something_always_happens(host, thread) if busy else page(world.url):
            last = await end_of(events)
            await must_close(bo)

    assert (last[0], last[1]["status"], last[1]["code"]) == ("error", 401, "unauthenticated")


async def test_a_new_token_goes_on_without_a_gap(world, host):
    thread = (await host.threads.open(HERE, "first")).id
    async with page(world.url, ending(world, "bo", lives=10)) as bo:
        await bo.subscribe(HERE)
        await host.threads.comment(thread, "before")
        before = await bo.hear_events(1)
        await bo.say({"token": token_for(world, "bo")})
        assert await bo.hear() == {"authenticated": True}
        await asyncio.sleep(12)  # the first token is over now
        await host.threads.comment(thread, "after")
        after = await bo.hear_events(1)

    assert [frame["event"]["seq"] for frame in (*before, *after)] == [3, 4]


async def test_a_new_token_that_covers_less_ends_what_it_no_longer_covers(world, host):
    thread = (await host.threads.open(HERE, "first")).id
    both, one = {"forecast_line:*": "comment", "invoice:*": "comment"}, {"forecast_line:*": "comment"}
    async with page(world.url, token_for(world, "bo", both)) as bo:
        await bo.subscribe(HERE)
        await bo.subscribe(THERE)
        await bo.say({"token": token_for(world, "bo", one)})
        assert await bo.hear() == {"authenticated": True}
        lost = await bo.hear()
        await host.threads.open(THERE, "not for bo")
        await host.threads.comment(thread, "for bo")
        [heard] = await bo.hear_events(1)

    assert (lost["error"]["code"], lost["error"]["record"]) == ("not_found", THERE)
    assert heard["event"]["record"] == HERE


@pytest.mark.parametrize("busy", [False, True], ids=["nothing happens", "something always happens"])
async def test_a_stream_ends_when_its_key_is_revoked(world, host, busy):
    thread = (await host.threads.open(HERE, "first")).id
    key = await host.workspace.keys.create("for a stream", scope="read")
    async with stream(world.url, {"Authorization": f"Bearer {key.key}"}, HERE) as events:
        await anext(events)
        await host.workspace.keys.revoke(key.id)
        async with something_always_happens(host, thread) if busy else page(world.url):
            last = await end_of(events)

    assert (last[0], last[1]["code"]) == ("error", "unauthenticated")


async def test_who_was_let_in_by_a_signing_key_goes_with_it(world, host):
    await host.threads.open(HERE, "first")
    token = token_for(world, "bo")
    async with page(world.url, token) as bo, stream(world.url, {"Authorization": f"Bearer {token}"}, HERE) as events:
        await bo.subscribe(HERE)
        await anext(events)
        [signing] = [one async for one in host.workspace.signing_keys.list()]
        await host.workspace.signing_keys.remove(signing.id)
        last = await end_of(events)
        await must_close(bo)

    assert (last[0], last[1]["code"]) == ("error", "unauthenticated")
