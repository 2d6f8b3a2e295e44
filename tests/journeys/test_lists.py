"""Lists: whole, in order, without repeats, whatever comes meanwhile; filters; limits."""

from datetime import UTC, datetime, timedelta

import pytest

from apropos_service.threads import listing

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def pages(http, path, params=(), meanwhile=None, **kwargs):
    found, cursor = [], None
    while True:
        query = [*params, *([("cursor", cursor)] if cursor else [])]
        page = (await http.get(path, params=query, **kwargs)).json()
        found += page["data"]
        cursor = page["next"]
        if cursor is None:
            return found
        if meanwhile is not None:
            await meanwhile()


async def test_threads_are_listed_once_each_newest_first_while_others_are_opened(http):
    opened = [(await http.post("/v1/threads", json={"record": f"invoice:{n % 3}", "body": f"{n}"})).json()["id"] for n in range(11)]

    async def meanwhile():
        await http.post("/v1/threads", json={"record": "invoice:1", "body": "meanwhile"})

    found = await pages(http, "/v1/threads", [("limit", 3)], meanwhile)

    assert [thread["id"] for thread in found] == opened[::-1]


async def test_by_activity_nothing_is_skipped(http):
    opened = {(await http.post("/v1/threads", json={"record": "invoice:1", "body": f"{n}"})).json()["id"] for n in range(9)}
    oldest = min(opened)

    async def meanwhile():
        await http.post(f"/v1/threads/{oldest}/comments", json={"body": "again"})

    found = await pages(http, "/v1/threads", [("limit", 2), ("sort", "activity")], meanwhile)

    seen = [thread["id"] for thread in found]
    assert set(seen) | {oldest} == opened
    assert len(set(seen) - {oldest}) == 8


async def test_comments_are_listed_oldest_first_while_others_are_posted(http):
    thread = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "0"})).json()
    address = f"/v1/threads/{thread['id']}/comments"
    for number in range(1, 9):
        await http.post(address, json={"body": f"{number}"})
    posted = iter(range(9, 12))

    async def meanwhile():
        if (number := next(posted, None)) is not None:
            await http.post(address, json={"body": f"{number}"})

    found = await pages(http, address, [("limit", 2)], meanwhile)

    assert [comment["body"] for comment in found] == [f"{number}" for number in range(12)]


@pytest.mark.parametrize("limit", [0, 101, -1, "x"])
async def test_limits_are_1_to_100(http, limit):
    answer = await http.get("/v1/threads", params={"limit": limit})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "limit"


async def test_a_cursor_of_another_list_or_nobody_is_refused(service, http):
    for n in range(3):
        await http.post("/v1/threads", json={"record": "invoice:1", "body": f"{n}"})
    own = (await http.get("/v1/threads", params={"limit": 1})).json()["next"]
    events = (await http.get("/v1/events")).json()["next"]

    for path, cursor in (
        ("/v1/threads", "nonsense"), ("/v1/threads", events), ("/v1/threads", own[:-2]), ("/v1/events", own),
        ("/v1/threads?sort=activity", own),
    ):  # fmt: skip
        name = "after" if path == "/v1/events" else "cursor"
        answer = await http.get(path + ("&" if "?" in path else "?") + f"{name}={cursor}")
        assert answer.status_code == 422, (path, cursor)
    stranger = {"Authorization": f"Bearer {service.workspace().key}"}
    assert (await http.get("/v1/threads", params={"cursor": own}, headers=stranger)).status_code == 422


async def test_every_filter_finds_its_threads(service, host, visit):
    ada, bo = visit("ada"), visit("bo")
    await host.records.describe("invoice:1", parent="project:P")
    asked = await ada.threads.open("invoice:1", "which?", kind="question", sponsor="bo", labels=["hot"])
    with service.ahead(-60_000):
        past = datetime.now(UTC) - timedelta(seconds=30)
        answered = await ada.threads.open("invoice:2", "which?", kind="question", due_at=past)
    await bo.threads.comment(answered.id, "this")
    done = await bo.threads.open("order:1", "x")
    await bo.threads.resolve(done.id)

    async def found(**which):
        return {one.id for one in [thread async for thread in ada.threads.list(**which)]}

    assert await found() == {asked.id, answered.id, done.id}
    assert await found(record="invoice:1") == {asked.id}
    assert await found(record="invoice:9") == set()
    assert await found(type="invoice") == {asked.id, answered.id}
    assert await found(parent="project:P") == {asked.id}
    assert await found(status="resolved") == {done.id}
    assert await found(sponsor="bo") == {asked.id}
    assert await found(participant="bo") == {answered.id, done.id}
    assert await found(overdue=True) == {answered.id}
    assert await found(overdue=False) == {asked.id, done.id}
    assert await found(unanswered=True) == {asked.id}
    assert await found(unanswered=False) == {answered.id, done.id}
    assert await found(label="hot") == {asked.id}
    assert await found(type="invoice", participant="bo", overdue=True) == {answered.id}


async def test_people_are_found_by_name_and_only_those_who_can_see_the_record(host, visit):
    await host.people.describe([{"id": "ada", "name": "Ada Lovelace", "email": "ada@example.com"}, {"id": "adam", "name": "Adam"}])
    await host.records.describe("invoice:1", access={"people": {"ada": "comment"}})

    everyone = await visit("bo").people.search("ada")
    here = await visit("bo").people.search("ada", record="invoice:1")

    assert {one.id for one in everyone} == {"ada", "adam"}
    assert [one.id for one in here] == ["ada"]
    assert here[0].email is None
    assert (await host.people.search("lovelace"))[0].email == "ada@example.com"


async def test_who_sees_few_of_many_threads_gets_to_all_of_them(visit, monkeypatch):
    monkeypatch.setattr(listing, "CHUNK", 2)
    monkeypatch.setattr(listing, "MOST_CHUNKS", 2)
    ada, mine = visit("ada"), []
    for number in range(20):
        seen = number in {0, 1, 11}
        thread = await ada.threads.open("invoice:1", f"{number}", **({} if seen else {"visibility": "restricted"}))
        mine += [thread.id] if seen else []

    assert [thread.id async for thread in visit("bo").threads.list(record="invoice:1")] == mine[::-1]


async def test_a_cursor_goes_on_with_the_filters_that_it_was_given_with(http):
    for number in range(3):
        await http.post("/v1/threads", json={"record": HOSTILE, "body": f"{number}", "labels": ["a"]})
    first = {"record": HOSTILE, "limit": 2, "label": "a"}
    cursor = (await http.get("/v1/threads", params=first)).json()["next"]

    for other in ({"record": HOSTILE}, {**first, "label": "b"}, {**first, "record": "invoice:1"}, {**first, "status": "open"}):
        answer = await http.get("/v1/threads", params={**other, "cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "cursor"), other
    rest = (await http.get("/v1/threads", params={**first, "limit": 100, "cursor": cursor})).json()
    assert (len(rest["data"]), rest["next"]) == (1, None)


async def test_a_type_that_no_record_can_have_is_refused(http):
    for wrong in ("A", "", "1a", "a" * 64, "a b"):
        assert (await http.get("/v1/threads", params={"type": wrong})).status_code == 422
