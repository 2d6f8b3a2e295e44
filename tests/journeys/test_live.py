"""Hearing of things as they happen, and going on where one was cut off."""

import asyncio
from contextlib import aclosing

import pytest

from apropos import FilePlace, NotFound
from calling import http_client
from conftest import token_for
from listening import page, stream, until

HOSTILE = "forecast_line:a/b%2F ü:عربي"


def kinds(frames):
    return [frame["event"]["type"] for frame in frames]


async def test_a_page_hears_what_others_do_on_its_record_and_nothing_else(world, visit):
    ada = visit("ada")
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(HOSTILE)
        await ada.threads.open("invoice:1", "elsewhere")
        thread = await ada.threads.open(HOSTILE, "here")
        await ada.threads.comment(thread.id, "**more**")
        await ada.threads.resolve(thread.id)
        frames = await bo.hear_events(4)

    assert kinds(frames) == ["thread.opened", "comment.posted", "comment.posted", "thread.resolved"]
    assert [frame["event"]["seq"] for frame in frames] == [1, 2, 3, 4]
    last = frames[2]["event"]
    assert (last["actor"]["id"], last["record"], last["thread_id"], last["workspace"]) == (
        "ada",
        HOSTILE,
        thread.id,
        world.workspace,
    )
    assert "<strong>more</strong>" in last["data"]["comment"]["html"]
    assert last["data"]["comment"]["nodes"] == [["p", {}, ["strong", {}, "more"]]]
    assert "viewer" not in last["data"]["thread"]


@pytest.mark.parametrize("way", ["socket", "stream"])
async def test_whoever_was_cut_off_anywhere_misses_nothing_and_hears_nothing_twice(world, visit, way):
    ada, token = visit("ada"), token_for(world, "bo")
    cursor = (await visit("bo").conversation(HOSTILE)).cursor
    thread = await ada.threads.open(HOSTILE, "0")
    heard = []

    async def write():
        for number in range(40):
            await ada.threads.comment(thread.id, f"{number}")

    writing = asyncio.create_task(write())
    while len(heard) < 42:
        if way == "socket":
            async with page(world.url, token) as bo:
                await bo.subscribe(HOSTILE, cursor)
                for frame in await bo.hear_events(min(3, 42 - len(heard))):
                    heard.append(frame["event"]["seq"])
                    cursor = frame["cursor"]
        else:
            async with stream(world.url, {"Authorization": f"Bearer {token}", "Last-Event-ID": cursor}, HOSTILE) as events:
                until = min(len(heard) + 3, 42)
                async for kind, mark, data in events:
                    cursor = mark
                    heard += [] if kind == "subscribed" else [data["seq"]]
                    if len(heard) == until:
                        break
    await writing

    assert heard == list(range(1, 43))


async def test_the_sdk_follows_a_record_live(visit):
    ada, bo = visit("ada"), visit("bo")
    after = (await bo.conversation(HOSTILE)).cursor
    thread = await ada.threads.open(HOSTILE, "x")
    await ada.threads.comment(thread.id, "y")

    async with aclosing(bo.live(HOSTILE, after=after)) as events:
        heard = [await anext(events) for _ in range(3)]

    assert [(event.type, event.seq) for event in heard] == [("thread.opened", 1), ("comment.posted", 2), ("comment.posted", 3)]


async def test_nobody_hears_what_they_may_not_see(world, visit):
    ada = visit("ada")
    async with page(world.url, token_for(world, "gus", guest=True)) as guest, page(world.url, token_for(world, "bo")) as bo:
        for one in (guest, bo):
            await one.subscribe(HOSTILE)
        await ada.threads.open(HOSTILE, "internal")
        await ada.threads.open(HOSTILE, "for ada alone", visibility="restricted")
        await ada.threads.open(HOSTILE, "with the guest", visibility="restricted", members=["gus"])
        shared = await ada.threads.open(HOSTILE, "shared", visibility="shared")
        by_guest, by_bo = await guest.hear_events(4), await bo.hear_events(4)

    assert [frame["event"]["data"]["thread"]["visibility"] for frame in by_guest] == ["restricted"] * 2 + ["shared"] * 2
    assert [frame["event"]["data"]["thread"]["visibility"] for frame in by_bo] == ["internal"] * 2 + ["shared"] * 2
    assert by_bo[-1]["event"]["thread_id"] == shared.id


async def test_whatever_comes_between_all_is_heard_once_and_in_order(world, host, visit):
    """All hear most of it alike, and are not asked one by one; between that comes what some do not hear, or only after a look."""
    ada, tokens = visit("ada"), {who: token_for(world, who, guest=who == "gus") for who in ("bo", "gus", "mia")}
    bearer = {"Authorization": f"Bearer {tokens['mia']}"}
    async with (
        page(world.url, tokens["gus"]) as gus,
        page(world.url, tokens["bo"]) as bo,
        stream(world.url, bearer, HOSTILE) as mia,
    ):
        for one in (gus, bo):
            await one.subscribe(HOSTILE)
        assert (await anext(mia))[0] == "subscribed"
        ours, shared = await ada.threads.open(HOSTILE, "internal"), await ada.threads.open(HOSTILE, "for all", visibility="shared")
        secret = await ada.threads.open(HOSTILE, "for the guest alone", visibility="restricted", members=["gus"])
        for between in ("nothing", "a version of the record", "an epoch of the workspace", "a new token"):
            if between == "a version of the record":
                await host.records.describe(HOSTILE, title=between)
            elif between == "an epoch of the workspace":
                await host.workspace.keys.revoke((await host.workspace.keys.create("x", scope="read")).id)
            elif between == "a new token":
                await bo.say({"token": tokens["bo"]})
            first, *_ = [await ada.threads.comment(thread.id, between) for thread in (ours, secret, shared)]
            await ada.comments.edit(first.id, f"after {between}")
        heard = {
            "gus": [frame["event"] for frame in await gus.hear_events(13)],
            "bo": [frame["event"] for frame in [await bo.hear() for _ in range(18)] if "event" in frame],
            "mia": [(await anext(mia))[2] for _ in range(17)],
        }

    seqs = {(who, thread.id): [] for who in heard for thread in (ours, shared, secret)}
    for who, told in heard.items():
        for one in told:
            if one["thread_id"]:
                seqs[who, one["thread_id"]].append(one["seq"])
    to_ours, to_others = list(range(1, 11)), list(range(1, 7))
    assert [seqs[who, ours.id] for who in heard] == [[], to_ours, to_ours]
    assert [seqs[who, shared.id] for who in heard] == [to_others] * 3
    assert [seqs[who, secret.id] for who in heard] == [to_others, [], []]


async def test_a_record_without_access_is_refused_and_the_socket_goes_on(world):
    async with page(world.url, token_for(world, "bo", {"invoice:*": "read"})) as bo:
        await bo.say({"subscribe": [{"record": HOSTILE}]})
        refusal = await bo.hear()
        await bo.subscribe("invoice:1")

    assert (refusal["error"]["code"], refusal["error"]["record"]) == ("not_found", HOSTILE)
    async with http_client(world.url) as client:
        headers = {"Authorization": f"Bearer {token_for(world, 'bo', {'invoice:*': 'read'})}"}
        assert (await client.get("/v1/stream", params={"record": HOSTILE}, headers=headers)).status_code == 404


@pytest.mark.parametrize("heard", [0, 2], ids="after {} events".format)
async def test_access_that_ends_ends_the_subscription(world, host, visit, heard):
    await host.records.describe(HOSTILE, access={"people": {"bo": "read"}})
    async with page(world.url, token_for(world, "bo", {})) as bo:
        await bo.subscribe(HOSTILE)
        if heard:
            await visit("ada").threads.open(HOSTILE, "for bo, too")
            await bo.hear_events(heard)
        await host.records.describe(HOSTILE, access={})
        await visit("ada").threads.open(HOSTILE, "not for bo")
        told = await bo.hear()

    assert told["error"]["code"] == "not_found"
    assert told["error"]["record"] == HOSTILE


async def test_a_page_reads_anew_when_its_person_may_other_things_than_before(world, host, visit):
    ada = visit("ada")
    await host.records.describe(HOSTILE, access={"people": {"bo": "comment"}})
    async with page(world.url, token_for(world, "bo", {})) as bo:
        for level in ("read", "manage", "comment"):
            await bo.subscribe(HOSTILE)
            await host.records.describe(HOSTILE, access={"people": {"bo": level}})
            assert await bo.hear() == {"resync": {"record": HOSTILE}}
        await bo.subscribe(HOSTILE)
        await host.records.describe(HOSTILE, title="The same rights")
        await ada.threads.open(HOSTILE, "x")
        assert kinds(await bo.hear_events(3)) == ["record.described", "thread.opened", "comment.posted"]


async def test_a_renamed_record_is_heard_on(world, host, visit):
    await host.records.describe(HOSTILE)
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(HOSTILE)
        await host.records.rename(HOSTILE, "forecast_line:new")
        await visit("ada").threads.open("forecast_line:new", "x")
        frames = await bo.hear_events(3)

    assert kinds(frames) == ["record.renamed", "thread.opened", "comment.posted"]
    assert frames[0]["event"]["data"]["record"]["record"] == "forecast_line:new"


async def test_a_page_reads_anew_when_records_were_merged(world, host, visit):
    ada = visit("ada")
    await host.records.describe("forecast_line:into")
    async with page(world.url, token_for(world, "bo")) as from_there, page(world.url, token_for(world, "cy")) as into:
        await from_there.subscribe(HOSTILE)
        await into.subscribe("forecast_line:into")
        await ada.threads.open(HOSTILE, "x")
        await host.records.merge(HOSTILE, "forecast_line:into")
        for one in (from_there, into):
            while set(frame := await one.hear()) == {"event", "cursor"}:
                last = frame["event"]
            assert last["type"] == "record.merged"
            assert set(frame) == {"resync"}


@pytest.mark.parametrize("way", ["socket", "stream"])
async def test_a_page_that_was_away_hears_what_may_be_done_now(world, host, visit, bearer, way):
    before = await visit("bo", {"*": "read"}).conversation(HOSTILE)
    await host.records.describe(HOSTILE, access={"people": {"bo": "manage"}})

    if way == "socket":
        async with page(world.url, token_for(world, "bo", {"*": "read"})) as bo:
            await bo.say({"subscribe": [{"record": HOSTILE, "after": before.cursor}]})
            said = (await bo.hear())["subscribed"]
    else:
        async with stream(world.url, bearer("bo", {"*": "read"}), HOSTILE, after=before.cursor) as events:
            _, _, said = await anext(events)

    now = await visit("bo", {"*": "read"}).conversation(HOSTILE)
    assert (said["can"], "manage" in before.viewer.can, "moderate" in said["can"]) == (now.viewer.can, False, True)


async def test_a_cursor_from_nowhere_is_answered_with_resync(world, service):
    foreign = service.workspace()
    async with page(world.url, token_for(world, "bo")) as bo, page(foreign.url, token_for(foreign, "bo")) as other:
        cursor = await other.subscribe(HOSTILE)
        for after in ("nonsense", cursor):
            await bo.say({"subscribe": [{"record": HOSTILE, "after": after}]})
            assert await bo.hear() == {"resync": {"record": HOSTILE}}
            assert "subscribed" in await bo.hear()


async def test_a_cursor_is_of_the_record_it_was_given_for(world, visit, host):
    ada, other = visit("ada"), "invoice:other"
    undescribed = (await visit("bo").conversation(HOSTILE)).cursor
    thread = await ada.threads.open(HOSTILE, "x")
    await ada.threads.open(other, "x")
    theirs = (await visit("bo").conversation(other)).cursor
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(HOSTILE, undescribed)
        [_, last] = await bo.hear_events(2)
        for foreign in (theirs, await bo.subscribe(other)):
            await bo.say({"subscribe": [{"record": HOSTILE, "after": foreign}]})
            assert await bo.hear() == {"resync": {"record": HOSTILE}}
        await ada.threads.comment(thread.id, "y")
        await host.records.rename(HOSTILE, "invoice:renamed")
        await bo.subscribe("invoice:renamed", last["cursor"])
        assert [frame["event"]["type"] for frame in await bo.hear_events(1)] == ["comment.posted"]
        await bo.hear()  # what was read under the new name before is another record's, or nobody's
        await bo.subscribe("invoice:renamed", (await host.events.list(limit=100)).next)


async def test_a_key_that_describes_hears_nothing(world, host):
    key = await host.workspace.keys.create("k", scope="describe")
    async with page(world.url) as describer:
        await describer.say({"token": key.key})
        assert (await describer.hear())["error"]["code"] == "forbidden"
        assert await describer.closed() == 1008


@pytest.mark.parametrize("way", ["after", "Last-Event-ID"])
async def test_a_stream_from_nowhere_says_so_and_begins_now(world, visit, bearer, way):
    header, query = ({}, {"after": "nonsense"}) if way == "after" else ({way: "nonsense"}, {})
    async with stream(world.url, {**bearer("bo"), **header}, HOSTILE, **query) as events:
        kind, _, said = await anext(events)
        assert (kind, said) == ("resync", {"record": HOSTILE})
        kind, cursor, said = await anext(events)
        assert (kind, cursor) == ("subscribed", said["cursor"])
        thread = await visit("ada").threads.open(HOSTILE, "Still there?")
        kind, _, said = await anext(events)
        assert (kind, said["thread_id"]) == ("thread.opened", thread.id)


async def test_nothing_is_told_before_one_says_who_one_is(world):
    for first in ({"subscribe": [{"record": HOSTILE}]}, {"token": "nonsense"}, {"token": 5}, [], "{"):
        async with page(world.url) as nobody:
            await nobody.say(first)
            assert "error" in await nobody.hear()
            assert await nobody.closed() == 1008


async def test_a_bad_frame_is_answered(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        for frame in (
            {"nonsense": 1},
            {"subscribe": 5},
            {"subscribe": [5]},
            {"subscribe": [{"record": "nonsense"}]},
            {"unsubscribe": "x"},
        ):
            await bo.say(frame)
            assert (await bo.hear())["error"]["code"] == "validation_failed", frame
        await bo.subscribe(HOSTILE)
        await bo.say({"unsubscribe": [HOSTILE]})
        assert "unsubscribed" in await bo.hear()


async def test_a_misspelt_member_of_a_frame_is_refused_by_name(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        for frame, path in (
            ({"subscribe": [{"record": HOSTILE, "aftr": "x"}]}, "subscribe.aftr"),
            ({"unsubscribe": [{"record": HOSTILE, "nope": 1}]}, "unsubscribe.nope"),
            ({"present": {"record": HOSTILE, "feild": "a"}}, "present.feild"),
            ({"typing": {"thread_id": "thr_x", "nope": 1}}, "typing.nope"),
        ):
            await bo.say(frame)
            assert [one["path"] for one in (await bo.hear())["error"]["errors"]] == [path]


async def test_a_page_asks_whether_anybody_is_there(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        for number in (1, 2):
            await bo.say({"ping": number})
            assert await bo.hear() == {"pong": number}
        await bo.say({"ping": "x" * 1_000})
        assert (await bo.hear())["error"]["code"] == "validation_failed"


async def test_a_new_token_is_for_the_same_person(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.say({"token": token_for(world, "bo", {"*": "manage"})})
        assert await bo.hear() == {"authenticated": True}
        await bo.say({"token": token_for(world, "ada")})
        assert (await bo.hear())["error"]["code"] == "unauthenticated"
        assert await bo.closed() == 1008


async def test_the_log_is_followed_in_commit_order(host, visit):
    ada = visit("ada")
    after = (await host.events.list()).next
    waiting = asyncio.create_task(host.events.list(after=after, wait=20))
    thread = await ada.threads.open(HOSTILE, "x")
    first = await waiting
    await ada.threads.comment(thread.id, "y")

    async with aclosing(host.events.follow(after=after, types=["comment.posted"])) as events:
        heard = [await anext(events) for _ in range(2)]

    assert [event.data.comment.body for event in heard] == ["x", "y"]
    assert first.data


async def kept(path):
    """Tell whether a follower kept how far it came."""
    return path.exists()


async def test_a_follower_goes_on_from_where_it_said_that_it_was_done(host, visit, tmp_path):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")

    async def heard(number):
        place = FilePlace(tmp_path / "cursor")
        async with aclosing(host.events.follow(types=["comment.posted"], place=place)) as events:
            return [(await anext(events)).data.comment.body for _ in range(number)]

    assert await heard(1) == ["x"]
    following = asyncio.create_task(heard(2))
    await until(lambda: kept(tmp_path / "cursor"))
    await ada.threads.comment(thread.id, "y")
    assert await following == ["x", "y"], "it had not asked for more, so it hears the first again"
    assert await heard(1) == ["y"]


async def test_a_stream_of_a_hidden_record_is_not_found_for_the_sdk_too(visit):
    with pytest.raises(NotFound):
        await anext(visit("bo", {"invoice:*": "read"}).live(HOSTILE))
