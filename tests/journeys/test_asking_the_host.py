"""A host that is asked live who may: batched, signed, remembered for a while, taken back at once, and closed when it fails."""

import asyncio
import base64
import hashlib
import hmac
import json

import pytest

from apropos import AsyncApropos, Forbidden, Invalid, NotFound
from calling import http_client
from conftest import token_for
from hosting import site
from listening import page, stream

HOSTILE = "forecast_line:a/b%2F ü:عربي"
RANK = {"read": 1, "comment": 2, "manage": 3}


class Host:
    """A host that is asked, and what it allows: `{(person, record): level}`."""

    def __init__(self, door, secret):
        self.door = door
        self.secret = secret
        self.allows = {}

    def answer(self, headers, body):
        self.verify(headers, body)
        asked = json.loads(body)
        allowed = [RANK.get(self.allows.get((asked["person"], one["record"])), 0) >= RANK[one["level"]] for one in asked["checks"]]
        return {"allowed": allowed}

    def verify(self, headers, body):
        message = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        expected = "v1," + base64.b64encode(hmac.digest(key, message, hashlib.sha256)).decode()
        assert expected in headers["webhook-signature"].split(" ")

    @property
    def asked(self):
        """How often it was asked."""
        return len(self.door.asked)


@pytest.fixture
async def crm(http):
    async with site() as door:
        settings = (await http.patch("/v1/workspace", json={"access_url": f"{door.url}/access"})).json()
        made = Host(door, settings["access_secret"])
        door.says["/access"] = made.answer
        yield made


def nobody(visit, person="bo", **what):
    """Somebody whose token grants nothing."""
    return visit(person, {}, **what)


async def test_what_the_host_allows_counts_as_if_it_were_granted(crm, host, visit):
    thread = await host.threads.open(HOSTILE, "x")
    bo = nobody(visit)

    with pytest.raises(NotFound):
        await bo.conversation(HOSTILE)
    crm.allows["bo", HOSTILE] = "comment"
    await host.access.changed(people=["bo"])

    shown = await bo.conversation(HOSTILE)
    assert (shown.viewer.level, [one.id for one in shown.threads]) == ("comment", [thread.id])
    await bo.threads.comment(thread.id, "y")
    assert [one.id async for one in bo.threads.list()] == [thread.id]
    assert (await bo.counts([HOSTILE]))[HOSTILE].total == 1
    with pytest.raises(Forbidden):
        await bo.comments.withdraw(thread.comments[0].id)


async def test_every_level_is_the_hosts_to_give(crm, visit):
    for level in ("read", "comment", "manage"):
        crm.allows[level, HOSTILE] = level
        assert (await nobody(visit, level).conversation(HOSTILE)).viewer.level == level


async def test_a_write_is_committed_only_once_the_host_said_yes(crm, visit, http):
    crm.allows["bo", HOSTILE] = "read"
    bo = nobody(visit)

    with pytest.raises(Forbidden):
        await bo.threads.open(HOSTILE, "x")
    crm.allows["ada", HOSTILE] = "comment"
    opened = await nobody(visit, "ada").threads.open(HOSTILE, "x")

    assert "change" in opened.viewer.can
    entries = (await http.get("/v1/events", params={"limit": 100})).json()["data"]
    assert [entry["type"] for entry in entries if entry["record"] == HOSTILE] == ["thread.opened", "comment.posted"]


async def test_500_records_are_one_question_and_the_same_again_is_none(crm, host, visit):
    records = [f"invoice:{number}" for number in range(500)]
    for record in records[::100]:
        await host.threads.open(record, "x")
        crm.allows["bo", record] = "read"
    bo = nobody(visit)

    found = await bo.counts(records)
    again = await bo.counts(records)

    assert found == again
    assert [record for record, tally in found.items() if tally.total] == records[::100]
    assert crm.asked == 1
    assert {one["level"] for one in json.loads(crm.door.asked[0][2])["checks"]} == {"read"}


async def test_a_list_asks_about_all_its_records_together(crm, host, visit):
    for number in range(30):
        await host.threads.open(f"invoice:{number}", "x")
        crm.allows["bo", f"invoice:{number}"] = "read" if number % 2 else None

    found = [one.record async for one in nobody(visit).threads.list()]

    assert found == [f"invoice:{number}" for number in range(29, 0, -2)]
    assert crm.asked == 1


async def test_the_same_question_at_the_same_time_is_asked_once(crm, visit):
    crm.allows["bo", HOSTILE] = "read"
    bo = nobody(visit)
    answer, crm.door.says["/access"] = crm.door.says["/access"], None

    async def slowly(headers, body):
        await asyncio.sleep(0.3)
        return answer(headers, body)

    crm.door.says["/access"] = slowly

    found = await asyncio.gather(*(bo.conversation(HOSTILE) for _ in range(20)))

    assert {one.viewer.level for one in found} == {"read"}
    assert crm.asked == 1


@pytest.mark.parametrize(
    "says",
    [
        404, 500, 302, b"nonsense", b"", {}, [], {"allowed": True}, {"allowed": []}, {"allowed": [True]}, {"allowed": [1, 1, 1]},
        {"allowed": ["true", "true", "true"]}, {"allowed": [True, True, True, True]}, {"allowed": [True, None, True]},
    ],
    ids=repr,
)  # fmt: skip
async def test_whatever_is_no_answer_is_no(crm, host, visit, says):
    await host.threads.open(HOSTILE, "x")
    crm.allows["bo", HOSTILE] = "read"
    answer, crm.door.says["/access"] = crm.door.says["/access"], says
    bo = nobody(visit)

    with pytest.raises(NotFound):
        await bo.conversation(HOSTILE)
    assert [one async for one in bo.threads.list()] == []

    crm.door.says["/access"] = answer
    assert (await bo.conversation(HOSTILE)).viewer.level == "read"


async def test_a_host_that_does_not_answer_is_not_waited_for(crm, visit):
    async def never(*_):
        await asyncio.sleep(30)

    crm.door.says["/access"] = never

    with pytest.raises(NotFound):
        await asyncio.wait_for(nobody(visit).conversation(HOSTILE), 20)
    assert (await visit("ada").conversation(HOSTILE)).viewer.level == "comment"


async def test_those_who_may_anyway_need_nobodys_word(crm, host, visit):
    await host.records.describe(HOSTILE, access={"people": {"bo": "manage"}})
    for person in (nobody(visit), visit("ada", {"*": "manage"}), visit("root", {}, role="admin")):
        assert (await person.conversation(HOSTILE)).viewer.level == "manage"

    assert crm.asked == 0


async def test_what_the_host_takes_back_is_forgotten_at_once(crm, host, visit):
    for person in ("bo", "cy"):
        for record in ("invoice:1", "invoice:2"):
            crm.allows[person, record] = "read"
            await nobody(visit, person).conversation(record)
    crm.allows.clear()

    async def seen():
        found = set()
        for person in ("bo", "cy"):
            for record in ("invoice:1", "invoice:2"):
                try:
                    await nobody(visit, person).conversation(record)
                except NotFound:
                    continue
                found.add((person, record[-1]))
        return found

    everything = {(person, number) for person in ("bo", "cy") for number in "12"}
    assert await seen() == everything
    await host.access.changed(people=["ed"], records=["invoice:3"])
    assert await seen() == everything
    await host.access.changed(people=["bo"])
    assert await seen() == {("cy", "1"), ("cy", "2")}
    await host.access.changed(records=["invoice:1"])
    assert await seen() == {("cy", "2")}
    await host.access.changed()
    assert await seen() == set()


async def test_setting_the_address_again_makes_a_new_secret_and_both_sign_for_a_while(crm, http, visit):
    crm.allows["bo", HOSTILE] = "read"
    again = await http.patch("/v1/workspace", json={"access_url": f"{crm.door.url}/access"})
    shown = await http.get("/v1/workspace")

    assert again.json()["access_secret"] not in (crm.secret, None)
    assert "access_secret" not in shown.json()
    assert (await nobody(visit).conversation(HOSTILE)).viewer.level == "read"
    signatures = crm.door.asked[-1][1]["webhook-signature"].split(" ")
    assert len(signatures) == 2
    crm.secret = again.json()["access_secret"]
    crm.verify(*crm.door.asked[-1][1:])

    taken = await http.patch("/v1/workspace", json={"access_url": None})
    assert "access_secret" not in taken.json()
    with pytest.raises(NotFound):
        await nobody(visit).conversation(HOSTILE)


@pytest.mark.parametrize(
    "url",
    ["ftp://x", "https://localhost.invalid", "http://10.0.0.1/", "https://169.254.169.254/", "https://me@crm.example", "x"],
)
async def test_an_address_that_we_would_not_call_is_refused_when_it_is_set(host, url):
    with pytest.raises(Invalid) as refusal:
        await host.workspace.change(access_url=url)

    assert [one["path"] for one in refusal.value.errors] == ["access_url"]


async def test_only_a_server_says_that_access_changed(visit, world, host):
    with pytest.raises(Forbidden):
        await visit("ada", role="admin").access.changed()
    reader = await host.workspace.keys.create("k", scope="read")
    async with AsyncApropos(world.url, key=reader.key, retries=0) as reading:
        with pytest.raises(Forbidden):
            await reading.access.changed()


@pytest.mark.parametrize("way", ["socket", "stream"])
async def test_a_page_hears_nothing_more_once_the_host_took_it_back(crm, world, host, visit, way):
    crm.allows["bo", HOSTILE] = "read"
    ada, token = visit("ada"), token_for(world, "bo", {})
    thread = await ada.threads.open(HOSTILE, "x")

    async def take_back():
        crm.allows.clear()
        await host.access.changed(people=["bo"])
        await ada.threads.comment(thread.id, "no longer")

    if way == "socket":
        async with page(world.url, token) as bo:
            await bo.subscribe(HOSTILE)
            await ada.threads.comment(thread.id, "while they may")
            assert (await bo.hear())["event"]["data"]["comment"]["body"] == "while they may"
            await take_back()
            assert (await bo.hear())["error"]["code"] == "not_found"
    else:
        heard = []
        async with stream(world.url, {"Authorization": f"Bearer {token}"}, HOSTILE) as events:
            async for kind, _, data in events:
                heard.append((kind, data))
                if kind == "subscribed":
                    await ada.threads.comment(thread.id, "while they may")
                elif kind == "comment.posted":
                    await take_back()
        assert [kind for kind, _ in heard] == ["subscribed", "comment.posted", "error"]
        assert heard[1][1]["data"]["comment"]["body"] == "while they may"


async def test_a_page_where_nothing_happens_is_closed_too(crm, world, host):
    crm.allows["bo", HOSTILE] = "read"
    async with page(world.url, token_for(world, "bo", {})) as bo:
        await bo.subscribe(HOSTILE)
        crm.allows.clear()
        await host.access.changed(records=[HOSTILE])
        frame = await bo.hear()

    assert (frame["error"]["code"], frame["error"]["record"]) == ("not_found", HOSTILE)


async def test_a_page_may_be_let_in_and_then_more(crm, world, host, visit):
    ada = visit("ada")
    crm.allows["bo", HOSTILE] = "read"
    async with page(world.url, token_for(world, "bo", {})) as bo:
        await bo.subscribe(HOSTILE)
        thread = await ada.threads.open(HOSTILE, "x")
        await bo.hear_events(2)
        crm.allows["bo", HOSTILE] = "comment"
        await host.access.changed(people=["bo"])
        assert await bo.hear() == {"resync": {"record": HOSTILE}}

    async with http_client(world.url, token_for(world, "bo", {})) as bo:
        assert (await bo.post(f"/v1/threads/{thread.id}/comments", json={"body": "y"})).status_code == 201


async def test_whoever_is_mentioned_is_asked_about_too(crm, host, visit):
    crm.allows |= {("ada", HOSTILE): "comment", ("bo", HOSTILE): "read"}
    await host.people.describe([{"id": one, "name": one.title()} for one in ("bo", "cy")])
    ada = nobody(visit, "ada")

    with pytest.raises(Invalid) as refusal:
        await ada.threads.open(HOSTILE, "<@bo> <@cy>")
    assert refusal.value.facts["people"] == [{"id": "cy", "name": "Cy", "why": "record"}]
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    with pytest.raises(Invalid):
        await host.acting_as("ada").threads.comment(thread.id, "<@cy>")
    assert {one.id for one in await ada.people.search(thread_id=thread.id)} == {"bo"}

    crm.allows["cy", HOSTILE] = "read"
    await host.access.changed(people=["cy"])
    assert (await ada.threads.comment(thread.id, "<@cy>")).mentions == ["cy"]


async def test_a_file_is_taken_once_the_host_said_yes(crm, http, bearer):
    crm.allows["bo", HOSTILE] = "comment"
    file = {"file": ("a.txt", b"x" * 300_000, "text/plain")}

    taken = await http.post("/v1/attachments", data={"record": HOSTILE}, files=file, headers=bearer("bo", {}))
    refused = await http.post("/v1/attachments", data={"record": HOSTILE}, files=file, headers=bearer("cy", {}))

    assert (taken.status_code, refused.status_code) == (201, 404), (taken.text, refused.text)
    assert taken.json()["size"] == 300_000


async def test_a_sealed_address_asks_the_host_too_and_a_large_file_is_received_once(crm, host, visit, world):
    crm.allows |= {("ada", HOSTILE): "comment", ("bo", HOSTILE): "read"}
    ada, bo = nobody(visit, "ada"), nobody(visit)
    brought = await ada.attachments.upload(HOSTILE, bytes(3 * 2**20), "a.dat")
    await ada.threads.open(HOSTILE, "x", attachments=[brought.id])
    url = (await bo.attachments.get(brought.id)).url

    async with http_client(world.url) as bare:
        assert len((await bare.get(url)).content) == 3 * 2**20
        del crm.allows["bo", HOSTILE]
        await host.access.changed(people=["bo"])
        assert (await bare.get(url)).status_code in (401, 404)
    with pytest.raises(NotFound):
        await nobody(visit, "cy").attachments.upload(HOSTILE, b"x", "x.txt")
    crm.allows["di", HOSTILE] = "read"
    with pytest.raises(Forbidden):
        await nobody(visit, "di").attachments.upload(HOSTILE, b"x", "x.txt")


async def test_nobody_gets_a_part_in_what_the_host_does_not_let_them_see(crm, host, visit):
    crm.allows |= {("ada", HOSTILE): "comment", ("cy", HOSTILE): "read"}
    await host.people.describe([{"id": "bo", "name": "Bo"}, {"id": "cy", "name": "Cy"}, {"id": "di", "name": "Di"}])
    await host.records.describe(HOSTILE, access={"people": {"di": "read"}}, owner="bo")
    await host.templates.describe([{"record_type": "forecast_line", "name": "T", "sponsor_role": "owner", "people": ["cy"]}])
    ada = nobody(visit, "ada")

    thread = await ada.threads.open(HOSTILE, "x", template="T")
    action = await ada.actions.add(thread.id, "y")
    for attempt, path in (
        (lambda: ada.threads.open(HOSTILE, "x", sponsor="bo"), "sponsor"),
        (lambda: ada.threads.change(thread.id, sponsor="stranger"), "sponsor"),
        (lambda: ada.actions.add(thread.id, "x", assignee="bo"), "assignee"),
        (lambda: ada.actions.change(action.id, assignee="bo"), "assignee"),
    ):
        with pytest.raises(Invalid) as refusal:
            await attempt()
        assert [one["path"] for one in refusal.value.errors] == [path]

    assert thread.sponsor is None
    assert [one.people async for one in ada.templates.list(record=HOSTILE)] == [["cy"]]
    assert [one.id for one in await ada.people.search(record=HOSTILE)] == ["cy", "di"]
    assert (await ada.threads.change(thread.id, sponsor="cy")).sponsor == "cy"
    assert (await ada.actions.change(action.id, assignee="di")).assignee == "di"
    crm.allows["bo", HOSTILE] = "read"
    with pytest.raises(Invalid):
        await ada.threads.change(thread.id, sponsor="bo")
    await host.access.changed(people=["bo"])
    assert (await ada.threads.change(thread.id, sponsor="bo")).sponsor == "bo"


async def lies(person):
    """Return what lies in somebody's inbox, as it is listed and as it is counted."""
    found = [entry.thread.id async for entry in person.inbox.list()]
    assert (await person.inbox.counts())["for-you"] == len(found)
    return found


async def test_nobody_is_told_what_the_host_does_not_let_them_see(crm, host, visit, settled):
    records = [HOSTILE, "invoice:1", "invoice:2"]
    bo, ada = nobody(visit), visit("ada")
    crm.allows |= {("bo", record): "read" for record in records}
    for record in records:
        await bo.records.watch(record, "all")
    threads = [(await ada.threads.open(record, "x")).id for record in records]
    await settled()
    await host.access.changed()
    asked = crm.asked

    assert await lies(bo) == await lies(host.acting_as("bo")) == threads[::-1]
    assert crm.asked == asked + 2, "who sees them, and then who may do what there: each is one question for all records"
    del crm.allows["bo", "invoice:1"]
    await host.access.changed(people=["bo"])
    await ada.threads.comment(threads[1], "y")
    await settled()
    assert await lies(bo) == await lies(host.acting_as("bo")) == [threads[2], threads[0]]
    with pytest.raises(NotFound):
        await bo.inbox.done(threads[1])
    crm.allows["bo", "invoice:1"] = "read"
    await host.access.changed(people=["bo"])
    assert await lies(bo) == [threads[1], threads[2], threads[0]]


async def test_a_host_that_is_away_while_something_happens_loses_and_doubles_no_notice(crm, host, visit, settled):
    bo, ada = nobody(visit), visit("ada")
    crm.allows["bo", HOSTILE] = "read"
    await bo.records.watch(HOSTILE, "all")
    answer, crm.door.says["/access"] = crm.door.says["/access"], 500
    await host.access.changed()
    thread = await ada.threads.open(HOSTILE, "x")
    await settled()

    assert await lies(bo) == []
    crm.door.says["/access"] = answer
    assert await lies(bo) == [thread.id]
    [entry] = [one async for one in bo.inbox.list()]
    assert [why.reason for why in entry.reasons] == ["reply"]


async def test_counts_that_are_pushed_are_the_hosts_to_allow(crm, world, host, visit):
    ada = visit("ada")
    crm.allows |= {("bo", HOSTILE): "read", ("bo", "invoice:1"): "read"}
    for record in (HOSTILE, "invoice:1"):
        await nobody(visit).records.watch(record, "all")
    del crm.allows["bo", "invoice:1"]
    await host.access.changed()
    async with page(world.url, token_for(world, "bo", {})) as bo:
        for record in ("invoice:1", HOSTILE):
            await ada.threads.open(record, "x")
        while (waiting := (await bo.hear_counts())["unread"]) != 1:
            assert waiting == 0
    assert await lies(nobody(visit)) == [(await nobody(visit).conversation(HOSTILE)).threads[0].id]
