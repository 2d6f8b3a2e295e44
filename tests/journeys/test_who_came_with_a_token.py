"""On a record that has `access` of its own, whoever came with a token counts as what it grants, while it lasts."""

import time

import pytest

from apropos import AsyncApropos, Invalid, NotFound
from conftest import token_for

RECORD, OTHER = "forecast_line:a/b%2F ü:عربي", "invoice:7"


@pytest.fixture
async def ada(host, visit):
    """Ada, who alone is named in what the records' own access says."""
    await host.people.describe([{"id": one, "name": one.title()} for one in ("bo", "cy", "di")])
    for record in (RECORD, OTHER):
        await host.records.describe(record, access={"people": {"ada": "manage"}})
    return visit("ada", {})


async def test_they_are_given_a_part_and_found_and_see_no_more_than_before(ada, visit):
    with pytest.raises(Invalid):
        await ada.threads.open(RECORD, "<@bo>")
    bo = visit("bo", {RECORD: "comment"})
    await bo.inbox.page()  # they come

    thread = await ada.threads.open(RECORD, "<@bo>", sponsor="bo", visibility="restricted", members=["bo"])
    await ada.actions.add(thread.id, "Look", assignee="bo")
    assert [one.id for one in await ada.people.search("bo", record=RECORD)] == ["bo"]
    assert await ada.people.who_can_see(["bo", "cy"], record=RECORD) == ["bo"]
    assert (await bo.threads.get(thread.id)).sponsor == "bo"
    for refused in (lambda: ada.threads.open(OTHER, "<@bo>"), lambda: ada.threads.open(RECORD, "<@cy>", sponsor="cy")):
        with pytest.raises(Invalid):
            await refused()
    with pytest.raises(NotFound):
        await bo.conversation(OTHER)
    with pytest.raises(NotFound):
        await visit("bo", {}).threads.get(thread.id)


async def test_a_group_says_for_how_many_it_is_known_without_their_tokens(host, ada, visit):
    await host.people.groups({"id": "crew", "name": "Crew", "members": ["ada", "bo", "cy"]})
    await visit("bo", {OTHER: "read"}).inbox.page()

    [crew] = await ada.people.search_groups("crew", record=RECORD)
    assert (crew.member_count, crew.reach) == (3, 1)


async def test_what_several_tokens_grant_counts_together_and_groups_and_roles_too(host, ada, visit):
    await host.records.describe(OTHER, access={"people": {"ada": "manage"}, "groups": {"crew": "read"}})
    for person, grants, about in (
        ("bo", {RECORD: "read"}, {}), ("bo", {"invoice:*": "read"}, {}), ("cy", {"other:*": "read"}, {"groups": ["crew"]}),
        ("di", {}, {"role": "admin"}),
    ):  # fmt: skip
        await visit(person, grants, **about).inbox.page()

    assert (await ada.threads.open(RECORD, "<@bo> <@di>")).comments[0].mentions == ["bo", "di"]
    assert (await ada.threads.open(OTHER, "<@bo> <@cy> <@di>")).comments[0].mentions == ["bo", "cy", "di"]
    assert sorted([one.id for one in await ada.people.search("", record=OTHER)]) == ["bo", "cy", "di"]


async def test_a_guest_is_given_no_more_than_guests_see(ada, visit):
    await visit("gus", {"*": "comment"}, guest=True).inbox.page()

    assert (await ada.threads.open(RECORD, "<@gus>", visibility="shared")).comments[0].mentions == ["gus"]
    with pytest.raises(Invalid) as refusal:
        await ada.threads.open(RECORD, "<@gus>")
    assert refusal.value.facts["people"] == [{"id": "gus", "name": "gus", "why": "internal"}]


async def test_it_is_over_with_the_token_and_with_what_signed_it(world, ada, host, visit):
    async with AsyncApropos(world.url, token=late_token(world, "bo")) as bo:
        await bo.inbox.page()  # clocks may differ, so it is taken still
    await visit("cy", {"*": "read"}).inbox.page()
    assert await ada.people.who_can_see(["bo", "cy"], record=RECORD) == ["cy"]

    [key] = [one async for one in host.workspace.signing_keys.list()]
    await host.workspace.signing_keys.remove(key.id)
    assert await host.acting_as("ada").people.who_can_see(["cy"], record=RECORD) == []


def late_token(world, person):
    """Return a token that ended half a minute ago: less than clocks may differ."""
    passed = time.time
    time.time = lambda: passed() - 630
    try:
        return token_for(world, person, {"*": "read"})
    finally:
        time.time = passed
