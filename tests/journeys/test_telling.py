"""Who is told: watchers of records, groups, and nobody who may not see it, at the moment of telling and again at reading."""

import asyncio

import pytest

from apropos import NotFound
from apropos_service.events.log import entries_after
from apropos_service.events.readers import ReaderCursor
from apropos_service.inbox.plan import AT_ONCE, plan_of

RECORD, CHILD, OTHER = "opportunity:OPP 1/ü", "forecast_line:FL-1", "forecast_line:FL-2"


@pytest.fixture
def inbox(settled):
    """Look into a person's inbox once everything is read: `{thread: [reasons]}`."""

    async def look(person):
        await settled()
        return {entry.thread.id: [why.reason for why in entry.reasons] async for entry in person.inbox.list()}

    return look


async def test_who_watches_a_record_hears_of_every_discussion_on_it_and_on_those_under_it(host, visit, inbox):
    await host.records.describe(CHILD, parent=RECORD)
    ada, bo = visit("ada"), visit("bo")
    await ada.threads.open(RECORD, "before")
    watch = await bo.records.watch(RECORD, "all")
    on_it, under_it = await ada.threads.open(RECORD, "x"), await ada.threads.open(CHILD, "y")
    await ada.threads.open(OTHER, "z")

    assert await inbox(bo) == {under_it.id: ["reply"], on_it.id: ["reply"]}
    assert (watch.record, watch.level, watch.watching) == (RECORD, "all", "all")
    below = await bo.records.watching(CHILD)
    assert (below.level, below.watching) == (None, "all")
    assert (await bo.threads.get(under_it.id)).viewer.watching == "all"
    assert (await bo.conversation(CHILD)).threads[0].viewer.watching == "all"


async def test_the_nearest_watch_counts_and_what_one_chose_for_a_discussion_comes_first(host, visit, inbox):
    await host.records.describe(CHILD, parent=RECORD)
    ada, bo = visit("ada"), visit("bo")
    await bo.records.watch(RECORD, "all")
    await bo.records.watch(CHILD, "none")
    muted, chosen = await ada.threads.open(CHILD, "<@bo>"), await ada.threads.open(CHILD, "y")
    await bo.threads.watch(chosen.id, "all")
    for thread in (muted, chosen):
        await ada.threads.comment(thread.id, "more")

    assert await inbox(bo) == {chosen.id: ["reply"]}
    assert (await bo.threads.get(muted.id)).viewer.watching == "none"


async def test_a_watch_goes_along_when_a_record_is_renamed_or_merged(host, visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    await bo.records.watch(CHILD, "all")
    await bo.records.watch(OTHER, "none")
    await host.records.rename(CHILD, "forecast_line:new")
    renamed = await ada.threads.open("forecast_line:new", "x")
    await host.records.merge("forecast_line:new", RECORD)
    merged = await ada.threads.open(RECORD, "y")
    assert await inbox(bo) == {merged.id: ["reply"], renamed.id: ["reply"]}
    await host.records.merge(RECORD, OTHER)
    await ada.threads.open(OTHER, "bo chose not to hear of this")

    assert await inbox(bo) == {merged.id: ["reply"], renamed.id: ["reply"]}
    assert (await bo.records.watching(CHILD)).level == "none"


async def test_a_record_that_is_hidden_cannot_be_watched(visit):
    eve = visit("eve", {"invoice:*": "read"})
    for attempt in (lambda: eve.records.watch(RECORD, "all"), lambda: eve.records.watching(RECORD)):
        with pytest.raises(NotFound):
            await attempt()


async def test_nobody_is_told_what_they_may_not_see(host, visit, inbox):
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}, {"id": "bo", "name": "Bo"}])
    await host.records.describe(RECORD, access={"people": {"ada": "comment", "bo": "read", "gus": "read"}})
    await host.people.groups({"id": "all", "name": "All", "members": ["ada", "bo", "gus", "eve"]})
    ada, bo, gus, eve = visit("ada"), visit("bo", {}), visit("gus", {}, guest=True), visit("eve", {})
    everybody = "<@group:all>"
    internal = await ada.threads.open(RECORD, everybody)
    shared = await ada.threads.open(RECORD, everybody, visibility="shared")
    restricted = await ada.threads.open(RECORD, everybody, visibility="restricted", members=["gus"])

    assert await inbox(bo) == {shared.id: ["mention"], internal.id: ["mention"]}
    assert await inbox(gus) == {restricted.id: ["mention", "visibility"], shared.id: ["mention"]}
    assert await inbox(eve) == await inbox(host.acting_as("eve")) == {}
    assert await inbox(visit("eve", {RECORD: "read"})) == {shared.id: ["mention"], internal.id: ["mention"]}


async def test_an_edit_that_mentions_a_group_tells_those_of_it_who_can_see_and_were_not_told(host, visit, inbox):
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}])
    await host.people.groups({"id": "all", "name": "All", "members": ["ada", "bo", "cy", "gus"]})
    ada, bo, cy, gus = visit("ada"), visit("bo"), visit("cy"), visit("gus", guest=True)
    thread = await ada.threads.open(RECORD, "<@bo>")
    await inbox(bo)
    await bo.inbox.done(thread.id)

    await ada.comments.edit(thread.comments[0].id, "<@bo> <@group:all>")
    assert [await inbox(one) for one in (ada, cy, gus)] == [{}, {thread.id: ["mention"]}, {}]
    await ada.comments.edit(thread.comments[0].id, "<@bo> <@group:all> again")
    await inbox(cy)
    await cy.inbox.done(thread.id)
    await ada.comments.edit(thread.comments[0].id, "<@group:all> and again")
    assert await inbox(cy) == {}, "nobody is told twice"


async def test_what_one_may_no_longer_see_is_neither_shown_nor_counted_and_is_back_with_access(host, visit, inbox):
    access = {"people": {"ada": "comment", "bo": "read"}}
    await host.records.describe(RECORD, access=access)
    ada, bo = visit("ada"), visit("bo", {})
    thread = await ada.threads.open(RECORD, "<@bo>")
    assert await inbox(bo) == {thread.id: ["mention"]}

    await host.records.describe(RECORD, access={"people": {"ada": "comment"}})
    assert await inbox(bo) == {}
    assert await inbox(host.acting_as("bo")) == {}
    assert set((await bo.inbox.counts()).values()) == {0}
    for attempt in (lambda: bo.inbox.done(thread.id), lambda: bo.inbox.snooze(thread.id, None)):
        with pytest.raises(NotFound):
            await attempt()

    await host.records.describe(RECORD, access=access)
    assert await inbox(bo) == await inbox(host.acting_as("bo")) == {thread.id: ["mention"]}


async def test_a_guest_who_was_let_in_to_write_is_told_of_replies(visit, inbox):
    ada, gus = visit("ada"), visit("gus", guest=True)
    thread = await gus.threads.open(RECORD, "a guest asks", kind="question")
    await ada.threads.comment(thread.id, "and is answered")

    assert await inbox(gus) == {thread.id: ["answered"]}


async def test_a_mention_of_two_thousand_people_is_told_to_each_of_them_once(service, world, host, visit, inbox):
    crowd = [f"p{number:04}" for number in range(2_000)]
    await host.people.groups({"id": "all", "name": "All", "members": [*crowd, "ada"]})
    ada = visit("ada")
    thread = await ada.threads.open(RECORD, "<@group:all> <@p0007>")

    assert await inbox(ada) == {}
    for one in ("p0000", "p0007", "p1999"):
        assert await inbox(visit(one)) == {thread.id: ["mention"]}
    assert await entries(service, world) == len(crowd) > AT_ONCE

    await ada.comments.edit(thread.comments[0].id, "<@p0007>")
    assert [len(await inbox(visit(one))) for one in ("p0000", "p0007", "p1999")] == [0, 1, 0]


async def test_the_inbox_can_be_built_anew_and_what_people_did_stays(service, world, visit, inbox, settled):
    ada, bo = visit("ada"), visit("bo")
    threads = [await ada.threads.open(RECORD, "<@bo>") for _ in range(3)]
    await ada.threads.comment(threads[0].id, "more")
    gone = await ada.threads.comment(threads[1].id, "gone")
    await ada.comments.withdraw(gone.id)
    before = await inbox(bo)
    await bo.inbox.done(threads[2].id)

    await on(service, lambda: anew(service.app.state, world.workspace))
    await settled()

    assert await inbox(bo) == {one: before[one] for one in before if one != threads[2].id}


async def test_a_plan_is_gone_on_with_where_it_was_left_whatever_was_written_since(service, world, host, visit, settled):
    crowd = [f"p{number:04}" for number in range(AT_ONCE + 100)]
    await host.people.groups({"id": "all", "name": "All", "members": crowd})
    ada, bo = visit("ada"), visit("bo")
    thread = await bo.threads.open(RECORD, "<@group:all>")
    said = [await ada.threads.comment(thread.id, f"{number}") for number in range(3)]
    await ada.threads.comment(thread.id, "<@group:all> since")
    await settled()

    async def plans():
        async with service.app.state.database.reading(world.workspace, snapshot=True) as look:
            log = await entries_after(look, 0, limit=100)
            plan = await plan_of(look, log[:-1], "")
            first = await plan.step(look, 0)
            other = await plan_of(look, log, first.inside)
            return first, [await one.step(look, 0) for one in (plan, other)]

    first, (rest, same) = await on(service, plans)
    assert rest == same
    assert (len(first.changes), sorted([*first.changes, *rest.changes])) == (
        AT_ONCE, [(one, thread.id) for one in ["bo", *crowd]],
    )  # fmt: skip
    assert [one.comment_id for one in first.changes["bo", thread.id]] == [said[0].id, said[2].id], "the first and the last"


async def entries(service, world):
    async def count():
        async with service.app.state.database.reading(world.workspace) as look:
            sql = "SELECT count(*) FROM inbox_entry WHERE workspace_id = :workspace_id"
            return (await look.fetch(sql))[0][0]

    return await on(service, count)


async def anew(state, workspace):
    """What `apropos reader rebuild inbox` does, for one workspace."""
    [reader] = [one for one in state.readers if one.name == "inbox"]

    async def forget(tx):
        (await tx.get(ReaderCursor, reader.name)).position = 0
        await reader.forget(tx)

    await state.database.write(workspace, forget)


async def on(service, work):
    """Do something where the service runs."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(), service.loop))
