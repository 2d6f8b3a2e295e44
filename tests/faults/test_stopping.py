"""SIGTERM: who only listens is sent away at once, what is under way is finished, and the process is gone soon after."""

import asyncio
import json

import httpx
import pytest

from apropos import AsyncApropos
from calling import http_client
from conftest import token_for
from listening import page, until
from programs import serving
from stage import DATABASES, empty_database

RECORD = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture(params=DATABASES)
def program(request, tmp_path):
    with empty_database(request.param, tmp_path) as url, serving(url, tmp_path, "--stop-delay", "6") as running:
        yield running


def headers(world, person):
    return {"Authorization": f"Bearer {token_for(world, person)}"}


async def lines_of(http, world, heard):
    """Return what a stream said until it ended, whole lines of it."""
    async with http.stream("GET", "/v1/stream", params={"record": RECORD}, headers=headers(world, "bo")) as answer:
        said = []
        async for line in answer.aiter_lines():
            said.append(line)
            heard.set()
        return said


async def slowly(body, begun, gate):
    """Give a body in two halves, the second once `gate` opens; `begun` is set when the first was sent."""
    yield body[:10]
    begun.set()
    await gate.wait()
    yield body[10:]


async def gone(program):
    """Tell whether the process ended."""
    return program.process.poll() is not None


async def unready(http):
    """Return the answer of `/readyz` once it is another one than 200."""
    answer = await http.get("/readyz")
    return answer if answer.status_code != 200 else None


async def test_who_listens_is_sent_away_and_what_is_under_way_is_finished(program):
    world = program.workspace()
    heard, begun, gate = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with (
        http_client(world.url) as http,
        AsyncApropos(world.url, key=world.key, retries=0) as host,
        page(world.url, token_for(world, "bo")) as bo,
    ):
        thread = await host.threads.open(RECORD, "first")
        await bo.subscribe(RECORD)
        after = (await host.events.list()).next
        streaming = asyncio.create_task(lines_of(http, world, heard))
        polling = asyncio.create_task(host.events.list(after=after, wait=30))
        comment = json.dumps({"body": "said while it stops"}).encode()
        posting = asyncio.create_task(
            http.post(
                f"/v1/threads/{thread.id}/comments",
                content=slowly(comment, begun, gate),
                headers={**headers(world, "ada"), "Content-Type": "application/json"},
            )
        )
        await heard.wait()
        await begun.wait()
        program.ask_to_stop()

        retry = await bo.hear()
        assert await bo.closed() == 1012
        assert (await polling).data == []
        said = await streaming
        refused = await until(lambda: unready(http))
        with pytest.raises(httpx.HTTPStatusError) as turned_away:
            (await http.get("/v1/stream", params={"record": RECORD}, headers=headers(world, "bo"))).raise_for_status()
        assert program.process.poll() is None, "what is under way was not waited for"
        gate.set()
        posted = await posting
        await until(lambda: gone(program))

    assert 1_000 <= retry["retry"] <= 5_000
    assert said[0] == "event: subscribed"
    assert said[-2].startswith("retry: "), said
    assert (refused.status_code, refused.json()["status"], refused.json()["database"]) == (503, "down", "ok")
    assert turned_away.value.response.status_code == 503
    assert 1 <= int(turned_away.value.response.headers["retry-after"]) <= 5
    assert posted.status_code == 201
    assert (program.process.returncode, program.said()) == (0, f"Apropos listens on {world.url}\n")
    await asyncio.to_thread(program.start)
    async with AsyncApropos(world.url, key=world.key) as host:
        assert [comment.body async for comment in host.threads.comments(thread.id)] == ["first", "said while it stops"]


async def test_a_request_that_never_ends_does_not_keep_the_process(program):
    world = program.workspace()
    async with http_client(world.url) as http:
        begun = asyncio.Event()
        hanging = asyncio.create_task(
            http.post("/v1/records", content=slowly(b"x" * 20, begun, asyncio.Event()), headers=headers(world, "ada"))
        )
        await begun.wait()
        program.ask_to_stop()
        await until(lambda: gone(program))
        hanging.cancel()

    assert program.process.returncode == 0
