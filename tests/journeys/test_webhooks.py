"""Another system hears what happened: surely, signed, whole, and whoever runs it sees what went wrong and repeats it."""

import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook as Foreign

from apropos import AsyncApropos, Conflict, Forbidden, Invalid, NotFound, VersionConflict, webhooks
from apropos._ids import new_id
from apropos.events import CommentEvent
from apropos_service.webhooks.schedule import PAUSES
from hosting import site
from listening import until

HOSTILE = "forecast_line:a/b%2F ü:عربي"
DAY = 86_400_000


@pytest.fixture
async def crm():
    """The other system: it takes everything."""
    async with site() as door:
        door.says["/hook"] = 204
        yield door


@pytest.fixture
def hears(crm):
    """Wait until the other system was sent so many; returns `(headers, body)` of each."""

    async def wait(number):
        async def enough():
            return len(crm.asked) >= number

        await until(enough)
        return [(headers, body) for _, headers, body in crm.asked]

    return wait


@pytest.fixture
def became(host):
    """Wait until every delivery of a webhook is in this state, so many of them; returns them, the oldest first."""

    async def wait(hook, state, number=1):
        async def so():
            found = [one async for one in host.webhooks.deliveries(hook.id)]
            return found[::-1] if len(found) == number and {one.state for one in found} == {state} else None

        return await until(so)

    return wait


async def test_what_happened_comes_whole_signed_and_as_the_feed_tells_it(host, visit, http, crm, hears, settled):
    hook = await host.webhooks.create(f"{crm.url}/hook")
    ada, feed = visit("ada", name="Ada"), []

    async def told(number):
        """Wait until all is owed, then return what the feed says now: later it says what came of it since."""
        await settled()
        feed.extend((await http.get("/v1/events", params={"limit": 100})).json()["data"][len(feed) :])
        assert len(feed) == number

    thread = await ada.threads.open(HOSTILE, "Which figure?", field="q3/amount", visibility="internal")
    await told(3)
    await ada.threads.resolve(thread.id, "Locked at 900,000", value=900_000)
    await told(4)
    heard = {headers["webhook-id"]: (headers, body) for headers, body in await hears(4)}

    assert [json.loads(heard[one["id"]][1]) for one in feed] == feed
    for headers, body in heard.values():
        assert Foreign(hook.secret).verify(body, headers)["id"] == headers["webhook-id"]
        assert webhooks.open(hook.secret, headers, body).id == headers["webhook-id"]
    event = webhooks.open(hook.secret, *heard[feed[2]["id"]])
    assert isinstance(event, CommentEvent)
    assert (event.data.comment.body, event.actor.name) == ("Which figure?", "Ada")


async def test_a_secret_is_shown_once(host, crm):
    hook = await host.webhooks.create(f"{crm.url}/hook", description="CRM")
    again = await host.webhooks.create(f"{crm.url}/hook", description="CRM", id=hook.id)

    assert hook.secret.startswith("whsec_")
    assert {again.secret, (await host.webhooks.get(hook.id)).secret, *[one.secret async for one in host.webhooks.list()]} == {None}
    with pytest.raises(Conflict) as refusal:
        await host.webhooks.create(f"{crm.url}/other", id=hook.id)
    assert refusal.value.code == "id_conflict"


async def test_a_webhook_hears_of_what_it_asked_for(host, visit, crm, became):
    resolved = await host.webhooks.create(f"{crm.url}/hook", types=["thread.resolved"])
    invoices = await host.webhooks.create(f"{crm.url}/hook", records=["invoice"], types=["thread.opened", "thread.resolved"])
    ada = visit("ada")
    for record in ("invoice:1", HOSTILE):
        thread = await ada.threads.open(record, "x")
        await ada.threads.resolve(thread.id, "y")

    assert [(one.type, one.record) for one in await became(resolved, "delivered", 2)] == [
        ("thread.resolved", "invoice:1"), ("thread.resolved", HOSTILE),
    ]  # fmt: skip
    assert {one.record for one in await became(invoices, "delivered", 2)} == {"invoice:1"}


async def test_a_webhook_is_changed_and_removed(host, visit, crm, became):
    hook = await host.webhooks.create(f"{crm.url}/nowhere", types=["thread.opened"])
    changed = await host.webhooks.change(hook.id, url=f"{crm.url}/hook", description="CRM", version=hook.version)
    await visit("ada").threads.open(HOSTILE, "x")
    await became(hook, "delivered")

    assert (changed.url, changed.description, changed.version) == (f"{crm.url}/hook", "CRM", 2)
    with pytest.raises(VersionConflict) as stale:
        await host.webhooks.change(hook.id, enabled=False, version=1)
    assert stale.value.current.description == "CRM"
    await host.webhooks.remove(hook.id)
    with pytest.raises(NotFound):
        await host.webhooks.get(hook.id)
    with pytest.raises(NotFound):
        await host.webhooks.remove(hook.id)
    assert [one async for one in host.webhooks.list()] == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://me:secret@crm.example/", "without a user name"), ("http://10.0.0.1/", "not public"),
        ("https://169.254.169.254/latest", "not public"), ("https://[::ffff:127.0.0.1]/", "not public"),
        ("https://localhost.invalid/", "was not found"), ("https://metadata.google.internal/", "was not found"),
        ("https://printer/", "not found"), ("http://not-yet.crm.example/", "was not found"), ("https://crm.local./", "not found"),
        ("https://1.2.3.4.5/", "not found"), ("ftp://crm.example/", ""), ("crm.example", ""),
    ],
)  # fmt: skip
async def test_an_address_that_we_would_not_call_is_refused_plainly(host, crm, url, says):
    hook = await host.webhooks.create(f"{crm.url}/hook")
    for refused in (host.webhooks.create(url), host.webhooks.change(hook.id, url=url)):
        with pytest.raises(Invalid) as refusal:
            await refused
        assert [one["path"] for one in refusal.value.errors] == ["url"]
        assert says in refusal.value.errors[0]["message"]


async def test_a_name_that_is_not_found_just_now_is_taken_and_looked_up_again_each_time(host):
    hook = await host.webhooks.create("https://not-yet.crm.example/hook")

    assert (hook.url, hook.enabled) == ("https://not-yet.crm.example/hook", True)
    await host.webhooks.test(hook.id)

    async def tried():
        return [one.attempts[0] async for one in host.webhooks.deliveries(hook.id) if one.attempts]

    assert "not found" in str((await until(tried))[0])


@pytest.mark.parametrize("draft", [{"types": []}, {"types": ["comment.postet"]}, {"records": []}, {"records": ["FL"]}], ids=repr)
async def test_what_is_misspelt_is_refused(host, crm, draft):
    with pytest.raises(Invalid):
        await host.webhooks.create(f"{crm.url}/hook", **draft)


async def test_only_a_server_with_a_full_key_sees_webhooks(host, visit, world):
    reader = await host.workspace.keys.create("k", scope="read")
    async with AsyncApropos(world.url, key=reader.key, retries=0) as reading:
        for who in (reading, visit("ada", role="admin")):
            with pytest.raises(Forbidden):
                await who.webhooks.create("https://crm.example/")
            with pytest.raises(Forbidden):
                _ = [one async for one in who.webhooks.list()]
            with pytest.raises(Forbidden):
                await who.webhooks.redeliver(new_id("dlv"))


async def test_what_fails_is_tried_again_under_the_same_id_until_it_is_taken(service, host, visit, crm, hears, became):
    crm.says["/hook"] = 500
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    await visit("ada").threads.open(HOSTILE, "x")
    [failing] = await became(hook, "failing")
    before = await host.webhooks.get(hook.id)
    crm.says["/hook"] = b"thanks"
    with service.ahead(6_000):
        [delivered] = await became(hook, "delivered")

    assert [(one.number, one.status, one.problem) for one in failing.attempts] == [(1, 500, "it answered 500")]
    assert (before.failing_since is not None, before.problem) == (True, "it answered 500")
    assert [(one.number, one.status, one.problem, one.answer) for one in delivered.attempts] == [
        (2, 200, None, "thanks"), (1, 500, "it answered 500", ""),
    ]  # fmt: skip
    assert len({headers["webhook-id"] for headers, _ in await hears(2)}) == 1
    assert len({body for _, body in await hears(2)}) == 1
    assert (await host.webhooks.get(hook.id)).failing_since is None


async def test_a_test_is_sent_whatever_a_webhook_hears_of_and_to_nobody_else(host, crm, hears, became):
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.widened"], records=["invoice"])
    other = await host.webhooks.create(f"{crm.url}/other")
    tested = await host.webhooks.test(hook.id)
    [delivered] = await became(hook, "delivered")

    assert (delivered.event_id, delivered.type, delivered.attempts[0].status) == (tested.event_id, "webhook.tested", 204)
    assert delivered in [one async for one in host.webhooks.deliveries(hook.id, event_id=tested.event_id)]
    [(headers, body)] = await hears(1)
    assert webhooks.open(hook.secret, headers, body).data.webhook_id == hook.id
    assert [one async for one in host.webhooks.deliveries(other.id)] == []


async def test_while_a_secret_is_replaced_both_sign(service, host, crm, hears):
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    rotated = await host.webhooks.rotate(hook.id)
    await host.webhooks.test(hook.id)
    [(headers, body)] = await hears(1)

    assert rotated.secret not in (hook.secret, None)
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (hook.secret, rotated.secret):
        assert Foreign(secret).verify(body, headers) == json.loads(body)
    assert webhooks.open([hook.secret, rotated.secret], headers, body).type == "webhook.tested"
    with service.ahead(2 * DAY):
        await host.webhooks.test(hook.id)
        _, (headers, _) = await hears(2)
    assert len(headers["webhook-signature"].split(" ")) == 1


async def test_one_delivery_is_sent_again(host, visit, crm, hears, became):
    crm.says["/hook"] = 418
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    await visit("ada").threads.open(HOSTILE, "x")
    [failing] = await became(hook, "failing")
    assert [one.id async for one in host.webhooks.deliveries(hook.id, state="failing")] == [failing.id]
    assert [one.id async for one in host.webhooks.deliveries(hook.id, state="delivered")] == []
    crm.says["/hook"] = 204

    for number in (2, 3):
        again = await host.webhooks.redeliver(failing.id)
        assert (again.id, again.state) == (failing.id, "owed")
        [delivered] = await became(hook, "delivered")
        assert [one.number for one in delivered.attempts] == list(range(number, 0, -1))
    assert len({headers["webhook-id"] for headers, _ in await hears(3)}) == 1


async def test_a_part_of_the_log_is_sent_again_to_whoever_came_late(host, visit, crm, became):
    ada = visit("ada")
    early = [(await ada.threads.open(f"invoice:{number}", "x")).id for number in range(5)]
    middle = (await host.events.list(limit=100)).next
    late = [(await ada.threads.open(f"invoice:{number}", "x")).id for number in range(5)]
    beginning = (await host.events.list(limit=1)).data[0].timestamp
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])

    await host.webhooks.replay(hook.id, after=middle)
    assert [one.thread_id for one in await became(hook, "delivered", 5)] == late
    await host.webhooks.replay(hook.id, after="1990-01-01T00:00:00Z", before=middle)
    assert [one.thread_id for one in await became(hook, "delivered", 10)] == early + late
    assert [len(one.attempts) for one in await became(hook, "delivered", 10)] == [1] * 10
    await host.webhooks.replay(hook.id, after=beginning - timedelta(milliseconds=1))

    async def all_twice():
        return [len(one.attempts) async for one in host.webhooks.deliveries(hook.id)] == [2] * 10

    await until(all_twice)
    with pytest.raises(Invalid) as refusal:
        await host.webhooks.replay(hook.id, after="yesterday")
    assert [one["path"] for one in refusal.value.errors] == ["after"]


async def test_whoever_says_that_it_is_gone_is_sent_nothing_more_and_the_log_says_so(host, visit, crm, became, settled):
    crm.says["/hook"] = 410
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    ada = visit("ada")
    await ada.threads.open(HOSTILE, "x")

    async def disabled():
        found = await host.webhooks.get(hook.id)
        return None if found.enabled else found

    assert (await until(disabled)).disabled_because == "gone"
    [told] = (await host.events.list(types=["webhook.disabled"])).data
    assert (told.data.webhook_id, told.data.url, told.data.reason) == (hook.id, f"{crm.url}/hook", "gone")
    await ada.threads.open(HOSTILE, "not owed")
    for refused in (host.webhooks.test(hook.id), host.webhooks.replay(hook.id, after="1990-01-01T00:00:00Z")):
        with pytest.raises(Conflict) as refusal:
            await refused
        assert refusal.value.code == "webhook_is_disabled"
    await settled()
    crm.says["/hook"] = 204
    again = await host.webhooks.change(hook.id, enabled=True)
    assert (again.disabled_because, again.failing_since, again.problem) == (None, None, None)
    [only] = [one async for one in host.webhooks.deliveries(hook.id)]
    await host.webhooks.redeliver(only.id)
    await became(hook, "delivered")


async def test_what_was_tried_ten_times_is_given_up(service, host, visit, crm, became):
    crm.says["/hook"] = 500
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    await visit("ada").threads.open(HOSTILE, "x")
    [last], ahead = await became(hook, "failing"), 0
    for number, pause in enumerate(PAUSES, 2):
        assert last.next_attempt_at > last.attempts[0].at + timedelta(seconds=pause)
        ahead += int(pause * 1_100) + 1_000

        async def tried(number=number):
            [one] = [one async for one in host.webhooks.deliveries(hook.id)]
            return one if one.attempts[0].number == number else None

        with service.ahead(ahead):
            last = await until(tried)

    assert (last.state, last.next_attempt_at, len(last.attempts)) == ("failed", None, 10)
    assert [one.id async for one in host.webhooks.deliveries(hook.id, state="failed")] == [last.id]


async def test_whoever_fails_for_five_days_is_disabled_loudly(service, host, visit, crm, became):
    crm.says["/hook"] = 500
    hook = await host.webhooks.create(f"{crm.url}/hook", types=["thread.opened"])
    await visit("ada").threads.open(HOSTILE, "x")
    await became(hook, "failing")

    async def disabled():
        return not (await host.webhooks.get(hook.id)).enabled

    with service.ahead(5 * DAY - 60_000):
        await host.webhooks.test(hook.id)
        await became(hook, "failing", 2)
        assert not await disabled()
    with service.ahead(5 * DAY):
        await host.webhooks.test(hook.id)
        await until(disabled)
    [told] = (await host.events.list(types=["webhook.disabled"])).data

    assert ((await host.webhooks.get(hook.id)).disabled_because, told.data.reason) == ("failing", "failing")
