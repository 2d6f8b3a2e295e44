"""Who may give access is told that somebody asks: who manages the record and who owns it, and nobody who may not know."""

import pytest

from apropos import NotFound
from conftest import token_for
from listening import page

RECORD = "forecast_line:a/b%2F ü:عربي"
MANAGES = {"forecast_line:*": "manage"}


async def waiting(person):
    """Return who is to be let see what, of the requests that wait in somebody's inbox."""
    page = await person.inbox.page()
    assert page.counts["requests"] == len(page.requests)
    return [(one.request.person_id, one.record.record) for one in page.requests]


async def test_who_manages_is_told_who_asks_for_whom_on_what_and_why(host, visit):
    ada, mia = visit("ada", name="Ada"), visit("mia", MANAGES)
    await host.records.describe(RECORD, title="VT-400, Q3", url="https://crm/7")
    thread = await ada.threads.open(RECORD, "x", goal="Agree the price")
    await ada.access.request(RECORD, person_id="sofia", comment="She knows the freight rates.")
    await ada.access.request(thread_id=thread.id, person_id="gil")

    page = await mia.inbox.page()
    newer, older = page.requests
    assert (older.request.person_id, older.request.asked_by, older.request.comment) == (
        "sofia",
        "ada",
        "She knows the freight rates.",
    )
    assert (older.record.title, older.record.url, older.thread) == ("VT-400, Q3", "https://crm/7", None)
    assert (newer.request.person_id, newer.thread.goal) == ("gil", "Agree the price")
    assert page.people["ada"].name == "Ada"
    assert {"sofia", "gil"} <= set(page.people)
    assert page.counts["requests"] == 2
    assert (await mia.inbox.page("mentions")).requests == []


async def test_nobody_is_told_who_may_not_see_it_or_does_not_manage(host, visit):
    ada = visit("ada", MANAGES)
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}])
    secret = await ada.threads.open(RECORD, "x", visibility="restricted", members=["mia"])
    await ada.access.request(thread_id=secret.id, person_id="sofia")
    await ada.access.request(RECORD, person_id="sofia")
    on_record, on_thread = ("sofia", RECORD), ("sofia", RECORD)

    assert await waiting(visit("mia", MANAGES)) == [on_record, on_thread]
    assert await waiting(visit("mo", MANAGES)) == [on_record]
    assert await waiting(visit("root", {}, role="admin")) == [on_record]
    assert await waiting(visit("mod", {"*": "read"}, role="moderator")) == [on_record]
    assert await waiting(ada) == []  # they asked themselves
    for person, grants, card in (
        ("bo", {"*": "comment"}, {}),
        ("eve", {"invoice:*": "manage"}, {}),
        ("gus", MANAGES, {"guest": True}),
    ):
        somebody = visit(person, grants, **card)
        assert await waiting(somebody) == []
        for request in (await visit("mia", MANAGES).inbox.page()).requests:
            with pytest.raises(NotFound):
                await somebody.access.dismiss(request.request.id)


async def test_the_record_says_who_owns_and_manages_it(host, visit):
    await host.people.groups([{"id": "leads", "name": "Leads", "members": ["lea"]}])
    access = {"people": {"ada": "comment", "olu": "read"}, "groups": {"leads": "manage"}, "everyone": None}
    await host.records.describe(RECORD, owner="olu", access=access)
    await visit("ada", {}).access.request(RECORD, person_id="sofia")

    assert await waiting(visit("olu", {})) == [("sofia", RECORD)]
    assert await waiting(host.acting_as("olu")) == [("sofia", RECORD)]
    assert await waiting(host.acting_as("lea")) == [("sofia", RECORD)]
    assert await waiting(host.acting_as("ada")) == await waiting(host.acting_as("bo")) == []

    await host.records.describe(RECORD, access={**access, "people": {"ada": "comment"}})
    assert await waiting(visit("olu", {})) == []


async def test_it_is_over_for_everybody_when_one_puts_it_away(host, visit):
    mia, mo = visit("mia", MANAGES), visit("mo", MANAGES)
    asked = await visit("eve", {}).access.request(RECORD)
    assert await waiting(mia) == await waiting(mo) == [("eve", RECORD)]

    await mia.access.dismiss(asked.id)
    await mo.access.dismiss(asked.id)

    assert await waiting(mo) == []
    closed = [one for one in (await host.events.list(limit=100)).data if one.type == "access.closed"]
    assert [(one.actor.id, one.data.request.id, one.data.seen, one.seq) for one in closed] == [("mia", asked.id, False, 2)]
    assert await visit("eve", {}).access.request(RECORD) == asked, "who asked is not told what became of it"
    with pytest.raises(NotFound):
        await mia.access.dismiss("ask_01k0000000e00g0r40g30e209g")


async def test_it_is_over_when_the_person_sees_it(service, host, visit):
    mia, ada = visit("mia", MANAGES), visit("ada")
    named = {"ada": "comment", "mia": "read"}
    await host.records.describe(RECORD, access={"people": named})
    thread = await ada.threads.open(RECORD, "x", visibility="restricted", members=["mia"])
    await ada.access.request(RECORD, person_id="bo")
    await ada.access.request(RECORD, person_id="cy")
    await host.access.request(thread_id=thread.id, person_id="cy")
    assert await waiting(mia) == [("cy", RECORD), ("cy", RECORD), ("bo", RECORD)]

    await host.records.describe(RECORD, access={"people": {**named, "bo": "read"}})
    assert await waiting(mia) == [("cy", RECORD), ("cy", RECORD)]

    await visit("cy", {"*": "read"}).inbox.page()  # they come with a token; of the discussion they are still no member
    assert await waiting(mia) == [("cy", RECORD)]
    [closed] = [one for one in (await host.events.list(limit=100)).data if one.type == "access.closed"]
    assert (closed.data.request.person_id, closed.data.seen, closed.actor) == ("cy", True, None)

    with service.ahead(31 * 86_400_000):
        assert await waiting(host.acting_as("ada")) == await waiting(host.acting_as("mia")) == []


async def test_counts_of_who_is_told_change_at_once(world, visit):
    async with page(world.url, token_for(world, "mia", MANAGES)) as screen, page(world.url, token_for(world, "bo")) as other:
        asked = await visit("eve", {}).access.request(RECORD)
        assert (await screen.hear_counts())["requests"] == 1
        await visit("mo", MANAGES).access.dismiss(asked.id)
        assert (await screen.hear_counts())["requests"] == 0
        assert (await other.hear_counts())["requests"] == 0
