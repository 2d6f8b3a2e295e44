"""Many records' tallies at once: right whoever asks, and as they are now; from one statement while nothing changes."""

import asyncio
from datetime import UTC, datetime, timedelta

import orjson

from apropos_service.access.policy import Caller
from apropos_service.threads import tallies
from apropos_service.threads.tallied import KeptTallies
from statements import Counting, on_the_services_loop

ORDERS = ["order:1", "order:2", "order:new"]
RECORDS = [f"invoice:{number}" for number in range(500)]


async def fill(host, visit):
    """Open a discussion on every record, on a field of every second; mention bo and the group in some, settle and restrict some."""
    await host.records.describe_many({"record": name, "access": {"groups": {"gl": "comment"}}} for name in RECORDS)
    await host.people.describe([{"id": "bo", "name": "Bo"}, {"id": "cy", "name": "Cy"}])
    await host.people.groups({"id": "gl", "name": "Ledger", "members": ["bo", "cy"]})
    ada = visit("ada", {"*": "manage"})

    async def discuss(number, name):
        field = "net/amount" if number % 2 else None
        visibility = {"visibility": "restricted", "members": ["cy"]} if number % 10 == 3 else {}
        asked = "<@bo> <@group:gl>" if number % 5 == 0 else ""
        thread = await ada.threads.open(name, f"Which? {asked}", field=field, **visibility)
        if number % 3 == 0:
            await ada.threads.comment(thread.id, "This one.")
        if number % 7 == 0:
            await ada.threads.resolve(thread.id, "Settled.")

    for start in range(0, 500, 20):
        await asyncio.gather(*(discuss(start + place, name) for place, name in enumerate(RECORDS[start : start + 20])))
    await host.records.rename("invoice:0", "invoice:renamed")


def expected(number):
    """What bo, of the group, sees of one record."""
    seen = number % 10 != 3
    done = number % 7 == 0
    one = {
        "total": int(seen), "open": int(seen and not done), "resolved": int(seen and done), "overdue": 0,
        "unread": (2 if number % 3 == 0 else 1) * seen, "mentions": int(seen and number % 5 == 0),
    }  # fmt: skip
    return {**one, "fields": {"net/amount": one} if seen and number % 2 else {}}


async def test_they_are_right_and_one_statement(service, world, host, visit):
    await fill(host, visit)
    bo = visit("bo", {}, groups=["gl"])

    found = await bo.counts(RECORDS)
    strangers = await visit("mallory", {}).counts(RECORDS)

    assert {name: tally.model_dump() for name, tally in found.items()} == {
        name: expected(number) for number, name in enumerate(RECORDS)
    }
    assert {tally.total for tally in strangers.values()} == {0}, "who has no access sees zeros"
    told, asked = await on_the_services_loop(service, count(service, world.workspace))
    assert told == {name: tally.model_dump() for name, tally in found.items()}
    assert len(asked) == 1


async def test_what_is_kept_is_never_old(service, host, visit):
    await host.people.describe([{"id": "bo", "name": "Bo"}, {"id": "cy", "name": "Cy"}])
    ada, bo, cy, gus = visit("ada", {"*": "manage"}), visit("bo"), visit("cy"), visit("gus", guest=True)
    due = datetime.now(UTC) + timedelta(hours=1)
    thread = await ada.threads.open("order:1", "Which? <@bo>", field="net", due_at=due)
    others = await ada.threads.open("order:2", "Which?")

    async def told():
        await host.counts(["order:1"])  # what is kept of others stays
        return [{name: one.model_dump() for name, one in (await who.counts(ORDERS)).items()} for who in (host, ada, bo, cy, gus)]

    async def show_that(step):
        before = await told()
        await step()
        now = await told()
        service.app.state.kept_tallies = KeptTallies()
        assert now == await told()
        assert now != before

    await show_that(lambda: cy.threads.comment(thread.id, "This one. <@bo>"))
    await show_that(lambda: bo.threads.read(thread.id, 2))
    await show_that(lambda: ada.threads.set_visibility(thread.id, "shared", confirm=["all:guests"]))
    await show_that(lambda: ada.threads.open("order:2", "Whose?", visibility="restricted", members=["cy"]))
    await show_that(lambda: ada.threads.set_visibility(others.id, "restricted", members=["ada"]))
    await show_that(lambda: gus.threads.comment(thread.id, "That one."))
    await show_that(lambda: host.records.rename("order:1", "order:new"))
    await show_that(lambda: ada.threads.resolve(others.id, "Settled."))
    with service.ahead(7_200_000):
        assert (await bo.counts(ORDERS))["order:1"].overdue == 1
    assert (await bo.counts(ORDERS))["order:1"].overdue == 0
    await show_that(lambda: host.records.merge("order:new", "order:2"))
    await show_that(lambda: host.records.erase("order:2"))


async def test_what_somebody_was_told_is_not_said_again_with_less_of_a_grant(visit):
    await visit("ada", {"*": "manage"}).threads.open("order:1", "Which?")
    totals = [
        (await visit("bo", grants).counts(ORDERS))["order:1"].total for grants in ({}, {"*": "read"}, {}, {"order:2": "read"})
    ]

    assert totals == [0, 1, 0, 0]


async def count(service, workspace):
    """Ask for the tallies as the route does while they are kept, noting the statements."""
    caller = Caller(workspace, name="bo", person_id="bo", role="member", groups=frozenset({"gl"}))
    state = service.app.state
    async with state.database.reading(workspace) as look:
        counting = Counting(look)
        found = await tallies.at_once(counting, state.kept_tallies, caller, RECORDS, now=state.clock.now())
    return orjson.loads(found), counting.asked
