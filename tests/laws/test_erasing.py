"""Erased means erased: a canary in every place where somebody's words can be; afterwards in none, and in no file."""

import asyncio
import json
import re

import httpx
import pytest
from aiohttp import web

from apropos_service.rows import TABLES
from hosting import site
from listening import page, until
from stored import everything, files_with

CANARY = "Kanarienvogel"
RECORD, OTHER, GONE = f"forecast_line:{CANARY}", "forecast_line:kept", f"forecast_line:{CANARY} before"
FIELD = f"lines/{CANARY}"
SONG = CANARY[1:-1]
"""What is left of the canary in a file that does not repeat how a word begins."""


@pytest.fixture
async def other_system():
    """A system that says back whatever it is sent, and one that fails at it."""
    async with site() as door:
        door.says |= {"/echo": lambda _, body: body, "/fails": lambda _, body: web.Response(status=500, body=body)}
        yield door


@pytest.fixture
async def sung(host, visit, settled, other_system):
    """Words about one record in every place there is; and a discussion about another record that stays."""
    hooks = [await host.webhooks.create(f"{other_system.url}{path}") for path in ("/echo", "/fails")]
    ada = visit("ada", {"*": "manage"})
    kept = await ada.threads.open(OTHER, "This stays")
    await host.records.describe(GONE, title=CANARY, labels=[CANARY], fields={FIELD: CANARY})
    await host.records.describe(f"{RECORD} x", title=CANARY, url=f"https://crm.example/{CANARY}", fields={FIELD: 1})
    thread = await ada.threads.open(
        GONE, f"{CANARY} <@{CANARY}>", field=FIELD, kind="question", title=CANARY, goal=CANARY, sponsor=CANARY, labels=[CANARY],
        metadata={CANARY: CANARY}, visibility="restricted", members=[CANARY, f"{CANARY} 2"],
    )  # fmt: skip
    await host.records.describe(GONE, fields={FIELD: f"{CANARY} 2"})
    await host.records.merge(GONE, f"{RECORD} x")
    await host.records.rename(f"{RECORD} x", RECORD)
    comment = await ada.threads.comment(thread.id, CANARY)
    await ada.comments.edit(comment.id, f"{CANARY} <@{CANARY} 2>")
    await ada.access.request(RECORD, person_id=CANARY, comment=CANARY)
    await ada.comments.react(comment.id, "🦜")
    await ada.comments.accept(thread.comments[0].id, comment.id)
    decision = await ada.threads.comment(thread.id, CANARY, kind="decision")
    await ada.comments.vote(decision.id, "problem", text=CANARY)
    action = await ada.actions.add(thread.id, CANARY, assignee=CANARY)
    await ada.actions.drop(action.id, CANARY)
    await ada.threads.resolve(thread.id, CANARY, value=CANARY)
    await ada.threads.reopen(thread.id, reason=CANARY)
    withdrawn = await ada.threads.comment(thread.id, CANARY)
    await ada.comments.withdraw(withdrawn.id)
    used, _ = [await ada.attachments.upload(RECORD, CANARY.encode(), f"{CANARY}.txt") for _ in range(2)]
    await ada.threads.comment(thread.id, CANARY, attachments=[used.id])
    await settled()

    async def tried():
        return all([one.attempts for hook in hooks async for one in host.webhooks.deliveries(hook.id)])

    await until(tried)
    return thread, kept


@pytest.mark.usefixtures("sung")
async def test_a_canary_is_nowhere_after_its_record_was_erased(service, world, host, settled):
    files = service.app.state.settings.data_dir / "files" / world.workspace
    before = await everything(service, world)
    assert {CANARY, CANARY.lower()} <= set(re.findall(CANARY, before, re.IGNORECASE)), "the canary sings before, also in the words"
    assert [file.read_bytes() for file in files.iterdir()] == [CANARY.encode()] * 2
    for table in ("message", "attempt"):
        assert CANARY in await everything(service, world, [row for row in TABLES if row.table.name == table]), table

    await host.records.erase(RECORD)

    assert CANARY.lower() not in (await everything(service, world)).lower()
    assert list(files.iterdir()) == []

    async def gone():  # whoever reads at that moment is not waited for before the log beside the file is emptied into it
        return files_with(SONG, service.database_url) == []

    await until(gone)
    await settled()
    assert CANARY.lower() not in (await everything(service, world)).lower(), "no reader brings it back"


@pytest.mark.usefixtures("sung")
async def test_what_is_still_owed_to_another_system_is_sent_without_a_word_of_it(service, host, other_system, settled):
    await host.records.erase(RECORD)
    await settled()
    [failing] = [one async for one in host.webhooks.list() if one.url.endswith("/fails")]

    async def tries():
        owed = [one async for one in host.webhooks.deliveries(failing.id)]
        return {one.event_id: one.attempts[0].number if one.attempts else 0 for one in owed if one.type != "record.erased"}

    before, tried = len(other_system.asked), await tries()

    async def tried_again():
        now = await tries()
        return all(now[event] > number for event, number in tried.items())

    with service.ahead(600_000):
        await until(tried_again)
    sent = [(path, json.loads(body)) for path, _, body in other_system.asked[before:]]

    assert CANARY.lower() not in json.dumps(sent).lower()
    assert {one["data"]["thread"] for path, one in sent if path == "/fails" and one["type"] == "thread.reopened"} == {None}
    assert tried.keys() <= {one["id"] for _, one in sent}


async def test_the_log_keeps_that_something_happened_and_by_whom(http, host, sung):
    before = await whole_log(http)
    await host.records.erase(RECORD)
    after = await whole_log(http)

    def happened(log):
        return [(one["id"], one["type"], one["seq"], one["thread_id"], one["actor"] and one["actor"]["id"]) for one in log]

    assert happened(after)[:-1] == happened(before)
    assert after[-1]["type"] == "record.erased"
    thread, kept = sung
    for one in after[:-1]:
        if one["thread_id"] == thread.id:
            assert (one["record"], one["data"]["thread"], one["data"].get("comment")) == (None, None, None)
        if one["thread_id"] == kept.id:
            assert one["data"]["thread"]["id"] == kept.id


async def test_answers_about_the_record_are_not_repeated_and_those_of_others_are(http):
    def ask(record, key):
        body = {"record": record, "body": record}
        return http.post("/v1/threads", json=body, headers={"Idempotency-Key": key})

    mine, other = (await ask(RECORD, "1")).json(), (await ask(OTHER, "2")).json()
    comment = {"json": {"body": CANARY}, "headers": {"Idempotency-Key": "3"}}
    await http.post(f"/v1/threads/{mine['id']}/comments", **comment)
    await http.post("/v1/records", json={"records": [{"record": RECORD, "title": CANARY}]}, headers={"Idempotency-Key": "4"})
    file = {"files": {"file": ("a.txt", CANARY.encode())}, "data": {"record": RECORD}, "headers": {"Idempotency-Key": "6"}}
    waiting = (await http.post("/v1/attachments", **file)).json()["id"]
    await http.delete("/v1/records", params={"record": RECORD}, headers={"Idempotency-Key": "5"})

    assert (await ask(OTHER, "2")).json()["id"] == other["id"]
    assert (await http.post(f"/v1/threads/{mine['id']}/comments", **comment)).status_code == 404
    again = await http.post(
        "/v1/records", json={"records": [{"record": RECORD, "title": CANARY}]}, headers={"Idempotency-Key": "4"}
    )
    assert again.json()["data"][0]["version"] == 1
    assert (await http.post("/v1/attachments", **file)).json()["id"] != waiting
    assert (await http.delete("/v1/records", params={"record": RECORD}, headers={"Idempotency-Key": "5"})).status_code == 204


async def test_a_page_that_shows_the_record_reads_it_anew(world, host, visit, bearer):
    await visit("ada").threads.open(RECORD, CANARY)
    async with page(world.url, bearer("bo")["Authorization"].removeprefix("Bearer ")) as bo:
        await bo.subscribe(RECORD)
        await host.records.erase(RECORD)
        assert await bo.hear() == {"resync": {"record": RECORD}}
        await bo.subscribe(RECORD)
        fresh = await visit("ada").threads.open(RECORD, "anew")
        assert (await bo.hear())["event"]["thread_id"] == fresh.id


async def test_others_write_meanwhile_and_lose_nothing(host, visit):
    ada = visit("ada")
    threads = [await ada.threads.open(f"invoice:{number}", "x") for number in range(4)]

    async def write(thread):
        return [(await ada.threads.comment(thread.id, f"{number}")).seq for number in range(5)]

    *said, _, _ = await asyncio.gather(
        *(write(thread) for thread in threads[:2]), host.records.erase("invoice:2"), host.records.merge("invoice:3", "invoice:0")
    )

    assert said == [[3, 4, 5, 6, 7]] * 2
    assert (await ada.threads.get(threads[3].id)).record == "invoice:0"


async def whole_log(http: httpx.AsyncClient):
    return (await http.get("/v1/events", params={"limit": 100})).json()["data"]
