"""Five hundred records' tallies at once: all of them right, from one statement, whoever asks."""

import asyncio

from apropos_service.access.policy import Caller
from apropos_service.threads.tallies import tallies

RECORDS = [f"invoice:{number}" for number in range(500)]


class Counting:
    """A place to look that notes the statements it is asked; there is no other way to look."""

    def __init__(self, look):
        self.look, self.asked = look, []

    async def fetch(self, sql, **params):
        self.asked.append(sql)
        return await self.look.fetch(sql, **params)


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

    for start in range(0, 500, 50):
        await asyncio.gather(*(discuss(start + place, name) for place, name in enumerate(RECORDS[start : start + 50])))
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


async def count(service, workspace):
    """Ask for the tallies as the route does, noting the statements."""
    caller = Caller(workspace, name="bo", person_id="bo", role="member", groups=frozenset({"gl"}))
    async with service.app.state.database.reading(workspace) as look:
        counting = Counting(look)
        return await tallies(counting, caller, RECORDS, now=service.app.state.clock.now()), counting.asked


async def on_the_services_loop(service, work):
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, service.loop))
