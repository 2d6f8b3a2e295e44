"""Hints between processes, over each server that can carry them; a line that breaks comes back by itself."""

import asyncio
import os

import asyncpg
import pytest
import redis.asyncio as redis

from apropos_service.events.bus import open_bus
from listening import PATIENCE
from stage import POSTGRESQL

REDIS = os.environ.get("APROPOS_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NATS = os.environ.get("APROPOS_TEST_NATS_URL", "nats://127.0.0.1:4222")


async def until(holds):
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 a bus tells nobody but those who listen
            await asyncio.sleep(0.01)


@pytest.fixture
async def two(request):
    """Two processes' ends of one bus, and what the second heard."""
    heard = set()
    one, other = open_bus(request.param, lambda _: None), open_bus(request.param, heard.update)
    try:
        await until(lambda: one.healthy() and other.healthy())
        yield one, other, heard
    finally:
        await one.close()
        await other.close()


@pytest.mark.parametrize("two", [POSTGRESQL, REDIS, NATS], ids=["postgresql", "redis", "nats"], indirect=True)
async def test_another_process_hears_which_workspaces_grew(two):
    one, _, heard = two

    said = {"wsp_a", "wsp_b", 'wsp_a!{"word": "with spaces, ü and عربي"}'}
    one.publish(said)

    await until(lambda: said <= heard)


async def cut_postgresql():
    connection = await asyncpg.connect(POSTGRESQL)
    await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
    )
    await connection.close()


async def cut_redis():
    async with redis.Redis.from_url(REDIS) as client:
        await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


@pytest.mark.parametrize(
    ("two", "cut"), [(POSTGRESQL, cut_postgresql), (REDIS, cut_redis)], ids=["postgresql", "redis"], indirect=["two"]
)
async def test_a_line_that_was_cut_says_so_and_comes_back(two, cut):
    one, other, heard = two

    await cut()
    await until(lambda: not other.healthy())
    await until(lambda: one.healthy() and other.healthy())
    one.publish({"wsp_c"})

    await until(lambda: "wsp_c" in heard)


async def test_a_bus_that_never_answers_keeps_nobody_waiting():
    bus = open_bus("redis://127.0.0.1:1/0", lambda _: None)

    bus.publish({"wsp_a"})
    await asyncio.sleep(0)

    assert not bus.healthy()
    await bus.close()


def test_an_unknown_bus_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="nats://"):
        open_bus("amqp://localhost", lambda _: None)
