"""Whoever cannot see something is let in by the host alone: it is asked, once, and hears who asked for whom and why."""

import pytest

from apropos import Conflict, Forbidden, Invalid, NotFound, RateLimited

RECORD, OTHER = "forecast_line:a/b%2F ü:عربي", "invoice:7"


async def heard(host):
    """Return the requests that the host hears of."""
    return [one for one in (await host.events.list(limit=100)).data if one.type == "access.requested"]


async def test_the_host_hears_who_asked_for_whom_and_why(host, visit):
    ada = visit("ada", name="Ada")
    thread = await ada.threads.open(RECORD, "x")

    asked = await ada.access.request(thread_id=thread.id, person_id="sofia", comment="She knows the freight rates.")
    [event] = await heard(host)

    assert (asked.record, asked.thread_id, asked.person_id, asked.asked_by) == (RECORD, thread.id, "sofia", "ada")
    assert event.data.request == asked
    assert (event.record, event.actor.name, event.seq) == (RECORD, "Ada", 1)
    assert event.data.people["sofia"].id == "sofia"


async def test_the_same_within_a_day_is_one_request_and_then_it_is_another(service, host, visit, http):
    ada, bo = visit("ada"), visit("bo")
    first = await ada.access.request(RECORD, person_id="sofia")
    again = await ada.access.request(RECORD, person_id="sofia", comment="I ask again")
    others = await bo.access.request(RECORD, person_id="sofia")
    assert again == first
    assert others.id != first.id
    assert len(await heard(host)) == 2

    with service.ahead(25 * 3_600_000):
        later = await host.acting_as("ada").access.request(RECORD, person_id="sofia")
    assert later.id != first.id
    repeated = {"id": first.id, "record": OTHER, "person_id": "sofia"}
    assert (await http.post("/v1/access/requests", json=repeated, headers={"Apropos-Actor": "ada"})).status_code == 409


async def test_who_cannot_see_it_asks_for_themselves_and_learns_nothing(host, visit):
    await host.threads.open(RECORD, "x")
    eve = visit("eve", {})

    there, not_there = await eve.access.request(RECORD), await eve.access.request("forecast_line:never spoken of")

    assert {name for name, value in there if value != dict(not_there)[name]} == {"id", "record", "asked_at"}
    assert (there.person_id, there.asked_by) == ("eve", "eve")
    assert [one.data.request.record for one in await heard(host)] == [RECORD, "forecast_line:never spoken of"]
    with pytest.raises(NotFound):
        await eve.conversation(RECORD)


async def test_who_may_not_write_asks_for_nobody_else(host, visit):
    hidden = await visit("ada").threads.open(RECORD, "x", visibility="restricted")
    for attempt in (
        lambda: visit("eve", {}).access.request(RECORD, person_id="bo"),
        lambda: visit("bo").access.request(thread_id=hidden.id),
        lambda: visit("bo").access.request(thread_id=hidden.id, person_id="eve"),
    ):
        with pytest.raises(NotFound):
            await attempt()
    with pytest.raises(Forbidden):
        await visit("rea", {"*": "read"}).access.request(RECORD, person_id="bo")
    with pytest.raises(Conflict) as sees:
        await visit("bo").access.request(RECORD)
    assert sees.value.code == "sees_already"
    for wrong in ({}, {"record": RECORD, "thread_id": hidden.id}):
        with pytest.raises(Invalid) as refusal:
            await host.access.request(**wrong, person_id="bo")
        assert refusal.value.errors[0]["path"] == "record"
    with pytest.raises(Forbidden):
        await host.access.request(RECORD)
    assert await heard(host) == []


async def test_nobody_floods_the_host(visit):
    ada = visit("ada")
    for number in range(50):
        await ada.access.request(RECORD, person_id=f"p{number}")
    with pytest.raises(RateLimited) as refusal:
        await ada.access.request(RECORD, person_id="one more")

    assert 80_000 < refusal.value.retry_after <= 86_401
    assert (await ada.access.request(RECORD, person_id="p0")).person_id == "p0"


async def test_a_request_goes_where_its_record_goes(host, visit):
    ada = visit("ada")
    asked = await ada.access.request(RECORD, person_id="sofia", comment="please")
    await host.records.describe(OTHER, title="Other")
    await host.records.merge(RECORD, OTHER)
    assert (await heard(host))[0].data.request.record == OTHER
    assert (await ada.access.request(OTHER, person_id="sofia")).id == asked.id

    await host.records.erase(OTHER)
    [event] = await heard(host)
    assert event.data.request is None
