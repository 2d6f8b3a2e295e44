"""Whatever changes says so, in the same commit, and says the same on every way out: feed, stream, socket, SDK.

A new type of event needs a scene, and a new route that changes something must be in one: see `tests/scenes.py`.
"""

import re
from collections import Counter, defaultdict
from contextlib import aclosing

import httpx
import pytest

from apropos import AsyncApropos
from apropos.events import Event, read_event
from apropos_service.events.catalog import CATALOG
from calling import http_client
from conftest import token_for
from listening import page, stream
from operations import ROUTES
from scenes import SCENES, UNTOLD, Cast

RECORD = "forecast_line:a/b%2F ü:عربي"
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
PLACES = [(method, path, re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")) for method, path in ROUTES if method in CHANGES]
TELLS = {
    "record": {"record"}, "person": {"person"}, "thread": {"thread"}, "watch": {"thread"}, "notice": {"thread"},
    "action": {"thread", "action"}, "access": {"request"}, "webhook": set(),
}  # fmt: skip
"""By family, what `data` holds whole; of all other families it is the comment and its thread."""


FOR_THE_HOST = {"access.requested", "access.closed"}
"""What only servers hear."""


class Log:
    """The workspace's log, pulled after every answer to a request that may have changed something."""

    def __init__(self, http):
        self._http = http
        self.after = None
        self.told = []
        self.silent = []
        self.routes = set()

    async def pull(self):
        """Return what is new."""
        fresh = []
        while True:
            answer = await self._http.get("/v1/events", params={"limit": 100, **({"after": self.after} if self.after else {})})
            found = answer.json()
            self.after = found["next"]
            fresh += found["data"]
            if not found["data"]:
                break
        self.told += fresh
        return fresh

    async def see(self, request):
        """Note which route was asked and done, and that nothing was told of it if so."""
        route = place(request)
        self.routes.add(route)
        if not await self.pull():
            self.silent.append(route)


class Noted(httpx.AsyncHTTPTransport):
    """The network, with a look into the log after each request that was done and may have changed something."""

    def __init__(self, log):
        super().__init__()
        self._log = log

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        if request.method in CHANGES and answer.is_success:
            await self._log.see(request)
        return answer


def place(request):
    """Return the route that a request goes to; the most literal of those that fit."""
    path = request.url.path
    found = [(method, route) for method, route, shape in PLACES if method == request.method and shape.match(path)]
    return min(found, key=lambda each: each[1].count("{"))


@pytest.fixture
async def log(http):
    return Log(http)


@pytest.fixture
async def cast(world, log):
    """A cast in an open, shared thread, whose every request is noted in the log."""
    whose = ({"key": world.key}, {"token": token_for(world, "ada")}, {"token": token_for(world, "bo")})
    clients = [AsyncApropos(world.url, retries=0, transport=Noted(log), **one) for one in whose]
    playing = Cast(*clients, ("ada", "bo"), RECORD, "a word", about={"visibility": "shared"})
    await playing.open(field="q3/amount")
    log.silent.clear()
    yield playing
    for client in clients:
        await client.close()


def test_every_type_of_event_has_a_scene():
    missing = sorted(set(CATALOG) - set(SCENES))

    assert not missing, f"write a scene in tests/scenes.py that makes these happen, and name it in SCENES: {missing}"
    assert set(SCENES) <= set(CATALOG), "no such event"


@pytest.mark.parametrize("kind", sorted(CATALOG))
async def test_what_happens_is_told_at_once_and_alike_on_every_way_out(world, http, log, cast, kind):
    after = log.after
    before, name = len(log.told), cast.record
    tag = (await polled(world, name)).headers["etag"]
    assert (await polled(world, name, tag)).status_code == 304

    await SCENES[kind](cast)

    told = log.told[before:]
    assert kind in {one["type"] for one in told}, f"the scene never makes {kind} happen"
    assert set(log.silent) <= set(UNTOLD), "these were answered as done, and the log did not grow"
    await must_be_alike(world, http, cast, after, name)
    if any(one["record"] and one["type"] not in FOR_THE_HOST for one in told):
        assert (await polled(world, name, tag)).status_code != 304, "who looks now and then would not find it"


async def polled(world, name, tag=""):
    """Return what a manager gets who looks at the record, and may have seen it before."""
    headers = {**bearer(token_for(world, "mia", {"*": "manage"})), "If-None-Match": tag}
    async with http_client(world.url) as client:
        return await client.get("/v1/conversation", params={"record": name}, headers=headers)


async def must_be_alike(world, http, cast, after, name):
    """Fail where a way out tells something else than the feed, as a manager hears it who knows the record as `name`."""
    manager = token_for(world, "mia", {"*": "manage"})
    feed = await pages(http, after)
    gone = {one["type"] for one in feed} & {"record.erased"}  # what was erased is not there to listen to
    heard = [one for one in feed if one["record"] == cast.record and one["type"] not in FOR_THE_HOST]
    if not gone:
        async with page(world.url, manager) as socket, stream(world.url, bearer(manager), name, after=after) as events:
            await socket.subscribe(name, after)
            assert [thin(frame["event"]) for frame in await socket.hear_events(len(heard))] == heard
            streamed = [data async for kind, _, data in first(events, len(heard) + 1) if kind != "subscribed"]
            assert [thin(one) for one in streamed] == heard
    for envelope in feed:
        must_be_whole(envelope)
    for one in feed:
        event = read_event(one, cursor=None)
        assert type(event) is not Event, f"the SDK does not know the family of {event.type}: sdk/apropos/events.py"
    await must_be_alike_in_the_sdk(world, name, after, feed, [] if gone else heard)
    await must_be_now(http, feed)


async def must_be_alike_in_the_sdk(world, name, after, feed, heard):
    async with AsyncApropos(world.url, key=world.key) as host, AsyncApropos(world.url, token=token_for(world, "bo")) as bo:
        assert [event.id for event in (await host.events.list(after=after)).data] == [one["id"] for one in feed]
        async with aclosing(bo.live(name, after=after)) as events:
            assert [(await anext(events)).id for _ in heard] == [one["id"] for one in heard]


def must_be_whole(envelope):
    """Fail unless the envelope has every member of the contract, and its data all that it is about."""
    assert set(envelope) == {"id", "type", "timestamp", "workspace", "record", "thread_id", "actor", "seq", "data"}
    if envelope["type"] == "record.erased":
        assert (envelope["record"], envelope["data"].get("record")) == (None, None)
        return
    about = TELLS.get(envelope["type"].partition(".")[0], {"thread", "comment"})
    assert about <= set(envelope["data"]), envelope
    if "thread" in about:
        people = envelope["data"]["people"]
        thread = envelope["data"]["thread"]
        if thread is not None:
            assert {thread["opened_by"], *thread["participants"]} - {None} <= set(people)
            assert "viewer" not in thread, "an envelope is the same for everybody"


async def must_be_now(http, feed):
    """Fail unless what is told is what a look would find, and `seq` counts each thread from its beginning."""
    seqs = defaultdict(list)
    for one in feed:
        seqs[one["thread_id"] or one["record"] or one["type"]].append(one["seq"])
        thread = one["data"].get("thread")
        if thread is None:
            continue
        found = (await http.get(f"/v1/threads/{thread['id']}")).json()
        assert thread == {name: found[name] for name in thread}
        shown = {each["id"]: each for each in [*found["comments"], *found["actions"]]}
        for name in ("comment", "answer", "action"):
            if one["data"].get(name):
                assert one["data"][name] == shown[one["data"][name]["id"]]
    for counted in seqs.values():
        assert counted == list(range(counted[0], counted[0] + len(counted)))


async def test_every_route_that_changes_something_is_in_a_scene(log, cast):
    for act in SCENES.values():
        cast.record = f"{RECORD} {act.__name__}"
        await cast.open(field="q3/amount")
        await act(cast)

    missing = sorted({(method, path) for method, path, _ in PLACES} - log.routes - set(UNTOLD))
    assert not missing, f"put these in a scene of tests/scenes.py, or in its UNTOLD with the reason: {missing}"
    twice = [kind for kind, number in Counter(one["id"] for one in log.told).items() if number > 1]
    assert not twice


async def pages(http, after):
    """Return all envelopes after a cursor."""
    found, answer = [], None
    while answer is None or answer["data"]:
        answer = (await http.get("/v1/events", params={"after": after, "limit": 100})).json()
        found += answer["data"]
        after = answer["next"]
    return found


async def first(events, number):
    """Yield the first `number` events of a stream."""
    for _ in range(number):
        yield await anext(events)


def thin(envelope):
    """Return a frame as the feed has it: pages are also told what people said as nodes."""
    comments = {
        name: {each: value for each, value in envelope["data"][name].items() if each != "nodes"}
        for name in ("comment", "answer")
        if envelope["data"].get(name)
    }
    return {**envelope, "data": {**envelope["data"], **comments}}


def bearer(token):
    """Return headers, for bare HTTP."""
    return {"Authorization": f"Bearer {token}"}
