"""Who did what, by what right, from where: everything that changes is in the audit log, and nobody's text is."""

import httpx
import pytest

from apropos import Apropos, AsyncApropos, Forbidden
from apropos_service.events.acts import ACTS
from conftest import token_for
from stage import empty_database, running


async def of(client, **asked):
    """Return the audit log, the oldest first."""
    return [one async for one in client.audit.list(**asked)][::-1]


async def test_a_discussion_is_told_with_who_by_what_right_and_from_where(world, host, visit):
    ada = visit("ada", name="Ada Lovelace")
    thread = await ada.threads.open("order:1", "A secret figure")
    await host.acting_as("bo").threads.comment(thread.id, "Another")
    await host.threads.resolve(thread.id, "Done")

    told = [one for one in await of(host, thread_id=thread.id) if one.type != "watch.changed"]
    assert [one.type for one in told] == ["thread.opened", "comment.posted", "comment.posted", "thread.resolved"]
    opened, _, posted, resolved = told
    assert (opened.by.kind, opened.by.id, opened.actor.name) == ("person", "ada", "Ada Lovelace")
    key = next(one for one in [key async for key in host.workspace.keys.list()] if world.key.startswith(f"apk_{one.id[4:]}"))
    assert (posted.by.kind, posted.by.id, posted.by.name, posted.actor.id) == ("key", key.id, "first key", "bo")
    assert (resolved.by.kind, resolved.actor) == ("key", None)
    assert {one.origin for one in (opened, posted, resolved)} == {"127.0.0.1"}
    assert {one.record for one in (opened, posted, resolved)} == {"order:1"}
    assert len({one.seal for one in (opened, posted, resolved)}) == 3


async def test_what_is_done_to_the_workspace_is_told_here_and_to_no_reader(host):
    before = (await host.events.list()).next
    key = await host.workspace.keys.create("nightly import", scope="describe")
    await host.workspace.keys.revoke(key.id)
    await host.workspace.change(require_outcome=["order"])
    signing = await host.workspace.signing_keys.add()
    await host.workspace.signing_keys.remove(signing.id)
    await host.people.groups({"id": "planning", "name": "Planning", "members": ["ada", "bo"]})
    await host.people.groups({"id": "planning", "name": "Planning", "members": ["ada", "bo"]})
    await host.templates.describe([{"record_type": "order", "name": "Check"}])
    await host.templates.remove("order", "Check")
    await host.access.changed(people=["ada"], records=["order:1"])
    hook = await host.webhooks.create("http://127.0.0.1:1/hook")
    await host.webhooks.change(hook.id, description="To nowhere")
    await host.webhooks.rotate(hook.id)
    await host.webhooks.remove(hook.id)

    told = await of(host)

    first = ["workspace.created", "key.created", "signing_key.added"]
    assert [one.type for one in told] == [
        *first, "key.created", "key.revoked", "workspace.changed", "signing_key.added", "signing_key.removed", "group.described",
        "template.described", "template.removed", "access.changed", "webhook.created", "webhook.changed", "webhook.rotated",
        "webhook.removed",
    ]  # fmt: skip
    assert {one.type for one in told} <= set(ACTS)
    assert (told[3].about, told[3].data["name"], told[3].data["scope"]) == (key.id, "nightly import", "describe")
    assert told[5].data["changed"] == {"require_outcome": {"before": [], "after": ["order"]}}
    assert told[11].data == {"people": 1, "records": 1}
    assert told[13].data["changed"] == {"description": {"before": None, "after": "To nowhere"}}
    assert {one.by.kind for one in told[:3]} == {"operator"}
    assert (await host.events.list(after=before)).data == []


async def test_it_is_filtered_and_paged_without_skipping_or_repeating(host, visit):
    ada, bo = visit("ada"), visit("bo")
    for number in range(60):
        await ada.threads.open(f"order:{number % 3}", "x")
        await bo.threads.open(f"order:{number % 3}", "x")
    await host.workspace.keys.create("x")

    assert len(await of(host, types=["thread.opened"])) == 120
    assert [one.actor.id for one in await of(host, actor="bo", types=["thread.opened"])] == ["bo"] * 60
    assert len(await of(host, record="order:1", types=["thread.opened"])) == 40
    assert await of(host, record="order:unknown") == []
    by_key = [one for one in await of(host) if one.by.kind == "key"]
    assert [one.id for one in await of(host, by=by_key[0].by.id)] == [one.id for one in by_key]
    everything = await of(host)
    assert len({one.id for one in everything}) == len(everything) > 124
    middle = everything[60].at
    since, until = await of(host, since=middle), await of(host, until=middle)
    assert {one.id for one in since} | {one.id for one in until} == {one.id for one in everything}
    assert len(since) + len(until) == len(everything)


async def test_only_who_answers_for_the_workspace_reads_it(world, host, visit):
    read = await host.workspace.keys.create("read", scope="read")
    async with AsyncApropos(world.url, key=read.key, retries=0) as reader:
        for client in (reader, visit("mo", {"*": "manage"}), visit("ann", role="moderator")):
            with pytest.raises(Forbidden):
                await of(client)
    assert await of(visit("root", {}, role="admin"))


async def test_an_admin_is_not_told_of_discussions_that_are_hidden_from_them(host, visit):
    thread = await visit("ada").threads.open("order:1", "x", visibility="restricted", members=["ada", "bo"])
    seen = await visit("ada").threads.open("order:1", "x")

    told = await of(visit("root", {}, role="admin"))

    assert seen.id in {one.thread_id for one in told}
    assert thread.id not in {one.thread_id for one in told}
    assert thread.id in {one.thread_id for one in await of(host)}


@pytest.mark.parametrize(("trusted", "found"), [("127.0.0.0/8", "203.0.113.7"), ("", "127.0.0.1")], ids=["trusted", "not trusted"])
def test_a_proxy_says_from_where_only_if_it_is_trusted(trusted, found, tmp_path):
    with empty_database("sqlite", tmp_path) as url, running(url, tmp_path, trusted_proxies=trusted) as stage:
        world = stage.workspace()
        headers = {"Authorization": f"Bearer {token_for(world, 'ada')}", "X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
        httpx.post(f"{stage.url}/v1/threads", json={"record": "order:1", "body": "x"}, headers=headers).raise_for_status()
        with Apropos(stage.url, key=world.key, retries=0) as host:
            assert [one.origin for one in host.audit.list(types=["thread.opened"])] == [found]
