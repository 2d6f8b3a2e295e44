"""Who may see and do what: guests, members, levels, groups, keys with a scope."""

from contextlib import suppress

import pytest

from apropos import AsyncApropos, Forbidden, NotFound, Unauthenticated
from apropos_service.access.policy import DESCRIBES
from operations import ROUTES, address, calls, nobodys

NOBODY = nobodys()
HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def seen_everywhere(person, host):
    """Return what somebody sees of a record by every way there is."""
    by_conversation = {thread.id for thread in (await person.conversation(HOSTILE)).threads}
    by_list = {thread.id async for thread in person.threads.list(record=HOSTILE)}
    everything = {thread.id async for thread in host.threads.list(record=HOSTILE)}
    by_id = set()
    for one in everything:
        with suppress(NotFound):
            by_id.add((await person.threads.get(one)).id)
    assert by_conversation == by_list == by_id
    assert (await person.counts([HOSTILE]))[HOSTILE].total == len(by_id)
    return by_id


async def test_a_guest_sees_only_what_is_shared_and_a_stranger_nothing_restricted(host, visit):
    ada, bo, guest = visit("ada"), visit("bo"), visit("gus", guest=True)
    internal = await ada.threads.open(HOSTILE, "internal")
    shared = await ada.threads.open(HOSTILE, "shared", visibility="shared")
    restricted = await ada.threads.open(HOSTILE, "restricted", visibility="restricted", members=["gus"])
    own = await guest.threads.open(HOSTILE, "a guest asks")

    assert await seen_everywhere(guest, host) == {shared.id, restricted.id, own.id}
    assert await seen_everywhere(bo, host) == {internal.id, shared.id, own.id}
    assert await seen_everywhere(ada, host) == {internal.id, shared.id, restricted.id, own.id}
    assert restricted.members == ["ada", "gus"]
    comment = internal.comments[0].id
    for attempt in (
        lambda: guest.threads.comment(internal.id, "x"),
        lambda: guest.threads.read(internal.id, 1),
        lambda: guest.threads.watch(internal.id, "all"),
        lambda: guest.threads.resolve(internal.id),
        lambda: guest.threads.comments_before(internal.id, comment),
        lambda: guest.comments.react(comment, "👍"),
        lambda: guest.comments.seen(comment),
        lambda: guest.comments.edit(comment, "x"),
        lambda: guest.comments.withdraw(comment),
        lambda: guest.comments.history(comment),
    ):
        with pytest.raises(NotFound):
            await attempt()


async def test_a_guest_stays_a_guest_when_a_later_token_does_not_say(visit):
    await visit("gus", guest=True).conversation(HOSTILE)
    await visit("ada").threads.open(HOSTILE, "internal")

    assert (await visit("gus").conversation(HOSTILE)).threads == []


async def test_levels_let_one_read_or_write_or_moderate(visit):
    reader, writer, keeper = visit("r", {HOSTILE: "read"}), visit("w", {HOSTILE: "comment"}), visit("k", {HOSTILE: "manage"})
    thread = await writer.threads.open(HOSTILE, "x")
    comment = thread.comments[0].id

    for attempt in (
        lambda: reader.threads.open(HOSTILE, "y"),
        lambda: reader.threads.comment(thread.id, "y"),
        lambda: reader.threads.resolve(thread.id),
        lambda: reader.threads.change(thread.id, goal="y"),
        lambda: reader.comments.react(comment, "👍"),
        lambda: reader.comments.withdraw(comment),
    ):
        with pytest.raises(Forbidden):
            await attempt()
    await reader.comments.seen(comment)
    await reader.threads.watch(thread.id, "all")
    await reader.threads.read(thread.id, 1)
    assert "comment" not in (await reader.threads.get(thread.id)).viewer.can
    assert "comment" in (await writer.threads.get(thread.id)).viewer.can
    assert "history" in (await keeper.threads.get(thread.id)).viewer.can
    assert (await keeper.comments.withdraw(comment)).withdrawn_at


async def test_grants_name_a_record_a_type_or_everything(visit):
    await visit("ada").threads.open(HOSTILE, "x")

    for grants in ({HOSTILE: "read"}, {"forecast_line:*": "read"}, {"*": "read"}):
        assert len((await visit("bo", grants).conversation(HOSTILE)).threads) == 1
    for grants in ({"invoice:*": "manage"}, {"forecast_line:a": "manage"}, {}):
        with pytest.raises(NotFound):
            await visit("bo", grants).conversation(HOSTILE)
    for nonsense in ({"forecast_line": "manage"}, {"forecast*": "manage"}, {"*": "owner"}):
        with pytest.raises(Unauthenticated):
            await visit("bo", nonsense).conversation(HOSTILE)


async def test_the_host_says_on_the_record_who_may(host, visit):
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    await host.records.describe(HOSTILE, access={"people": {"bo": "comment"}, "groups": {"sales": "read"}, "everyone": None})

    assert (await visit("bo", {}).conversation(HOSTILE)).viewer.level == "comment"
    assert (await visit("cy", {}).conversation(HOSTILE)).viewer.level == "read"
    assert (await visit("di", {}, groups=["sales"]).conversation(HOSTILE)).viewer.level == "read"
    with pytest.raises(NotFound):
        await visit("ed", {}).conversation(HOSTILE)

    await host.records.describe(HOSTILE, access={"everyone": "read"})

    assert (await visit("ed", {}).conversation(HOSTILE)).viewer.level == "read"
    with pytest.raises(NotFound):
        await visit("gus", {}, guest=True).conversation(HOSTILE)


async def test_roles_reach_further_than_grants(visit):
    assert (await visit("root", {}, role="admin").conversation(HOSTILE)).viewer.level == "manage"
    assert (await visit("mo", {HOSTILE: "read"}, role="moderator").conversation(HOSTILE)).viewer.level == "manage"
    with pytest.raises(NotFound):
        await visit("mo", {}, role="moderator").conversation(HOSTILE)


async def test_an_email_address_is_for_the_host_and_its_owner(host, http, visit, bearer):
    await host.people.describe({"id": "ada", "name": "Ada", "email": "ada@example.com"})
    await visit("ada").threads.open(HOSTILE, "x")

    shown = await http.get("/v1/conversation", params={"record": HOSTILE}, headers=bearer("bo"))
    searched = await http.get("/v1/people", params={"query": "ada"}, headers=bearer("bo"))
    told = await http.get("/v1/events")

    assert "example.com" not in shown.text + searched.text + told.text
    assert "ada@example.com" in (await http.get("/v1/people", params={"query": "ada"}, headers=bearer("ada"))).text


async def test_a_key_does_what_its_scope_says(world, host):
    made = {scope: await host.workspace.keys.create("k", scope=scope) for scope in ("read", "describe")}
    thread = await host.threads.open(HOSTILE, "x")

    async with AsyncApropos(world.url, key=made["read"].key, retries=0) as reader:
        assert (await reader.threads.get(thread.id)).id == thread.id
        assert (await reader.events.list()).data
        for attempt in (
            lambda: reader.threads.comment(thread.id, "x"),
            lambda: reader.records.describe("invoice:1"),
            lambda: reader.records.erase(HOSTILE),
            lambda: reader.workspace.keys.create("more"),
            reader.workspace.settings,
        ):
            with pytest.raises(Forbidden):
                await attempt()
    async with AsyncApropos(world.url, key=made["describe"].key, retries=0) as describer:
        assert (await describer.records.describe("invoice:1")).record == "invoice:1"
        assert await describer.people.describe({"id": "bo", "name": "Bo"})
        assert [one.record for one in await describer.records.get_many(["invoice:1", HOSTILE])] == ["invoice:1", HOSTILE]
        assert [one.id for one in await describer.people.search("bo", record="invoice:1")] == ["bo"]
        for attempt in (
            lambda: describer.records.erase(HOSTILE),
            describer.workspace.settings,
        ):
            with pytest.raises(Forbidden):
                await attempt()


@pytest.mark.parametrize("operation", [one for one in ROUTES if one != ("GET", "/v1/live")], ids=" ".join)
async def test_a_key_that_describes_is_told_of_nothing_else_and_marks_nothing_for_anybody(http, host, operation):
    method, path = operation
    call, key = calls(NOBODY)[operation], await host.workspace.keys.create("k", scope="describe")
    headers = {"Authorization": f"Bearer {key.key}", "Apropos-Actor": "ada"}

    answer = await http.request(method, address(path, NOBODY), params=call.query, json=call.json, headers=headers)

    if path in DESCRIBES:
        assert answer.status_code < 500
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), answer.text


async def test_what_one_can_is_what_one_may_with_this_key(world, host, bearer, http):
    thread = await host.threads.open(HOSTILE, "x")
    reading = (await host.workspace.keys.create("k", scope="read")).key

    async def can(headers):
        shown = (await http.get("/v1/conversation", params={"record": HOSTILE}, headers=headers)).json()
        assert shown["threads"][0]["viewer"] == (await http.get(f"/v1/threads/{thread.id}", headers=headers)).json()["viewer"]
        return shown["viewer"]["can"], shown["threads"][0]["viewer"]["can"]

    for actor in ({}, {"Apropos-Actor": "ada"}):
        assert await can({"Authorization": f"Bearer {reading}", **actor}) == (["read", "internal"], ["read"])
    for acts in await can({"Authorization": f"Bearer {world.key}"}):
        assert {"read", "comment", "moderate"} <= set(acts)
        assert not {"seen", "watch", "react"} & set(acts)
    for headers in ({"Authorization": f"Bearer {world.key}", "Apropos-Actor": "ada"}, bearer("ada")):
        assert all({"seen", "watch", "react"} <= set(acts) for acts in await can(headers))


async def test_a_person_is_not_a_server(visit):
    ada = visit("ada", role="admin")

    for attempt in (
        lambda: ada.records.describe("invoice:1"),
        lambda: ada.records.erase("invoice:1"),
        lambda: ada.records.rename("invoice:1", "invoice:2"),
        lambda: ada.people.describe({"id": "x"}),
        lambda: ada.acting_as("bo").conversation("invoice:1"),
        ada.workspace.settings,
        ada.events.list,
    ):
        with pytest.raises(Forbidden):
            await attempt()


async def test_a_revoked_key_and_a_removed_secret_open_nothing_more(world, host, visit):
    key = await host.workspace.keys.create("k")
    ada = visit("ada")
    await ada.conversation(HOSTILE)

    await host.workspace.keys.revoke(key.id)
    [signing] = [one async for one in host.workspace.signing_keys.list()]
    await host.workspace.signing_keys.remove(signing.id)

    async with AsyncApropos(world.url, key=key.key, retries=0) as revoked:
        with pytest.raises(Unauthenticated):
            await revoked.conversation(HOSTILE)
    with pytest.raises(Unauthenticated):
        await ada.conversation(HOSTILE)
