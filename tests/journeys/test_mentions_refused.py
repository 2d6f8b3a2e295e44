"""Somebody who cannot see a discussion cannot be mentioned in it: who and why is said, and nothing is written."""

import pytest

from apropos import Invalid

RECORD = "forecast_line:a/b%2F ü:عربي"


@pytest.fixture
async def _people(host):
    """Bo and Gus, a guest, may read the record; Sofía may not."""
    await host.people.describe([
        {"id": "bo", "name": "Bo"}, {"id": "gus", "name": "Gus", "guest": True}, {"id": "sofia", "name": "Sofía Arce"},
    ])  # fmt: skip
    await host.records.describe(RECORD, access={"people": {"ada": "manage", "bo": "read", "gus": "comment"}})


def refused(refusal):
    """Return who was refused, and why."""
    assert (refusal.value.status, refusal.value.code) == (422, "mention_refused")
    assert refusal.value.errors[0]["path"] == "body"
    return {one["id"]: one["why"] for one in refusal.value.facts["people"]}


@pytest.mark.usefixtures("_people")
@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({}, {"gus": "internal", "sofia": "record", "nobody": "record"}),
        ({"visibility": "shared"}, {"sofia": "record", "nobody": "record"}),
        ({"visibility": "restricted", "members": ["gus"]}, {"bo": "restricted", "sofia": "restricted", "nobody": "restricted"}),
    ],
    ids=str,
)
async def test_who_cannot_see_it_is_refused_and_nothing_is_written(host, visit, about, why):
    ada = visit("ada", {})
    everybody = " ".join(f"<@{one}>" for one in ("ada", "bo", "gus", "sofia", "nobody"))
    allowed = " ".join(f"<@{one}>" for one in ("ada", "bo", "gus") if one not in why)
    thread = await ada.threads.open(RECORD, allowed, **about)
    before = (await host.threads.get(thread.id)).seq

    attempts = (
        lambda: ada.threads.open(RECORD, everybody, **about),
        lambda: host.acting_as("ada").threads.comment(thread.id, everybody),
        lambda: host.threads.comment(thread.id, f"{allowed} {everybody}", kind="question"),
        lambda: ada.comments.edit(thread.comments[0].id, everybody),
    )
    for attempt in attempts:
        with pytest.raises(Invalid) as refusal:
            await attempt()
        assert refused(refusal) == why

    assert (await host.threads.get(thread.id)).seq == before
    assert [one.id async for one in host.threads.list(record=RECORD)] == [thread.id]
    found = {one.id for one in await ada.people.search(thread_id=thread.id)}
    assert {"bo", "gus", "sofia"} - why.keys() == found - {"ada"}, "who is found can be mentioned, and who is not cannot"
    who = await ada.people.who_can_see(["bo", "gus", "sofia", "nobody"], thread_id=thread.id)
    assert {"bo", "gus", "sofia", "nobody"} - set(who) == why.keys()


@pytest.mark.usefixtures("_people")
async def test_the_refusal_says_it_in_words_that_name_people(visit):
    with pytest.raises(Invalid) as refusal:
        await visit("ada", {}).threads.open(RECORD, "could <@sofia> and <@gus> look?")

    assert refusal.value.facts["people"][0] == {"id": "sofia", "name": "Sofía Arce", "why": "record"}
    assert "Sofía Arce cannot see this record" in refusal.value.detail
    assert "internal and not for guests: Gus" in refusal.value.detail


@pytest.mark.usefixtures("_people")
async def test_a_guest_learns_nobodys_name_by_mentioning_them(visit):
    gus = visit("gus", {}, guest=True)
    thread = await gus.threads.open(RECORD, "x")
    with pytest.raises(Invalid) as refusal:
        await gus.threads.comment(thread.id, "<@sofia>")

    assert "Sof" not in str(refusal.value.facts) + refusal.value.detail
    assert await gus.people.who_can_see(["sofia", "bo"], thread_id=thread.id) == ["bo"]


@pytest.mark.usefixtures("_people")
async def test_a_mention_that_stands_is_no_hindrance_to_an_edit_nor_to_sending_it_again(host, visit):
    ada = visit("ada", {})
    thread = await ada.threads.open(RECORD, "<@bo>")
    said = await ada.threads.comment(thread.id, "<@bo>, look")
    await host.records.describe(RECORD, access={"people": {"ada": "manage"}})

    assert (await ada.comments.edit(thread.comments[0].id, "<@bo>, see")).mentions == ["bo"]
    assert (await ada.threads.comment(thread.id, "<@bo>, look", id=said.id)).id == said.id
    with pytest.raises(Invalid):
        await ada.threads.comment(thread.id, "<@bo>")


async def test_who_was_never_described_can_be_mentioned_where_no_access_is(visit):
    thread = await visit("ada").threads.open(RECORD, "<@stranger> <@group:unheard-of>")

    assert thread.comments[0].mentions == ["stranger", "group:unheard-of"]


async def test_a_guest_whom_only_tokens_let_in_can_be_mentioned_where_guests_may_read(host, visit, settled):
    await host.people.describe([{"id": "gus", "name": "Gus", "guest": True}])
    ada = visit("ada")
    thread = await ada.threads.open(RECORD, "<@gus>", visibility="shared")
    await settled()

    assert [one.thread.id async for one in visit("gus", {RECORD: "read"}, guest=True).inbox.list()] == [thread.id]
    assert await ada.people.who_can_see(["gus"], thread_id=thread.id) == ["gus"]
    with pytest.raises(Invalid) as refusal:
        await ada.threads.open(RECORD, "<@gus>")
    assert refused(refusal) == {"gus": "internal"}


@pytest.mark.usefixtures("_people")
async def test_a_group_is_never_refused(host, visit):
    await host.people.groups({"id": "all", "name": "All", "members": ["bo", "gus", "sofia"]})

    assert (await visit("ada", {}).threads.open(RECORD, "<@group:all>")).comments[0].mentions == ["group:all"]
