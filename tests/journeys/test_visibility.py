"""Who sees a discussion, changed: fewer at once, others once it was said who they are, and those who lost it lose it at once."""

import asyncio
from contextlib import suppress

import pytest

from apropos import ConfirmationRequired, Conflict, Forbidden, Invalid, NotFound, VersionConflict
from conftest import token_for
from listening import page

RECORD = "forecast_line:a/b%2F ü:عربي"


async def refused(act):
    """Return whom a change would newly be visible to."""
    with pytest.raises(ConfirmationRequired) as asked:
        await act()
    return asked.value


async def sees(person, thread):
    """Tell whether somebody sees a thread, the same by every way there is."""
    by_id = False
    with suppress(NotFound):
        by_id = (await person.threads.get(thread.id)).id == thread.id
    by_list = thread.id in [one.id async for one in person.threads.list(record=RECORD)]
    by_conversation = thread.id in [one.id for one in (await person.conversation(RECORD)).threads]
    counted = (await person.counts([RECORD]))[RECORD].total
    assert by_id == by_list == by_conversation == bool(counted)
    return by_id


@pytest.fixture
def cast(visit):
    """Who manages, who wrote, and who looks."""
    return visit("mia", {"*": "manage"}), visit("ada"), visit("bo"), visit("gus", guest=True)


async def test_widening_says_first_who_will_newly_see_it(host, cast):
    mia, ada, bo, gus = cast
    await host.people.describe({"id": "cy", "name": "Cy Young"})
    thread = await ada.threads.open(RECORD, "x", visibility="restricted", members=["mia"])

    asked = await refused(lambda: mia.threads.set_visibility(thread.id, "restricted", members=["ada", "mia", "cy"]))
    assert (asked.code, asked.newly_visible_to, asked.facts["people"]["cy"]["name"]) == (
        "confirmation_required",
        ["cy"],
        "Cy Young",
    )
    for wrong in (["bo"], ["cy", "bo"], []):
        again = await refused(lambda: mia.threads.set_visibility(thread.id, "restricted", members=["cy"], confirm=wrong))  # noqa: B023
        assert again.newly_visible_to == ["cy"]
    assert (await mia.threads.get(thread.id)).members == ["ada", "mia"]
    wider = await mia.threads.set_visibility(thread.id, "restricted", members=["ada", "cy"], confirm=["cy"])
    assert (wider.members, wider.version, wider.seq) == (["ada", "cy", "mia"], thread.version + 1, thread.seq + 1)

    internal = await refused(lambda: mia.threads.set_visibility(thread.id, "internal"))
    shared = await refused(lambda: mia.threads.set_visibility(thread.id, "shared"))
    assert (internal.newly_visible_to, shared.newly_visible_to) == (["all:members"], ["all:guests", "all:members"])
    assert not await sees(bo, thread)
    await mia.threads.set_visibility(thread.id, "internal", confirm=internal.newly_visible_to)
    assert (await sees(bo, thread), await sees(gus, thread)) == (True, False)
    await mia.threads.set_visibility(thread.id, "shared", confirm=["all:guests"])
    assert await sees(gus, thread)
    events = [event async for event in of(host, thread)]
    assert [event.type for event in events] == ["thread.widened"] * 3
    assert all(event.data.thread.visibility == "shared" and event.actor.id == "mia" for event in events)


async def test_those_whom_the_host_named_are_named(host, visit):
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}, {"id": "bo", "name": "Bo"}])
    await host.people.groups([{"id": "crew", "name": "Crew", "members": ["cy", "di"]}])
    people = {"mia": "manage", "gus": "read", "bo": "read"}
    await host.records.describe(RECORD, access={"people": people, "groups": {"crew": "read"}})
    mia = visit("mia", {})
    thread = await mia.threads.open(RECORD, "<@cy>", visibility="restricted", members=["cy"])

    assert (await refused(lambda: mia.threads.set_visibility(thread.id, "internal"))).newly_visible_to == [
        "all:members",
        "bo",
        "di",
    ]
    shared = await refused(lambda: mia.threads.set_visibility(thread.id, "shared"))
    assert shared.newly_visible_to == ["all:guests", "all:members", "bo", "di", "gus"]
    await host.records.describe(RECORD, access={"people": {**people, "eve": "read"}})
    again = await refused(lambda: mia.threads.set_visibility(thread.id, "shared", confirm=shared.newly_visible_to))
    assert again.newly_visible_to == ["all:guests", "all:members", "bo", "eve", "gus"]
    await mia.threads.set_visibility(thread.id, "shared", confirm=again.newly_visible_to)

    for member in ("di", "nobody"):
        with pytest.raises(Invalid) as refusal:
            await mia.threads.set_visibility(thread.id, "restricted", members=["bo", member])
        assert (refusal.value.code, refusal.value.facts["people"]) == ("member_cannot_see", [member])
        assert refusal.value.errors[0]["path"] == "members"
        with pytest.raises(Invalid):
            await mia.threads.open(RECORD, "x", visibility="restricted", members=[member])


async def test_fewer_may_see_it_at_once_and_who_may_say_so(cast, visit):
    mia, ada, bo, gus = cast
    thread = await ada.threads.open(RECORD, "x", visibility="shared", sponsor="cy")
    cy, reader = visit("cy"), visit("rhea", {"*": "read"})

    assert [("narrow" in one.viewer.can, "widen" in one.viewer.can) for one in [
        await person.threads.get(thread.id) for person in (mia, ada, cy, bo, reader)
    ]] == [(True, True), (True, False), (True, False), (False, False), (False, False)]  # fmt: skip
    for person in (bo, gus, reader):
        with pytest.raises(Forbidden):
            await person.threads.set_visibility(thread.id, "internal")
    assert (await ada.threads.set_visibility(thread.id, "internal")).visibility == "internal"
    assert (await cy.threads.set_visibility(thread.id, "restricted", members=[])).members == ["cy"]
    with pytest.raises(NotFound):
        await ada.threads.set_visibility(thread.id, "shared")
    with pytest.raises(Forbidden) as refusal:
        await cy.threads.set_visibility(thread.id, "restricted", members=["bo"])
    assert refusal.value.facts["needs"] == "manage"
    with pytest.raises(NotFound):
        await mia.threads.get(thread.id)


async def test_the_same_again_changes_nothing_and_what_is_stale_or_senseless_is_refused(host, cast):
    mia, ada, *_ = cast
    thread = await ada.threads.open(RECORD, "x")
    same = await ada.threads.set_visibility(thread.id, "internal")
    assert (same.version, same.seq) == (thread.version, thread.seq)
    restricted = await ada.threads.set_visibility(thread.id, "restricted", members=["mia"], version=thread.version)
    assert restricted.members == ["ada", "mia"]

    again = await mia.threads.set_visibility(thread.id, "restricted")
    assert (again.version, again.members) == (restricted.version, ["ada", "mia"])
    with pytest.raises(VersionConflict) as stale:
        await mia.threads.set_visibility(thread.id, "internal", confirm=["all:members"], version=thread.version)
    assert stale.value.current.version == restricted.version
    for attempt in (
        lambda: mia.threads.set_visibility(thread.id, "public"),
        lambda: mia.threads.set_visibility(thread.id, "internal", members=["bo"]),
    ):
        with pytest.raises(Invalid):
            await attempt()
    assert [event.type async for event in of(host, thread)] == ["thread.changed"]


async def test_a_settled_discussion_can_still_be_shown_and_hidden(cast):
    mia, ada, bo, _ = cast
    thread = await ada.threads.open(RECORD, "x")
    await ada.threads.archive(thread.id)

    assert (await ada.threads.set_visibility(thread.id, "restricted", members=["mia"])).status == "archived"
    assert not await sees(bo, thread)
    await mia.threads.set_visibility(thread.id, "internal", confirm=["all:members"])
    assert await sees(bo, thread)


async def test_who_loses_sight_loses_every_way_to_it_and_who_gains_it_reads_it_from_its_beginning(world, cast, settled):
    mia, ada, bo, _ = cast
    file = await ada.attachments.upload(RECORD, b"x", "x.txt")
    thread = await ada.threads.open(RECORD, "<@bo>", attachments=[file.id])
    await settled()
    assert (await bo.inbox.counts())["unread"] == 1
    async with page(world.url, token_for(world, "bo")) as listening:
        await listening.subscribe(RECORD)
        await mia.threads.set_visibility(thread.id, "restricted", members=["ada"])
        assert await listening.hear() == {"resync": {"record": RECORD}}
        while (await listening.hear_counts())["unread"]:
            continue
        await listening.subscribe(RECORD)
        await ada.threads.comment(thread.id, "no longer for bo")
        await mia.threads.set_visibility(thread.id, "restricted", members=["ada", "bo"], confirm=["bo"])
        assert await listening.hear() == {"resync": {"record": RECORD}}
    await mia.threads.set_visibility(thread.id, "restricted", members=["ada"])

    assert not await sees(bo, thread)
    assert [entry async for entry in bo.inbox.list()] == []
    assert set((await bo.inbox.counts()).values()) == {0}
    for attempt in (
        lambda: bo.attachments.get(file.id),
        lambda: bo.threads.watch(thread.id, "all"),
        lambda: bo.inbox.done(thread.id),
        lambda: bo.comments.react(thread.comments[0].id, "👍"),
    ):
        with pytest.raises(NotFound):
            await attempt()


async def test_new_members_are_told_and_nobody_else(cast, settled):
    mia, ada, bo, gus = cast
    thread = await ada.threads.open(RECORD, "x", visibility="restricted", members=["mia"])
    await mia.threads.set_visibility(thread.id, "restricted", members=["ada", "bo"], confirm=["bo"])
    await settled()

    async def told(person):
        return {entry.thread.id: [why.reason for why in entry.reasons] async for entry in person.inbox.list()}

    assert (await told(bo), await told(ada), await told(gus)) == ({thread.id: ["visibility"]}, {}, {})
    await mia.threads.set_visibility(thread.id, "internal", confirm=["all:members"])
    await settled()
    assert await told(bo) == {thread.id: ["visibility"]}


async def test_members_are_those_of_a_restricted_thread_from_its_first_comment_on(host, visit):
    ada, gus = visit("ada"), visit("gus", guest=True)
    wide = {"record_type": "forecast_line", "name": "Wide", "goal": "g"}
    quiet = {"record_type": "forecast_line", "name": "Quiet", "visibility": "restricted"}
    await host.templates.describe([wide, quiet])

    for person, draft in (
        (ada, {}), (ada, {"visibility": "internal"}), (ada, {"visibility": "shared"}), (gus, {}), (ada, {"template": "Wide"}),
        (ada, {"template": "Quiet", "visibility": "internal"}),
    ):  # fmt: skip
        with pytest.raises(Invalid, match="goes with restricted") as refusal:
            await person.threads.open(RECORD, "x", members=["bo"], **draft)
        assert [one["path"] for one in refusal.value.errors] == ["members"]

    assert [one.id async for one in host.threads.list(record=RECORD)] == []
    assert (await ada.threads.open(RECORD, "x", members=[])).visibility == "internal"
    assert (await ada.threads.open(RECORD, "x", members=["bo"], template="Quiet")).members == ["ada", "bo"]
    assert (await ada.threads.open(RECORD, "x", members=["bo"], visibility="restricted")).members == ["ada", "bo"]


async def test_two_who_widen_at_once_each_say_yes_to_what_comes_of_it(cast):
    mia, ada, *_ = cast
    thread = await ada.threads.open(RECORD, "x", visibility="restricted", members=["mia"])

    both = await asyncio.gather(
        mia.threads.set_visibility(thread.id, "restricted", members=["ada", "bo"], confirm=["bo"]),
        mia.threads.set_visibility(thread.id, "restricted", members=["ada", "cy"], confirm=["cy"]),
    )
    same = await asyncio.gather(
        *(mia.threads.set_visibility(thread.id, "internal", confirm=["all:members"]) for _ in range(4)), return_exceptions=True
    )

    assert sorted(one.members for one in both) == [["ada", "bo", "mia"], ["ada", "cy", "mia"]]
    assert not [one for one in same if isinstance(one, Conflict)]
    assert len({one.seq for one in same}) == 1


def of(host, thread):
    """Return the events that changed who sees a thread."""

    async def found():
        for event in (await host.events.list(types=["thread.widened", "thread.changed"], limit=100)).data:
            if event.thread_id == thread.id:
                yield event

    return found()
