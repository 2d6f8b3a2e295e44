"""Hints between processes, over each server that can carry them; a line that breaks comes back by itself."""

import asyncio
import dataclasses
import os
import re

import asyncpg
import pytest
import redis.asyncio as redis

from apropos_service.events.bus import grown, open_bus, personal_hint, record_hint
from apropos_service.events.log import Entry
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
    one, other, heard = two
    for each in ("*", "wsp_a.rec_a"):
        other.follow(each)
    said = {"wsp_a", "wsp_b", 'wsp_a.rec_a!{"word": "with spaces, ü and عربي"}'}

    async with asyncio.timeout(PATIENCE):
        while not said <= heard:  # a bus says to nobody when it begins to follow
            one.publish(said)
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("two", [NATS], ids=["nats"], indirect=True)
async def test_nats_tells_a_process_only_what_it_follows(two):
    one, other, heard = two
    mine, theirs = record_hint("wsp_a", "rec_a"), record_hint("wsp_a", "rec_b")
    hostile = record_hint("wsp_a", "forecast_line:a/b.*.> %2F ü عربي")
    other.follow(mine)
    other.follow(hostile)

    async with asyncio.timeout(PATIENCE):
        while {mine, hostile} - heard:
            one.publish({"wsp_a", theirs, mine, hostile, "wsp_b.rec_a"})
            await asyncio.sleep(0.02)
    assert heard == {mine, hostile}
    assert not other.hears_all

    other.leave(mine)
    other.follow(theirs)
    async with asyncio.timeout(PATIENCE):
        while theirs not in heard:
            heard.clear()
            one.publish({theirs, mine})
            await asyncio.sleep(0.02)
    assert heard == {theirs}


def test_what_a_commit_hints_at_is_ids_and_hashes():
    comment = Entry("wsp_a", 0, "evt_1", "comment.posted", "rec_a", "thr_a", 2, "ada", 0, "{}")
    first = dataclasses.replace(comment, seq=1)

    assert grown([comment]) == {"wsp_a", "wsp_a.rec_a"}
    assert grown([first]) == {"wsp_a", "wsp_a.rec_a", "wsp_a.new"}
    assert re.fullmatch(r"wsp_a\.own![0-9a-f]{20}", personal_hint("wsp_a", "a b.*>"))
    assert re.fullmatch(r"wsp_a\.[0-9a-f]{20}", record_hint("wsp_a", "a:b.*>"))


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
    other.follow("*")
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
