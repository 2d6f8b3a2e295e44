"""The same idempotency key, sent again and again at once to two processes on one PostgreSQL: one effect, one answer.

APROPOS_TEST_KEYS says how many keys; 1,000 is the promise (MEASURES §3).
"""

import asyncio
import os
from collections import Counter

import pytest

from calling import http_client
from conftest import token_for
from listening import until
from programs import serving
from stage import empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"
KEYS = int(os.environ.get("APROPOS_TEST_KEYS", "40"))
CALLS, AT_ONCE = 20, 8


@pytest.fixture(scope="module")
def two_processes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    with empty_database("postgresql", folder) as url, serving(url, folder) as one, serving(url, folder) as other:
        yield one, other


async def posted(http, key, body):
    """Post until the first of all that are under way is through; return its answer."""
    answer = await http.post("/v1/threads", json={"record": RECORD, "body": body}, headers={"Idempotency-Key": key})
    if answer.status_code == 409:
        assert (answer.json()["code"], answer.headers["retry-after"]) == ("in_flight", "1")
        return None
    assert answer.status_code == 201, answer.text
    return answer


@pytest.mark.timeout(120 + KEYS)
async def test_identical_calls_to_two_processes_have_one_effect(two_processes):
    world = two_processes[0].workspace()
    headers = {"Authorization": f"Bearer {token_for(world, 'ada')}"}
    room = asyncio.Semaphore(AT_ONCE)
    clients = [http_client(process.url, headers=headers) for process in two_processes]

    async def one_key(number):
        async with room:
            calls = (until(lambda at=at: posted(clients[at % 2], f"key {number}", f"{number}")) for at in range(CALLS))
            return {answer.content for answer in await asyncio.gather(*calls)}

    answers = await asyncio.gather(*(one_key(number) for number in range(KEYS)))
    log, after = Counter(), None
    async with http_client(world.url, world.key) as host:
        while page := (await host.get("/v1/events", params={"limit": 100, **({"after": after} if after else {})})).json():
            log.update(event["type"] for event in page["data"])
            after = page["next"]
            if not page["data"]:
                break
    for client in clients:
        await client.aclose()

    assert all(len(one) == 1 for one in answers)
    assert (log["thread.opened"], log["comment.posted"]) == (KEYS, KEYS)
