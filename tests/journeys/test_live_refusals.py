"""What a socket is refused: said with a problem and a code of RFC 6455, while whoever else listens hears on."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from apropos_service.access import workspaces
from apropos_service.realtime import page as page_module
from apropos_service.realtime import watch
from conftest import token_for
from listening import page

RECORD = "forecast_line:a/b%2F ü:عربي"
POLICY, TOO_LARGE, TRY_AGAIN_LATER = 1008, 1009, 1013
MANY = 10_000
"""Records that somebody wants to hear of at once."""
AT_A_TIME = 300


@pytest.fixture
async def neighbour(world, visit):
    """Somebody who listens on a socket of their own, and hears what is said afterwards as if nothing had been."""
    async with page(world.url, token_for(world, "cy")) as cy:
        await cy.subscribe(RECORD)
        yield
        await visit("ada").threads.open(RECORD, "x")
        assert [frame["event"]["seq"] for frame in await cy.hear_events(2)] == [1, 2]


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("name", ["token", "access_token", "key"])
async def test_a_token_in_the_address_is_refused_before_anything_is_open(world, name):
    address = world.url.replace("http", "ws", 1) + f"/v1/live?{name}={token_for(world, 'bo')}"
    with pytest.raises(InvalidStatus) as refused:
        await connect(address)

    assert refused.value.response.status_code == 400
    assert b"first frame" in refused.value.response.body


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("foreign", ["https://evil.example", "null"])
async def test_where_a_page_comes_from_opens_nothing_and_closes_nothing(world, foreign):
    """Hosts are anywhere: who may is said by the token, and a cookie says nothing."""
    address, cookies = world.url.replace("http", "ws", 1) + "/v1/live", {"Cookie": f"apropos={token_for(world, 'bo')}"}
    async with connect(address, origin=foreign, additional_headers=cookies) as socket:
        await socket.send(json.dumps({"subscribe": [{"record": RECORD}]}))
        assert json.loads(await socket.recv())["error"]["code"] == "unauthenticated"
        await socket.wait_closed()
        assert socket.close_code == POLICY
    async with connect(address, origin=foreign) as socket:
        await socket.send(json.dumps({"token": token_for(world, "bo")}))
        assert json.loads(await socket.recv()) == {"authenticated": True}


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("waits", ["in silence", "asking whether anybody is there", "in the middle of a frame"])
async def test_who_never_says_who_they_are_is_closed(world, waits):
    async with page(world.url) as nobody:
        if waits == "in the middle of a frame":
            nobody.begin(b"{")
        while waits == "asking whether anybody is there" and not nobody.over:
            await nobody.ping()
            await asyncio.sleep(0.5)
        frame = await nobody.hear()
        assert await nobody.closed() == POLICY

    assert frame["error"]["code"] == "unauthenticated"


@pytest.mark.usefixtures("neighbour")
async def test_a_frame_of_a_megabyte_is_closed(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.say(json.dumps({"subscribe": ["x" * 2**20]}))
        assert await bo.closed() == TOO_LARGE


@pytest.mark.usefixtures("neighbour")
async def test_ten_thousand_subscriptions_are_two_hundred_and_the_rest_is_refused(world, visit):
    asked = [{"record": f"invoice:{number}"} for number in range(MANY)]
    messages = [asked[at : at + AT_A_TIME] for at in range(0, MANY, AT_A_TIME)]
    async with page(world.url, token_for(world, "bo")) as bo:
        for message in messages:
            await bo.say({"subscribe": message})
        await bo.say({"ping": 1})
        heard = [frame async for frame in until_pong(bo)]
        await bo.say({"subscribe": [{"record": "invoice:0"}]})
        assert (await bo.hear())["subscribed"]["record"] == "invoice:0"
        await visit("ada").threads.open("invoice:0", "heard")
        assert (await bo.hear())["event"]["type"] == "thread.opened"

    subscribed = {frame["subscribed"]["record"] for frame in heard if "subscribed" in frame}
    refused = [frame["error"] for frame in heard if "error" in frame]
    assert subscribed == {one["record"] for one in asked[: page_module.MOST_SUBSCRIPTIONS]}
    assert {error["code"] for error in refused} == {"validation_failed"}
    assert len(refused) == len(messages)


async def until_pong(one):
    """Yield what is heard before the answer to a ping, and two hundred subscriptions."""
    missing = page_module.MOST_SUBSCRIPTIONS + 1
    while missing:
        frame = await one.hear()
        missing -= "pong" in frame or "subscribed" in frame
        yield frame


async def test_who_does_not_read_is_told_to_read_anew_and_closed_while_others_hear_on(world, visit):
    thread = (await visit("ada").threads.open(RECORD, "x")).id
    async with page(world.url, token_for(world, "cy")) as cy, page(world.url, token_for(world, "bo"), narrow=True) as bo:
        for one in (cy, bo):
            await one.subscribe(RECORD)
        await bo.say({"present": {"record": RECORD}})
        bo.hold(still=True)
        heard = await heard_until_nobody_is_there(cy, visit("ada"), thread)
        bo.hold(still=False)
        told = await bo.rest()
        assert await bo.closed() == TRY_AGAIN_LATER

    seqs = [frame["event"]["seq"] for frame in told if "event" in frame]
    assert told[-1] == {"resync": {"record": RECORD}}
    assert seqs == list(range(3, 3 + len(seqs)))
    assert heard == list(range(3, 3 + len(heard)))
    assert len(seqs) < len(heard), "all of it was kept for somebody who did not read"


async def heard_until_nobody_is_there(one, ada, thread):
    """Post again and again until a page is told that nobody is there any more; return the events that it heard."""
    heard, people = [], None
    while people != []:
        await ada.threads.comment(thread, "ü" * 10_000)
        while "presence" in (frame := await one.hear()):
            people = frame["presence"]["people"]
        heard.append(frame["event"]["seq"])
    return heard


def test_access_that_ended_is_noticed_within_five_seconds_though_no_hint_gets_through():
    assert workspaces.LOOK + watch.EVERY < 5
