"""Who is at a record now, and who is writing there."""

import json
import os
from contextlib import ExitStack

import pytest

from apropos import AsyncApropos
from conftest import token_for
from listening import page
from stage import POSTGRESQL, empty_database, running

REDIS = os.environ.get("APROPOS_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
NATS = os.environ.get("APROPOS_TEST_NATS_URL", "nats://127.0.0.1:4222")

RECORD = "forecast_line:a/b%2F ü:عربي"


async def whispered(one, kind):
    """Return what the next frame of a kind says, whatever else is heard before it."""
    while kind not in (frame := await one.hear()):
        pass
    return frame[kind]


async def there(one, *expected):
    """Wait until these are told to be there, as `(person, field)`."""
    while {(each["id"], each["field"]) for each in (await whispered(one, "presence"))["people"]} != set(expected):
        pass


async def test_people_see_each_other_at_the_field_where_they_are(world, host):
    await host.people.describe([{"id": "ada", "name": "Ada", "email": "ada@example.com"}])
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(RECORD)
        async with page(world.url, token_for(world, "ada")) as ada:
            await ada.subscribe(RECORD)
            await ada.say({"present": {"record": RECORD, "field": "q3/amount"}})
            seen = await whispered(bo, "presence")
            await bo.say({"present": {"record": RECORD}})
            await there(ada, ("ada", "q3/amount"), ("bo", None))
            await ada.say({"present": {"record": RECORD, "field": None}})
            await there(bo, ("ada", None), ("bo", None))
        await there(bo, ("bo", None))
        async with page(world.url, token_for(world, "cy")) as cy:
            await cy.subscribe(RECORD)
            await there(cy, ("bo", None))
        await bo.say({"present": None})
        await there(bo)

    assert seen["record"] == RECORD
    assert [(one["name"], one["field"]) for one in seen["people"]] == [("Ada", "q3/amount")]
    assert "ada@example.com" not in json.dumps(seen)


async def test_somebody_on_two_pages_is_there_once_until_both_are_closed(world):
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(RECORD)
        async with page(world.url, token_for(world, "ada")) as first:
            await first.subscribe(RECORD)
            await first.say({"present": {"record": RECORD, "field": "a"}})
            await there(bo, ("ada", "a"))
            async with page(world.url, token_for(world, "ada")) as second:
                await second.subscribe(RECORD)
                await second.say({"present": {"record": RECORD, "field": "b"}})
                await there(bo, ("ada", "b"))
            await there(bo, ("ada", "a"))
            await first.say({"unsubscribe": [RECORD]})
            await there(bo)


async def test_who_hides_is_nowhere_and_a_guest_sees_only_guests(world, visit):
    await visit("shy").preferences.choose(hide_presence=True)
    async with (
        page(world.url, token_for(world, "shy")) as shy,
        page(world.url, token_for(world, "gus", guest=True)) as gus,
        page(world.url, token_for(world, "bo")) as bo,
    ):
        for one in (shy, gus, bo):
            await one.subscribe(RECORD)
        for one in (shy, bo, gus):
            await one.say({"present": {"record": RECORD}})
        await there(bo, ("bo", None), ("gus", None))
        await there(gus, ("gus", None))
        await there(shy, ("bo", None), ("gus", None))


async def test_who_hides_or_comes_again_is_told_who_is_there(world, visit):
    await visit("shy").preferences.choose(hide_presence=True)
    async with page(world.url, token_for(world, "bo")) as bo, page(world.url, token_for(world, "shy")) as shy:
        await bo.subscribe(RECORD)
        await bo.say({"present": {"record": RECORD}})
        await there(bo, ("bo", None))
        await shy.subscribe(RECORD)
        await there(shy, ("bo", None))
        for one in (shy, bo):
            await one.say({"present": {"record": RECORD}})
            await there(one, ("bo", None))


async def test_who_listens_anew_stays_where_they_are(world):
    async with page(world.url, token_for(world, "bo")) as bo, page(world.url, token_for(world, "ada")) as ada:
        for one in (bo, ada):
            await one.subscribe(RECORD)
        await ada.say({"present": {"record": RECORD, "field": "a"}})
        await there(bo, ("ada", "a"))
        await ada.say({"subscribe": [{"record": RECORD}]})
        await whispered(ada, "subscribed")
        await bo.say({"present": {"record": RECORD}})
        assert {each["id"] for each in (await whispered(bo, "presence"))["people"]} == {"ada"}


async def test_who_was_there_before_anything_was_said_is_there_afterwards(world, visit):
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(RECORD)
        await bo.say({"present": {"record": RECORD, "field": "a"}})
        await there(bo, ("bo", "a"))
        await visit("ada").threads.open(RECORD, "the first word")
        async with page(world.url, token_for(world, "cy")) as cy:
            await cy.subscribe(RECORD)
            await cy.say({"present": {"record": RECORD}})
            await there(bo, ("bo", "a"), ("cy", None))
            await there(cy, ("bo", "a"), ("cy", None))


async def test_writing_is_told_to_those_who_see_the_discussion(world, visit):
    ada = visit("ada")
    internal = await ada.threads.open(RECORD, "internal")
    shared = await ada.threads.open(RECORD, "shared", visibility="shared")
    async with (
        page(world.url, token_for(world, "ada")) as writer,
        page(world.url, token_for(world, "gus", guest=True)) as gus,
        page(world.url, token_for(world, "bo")) as bo,
    ):
        for one in (writer, gus, bo):
            await one.subscribe(RECORD)
        await writer.say({"typing": {"thread_id": internal.id}})
        first = await whispered(bo, "typing")
        async with page(world.url, token_for(world, "ada")) as elsewhere:
            await elsewhere.subscribe(RECORD)
            await elsewhere.say({"typing": {"thread_id": shared.id}})
            second, by_gus = await whispered(bo, "typing"), await whispered(gus, "typing")

    assert (first["thread_id"], first["record"], first["person"]["id"]) == (internal.id, RECORD, "ada")
    assert second["thread_id"] == by_gus["thread_id"] == shared.id


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"present": {"record": "invoice:1"}}, "validation_failed"),
        ({"present": {"record": RECORD, "field": "a b"}}, "validation_failed"),
        ({"present": 5}, "validation_failed"),
        ({"typing": {"thread_id": 5}}, "validation_failed"),
        ({"typing": {"thread_id": "thr_00000000000000000000000000"}}, "not_found"),
    ],
)
async def test_a_wrong_word_is_answered_and_the_page_goes_on(world, frame, code):
    async with page(world.url, token_for(world, "bo")) as bo:
        await bo.subscribe(RECORD)
        await bo.say(frame)
        assert (await bo.hear())["error"]["code"] == code
        await bo.say({"unsubscribe": [RECORD]})
        assert "unsubscribed" in await bo.hear()


async def test_who_may_only_read_does_not_write(world, visit):
    thread = await visit("ada").threads.open(RECORD, "x")
    async with page(world.url, token_for(world, "bo", {"*": "read"})) as bo:
        await bo.subscribe(RECORD)
        await bo.say({"typing": {"thread_id": thread.id}})
        assert (await bo.hear())["error"]["code"] == "forbidden"


@pytest.fixture(params=[POSTGRESQL, REDIS, NATS], ids=["postgresql", "redis", "nats"])
def two(request, tmp_path_factory):
    """Two processes on one database, that hear of each other over a bus."""
    folder = tmp_path_factory.mktemp("two")
    with ExitStack() as stack:
        url = stack.enter_context(empty_database("postgresql", folder))
        yield [stack.enter_context(running(url, folder, bus_url=request.param)) for _ in range(2)]


async def test_people_see_each_other_whatever_process_they_are_on(two):
    world = two[0].workspace()
    async with AsyncApropos(two[0].url, key=world.key) as host:
        thread = await host.threads.open(RECORD, "x")
    async with page(two[0].url, token_for(world, "ada")) as ada, page(two[1].url, token_for(world, "bo")) as bo:
        for one in (ada, bo):
            await one.subscribe(RECORD)
        await ada.say({"present": {"record": RECORD, "field": "a"}})
        await there(bo, ("ada", "a"))
        await ada.say({"typing": {"thread_id": thread.id}})
        assert (await whispered(bo, "typing"))["person"]["id"] == "ada"
        await ada.say({"unsubscribe": [RECORD]})
        await there(bo)
