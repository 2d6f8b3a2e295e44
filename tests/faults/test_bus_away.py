"""The bus is away for a while: everything still arrives, writes do not notice, `/readyz` says so, and it heals by itself.

APROPOS_TEST_BUS_AWAY says for how many seconds; 60 is the promise (MEASURES §3).
"""

import logging
import os
import time
from urllib.parse import urlsplit

import httpx
import pytest

from apropos import AsyncApropos
from conftest import token_for
from listening import page, until
from programs import free_port
from stage import POSTGRESQL, empty_database, running
from wires import wire

REDIS = os.environ.get("APROPOS_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NATS = os.environ.get("APROPOS_TEST_NATS_URL", "nats://127.0.0.1:4222")
AWAY = float(os.environ.get("APROPOS_TEST_BUS_AWAY", "3"))
RECORD = "forecast_line:a/b%2F ü:عربي"
WELL = {"status": "ok", "database": "ok", "bus": "ok"}
POORLY = {"status": "degraded", "database": "ok", "bus": "down"}

log = logging.getLogger("apropos.faults")


@pytest.fixture(params=[POSTGRESQL, REDIS, NATS], ids=["postgresql", "redis", "nats"])
def two(request, tmp_path):
    """Two processes on one database, the port at which they look for a bus, and where it really is."""
    where, at = urlsplit(request.param), free_port()
    bus = where._replace(netloc=where.netloc.replace(f":{where.port}", f":{at}")).geturl()
    with (
        empty_database("postgresql", tmp_path) as url,
        running(url, tmp_path, bus_url=bus) as one,
        running(url, tmp_path, bus_url=bus) as other,
    ):
        yield (one, other), at, where.port


async def say(stages, what):
    """Wait until both processes say this of themselves, with 200."""

    async def do():
        answers = [await http.get(f"{stage.url}/readyz") for stage in stages]
        return all((answer.status_code, answer.json()) == (200, what) for answer in answers)

    async with httpx.AsyncClient() as http:
        await until(do)


@pytest.mark.timeout(120 + 2 * AWAY)
async def test_everything_arrives_while_the_bus_is_away_and_it_heals_by_itself(two):
    stages, at, port = two
    world = stages[0].workspace()
    async with (
        wire(port, at=at) as to_bus,
        AsyncApropos(stages[0].url, key=world.key, retries=0) as host,
        page(stages[1].url, token_for(world, "bo")) as bo,
    ):
        await bo.subscribe(RECORD)
        await say(stages, WELL)
        thread = await host.threads.open(RECORD, "first")
        await bo.hear_events(2)

        await to_bus.cut()
        await say(stages, POORLY)
        took, end = [], time.monotonic() + AWAY
        while time.monotonic() < end:
            said_at = time.monotonic()
            comment = await host.threads.comment(thread.id, f"{len(took)}")
            [frame] = await bo.hear_events(1)
            took.append(time.monotonic() - said_at)
            assert frame["event"]["data"]["comment"]["id"] == comment.id
        await say(stages, POORLY)

        await to_bus.open()
        await say(stages, WELL)
        await host.threads.comment(thread.id, "well again")
        [last] = await bo.hear_events(1)

    log.info("%d said while the bus was away, the slowest took %.2f s", len(took), max(took))
    assert took, "nothing was said while the bus was away"
    assert last["event"]["seq"] == len(took) + 3
