"""What a comment said before, who may know, and what a moderator took away."""

import pytest

from apropos import Forbidden, Invalid
from conftest import token_for
from listening import page

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def test_history_tells_who_wrote_what_when_and_what_each_version_changed(host, visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "30 by **June**.")
    comment = thread.comments[0].id
    await ada.comments.edit(comment, "30 by **September**.")
    await ada.comments.withdraw(comment)
    await ada.comments.restore(comment)
    await ada.comments.edit(comment, "40 by **September**.")

    first, second, third = await host.comments.history(comment)

    assert (first.written_by, first.written_at, first.difference) == ("ada", thread.comments[0].posted_at, None)
    assert second.difference == [(" ", "30 by **"), ("-", "June"), ("+", "September"), (" ", "**.")]
    assert third.difference == [("-", "30"), ("+", "40"), (" ", " by **September**.")]
    assert (first.replaced_at, second.replaced_at) == (second.written_at, third.written_at)
    assert (third.replaced_by, third.body) == (None, "40 by **September**.")
    assert first.version < second.version < third.version


async def test_a_long_history_comes_in_pages_and_each_page_knows_the_one_before(http, visit):
    ada = visit("ada")
    comment = (await ada.threads.open(HOSTILE, "0")).comments[0].id
    for number in range(1, 7):
        await ada.comments.edit(comment, f"{number}")

    found, cursor = [], None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        got = (await http.get(f"/v1/comments/{comment}/history", params=query)).json()
        found += got["data"]
        cursor = got["next"]
        if cursor is None:
            break

    assert [one["body"] for one in found] == [f"{number}" for number in range(7)]
    assert [one["difference"] for one in found[1:]] == [[["-", f"{n}"], ["+", f"{n + 1}"]] for n in range(6)]


async def test_a_moderator_removes_and_says_why_and_only_a_moderator_restores(world, visit):
    ada, bo, mo = visit("ada"), visit("bo"), visit("mo", role="moderator")
    thread = await ada.threads.open(HOSTILE, "Fine")
    comment = await ada.threads.comment(thread.id, "Something hurtful")
    cursor = (await bo.conversation(HOSTILE)).cursor

    removed = await mo.comments.withdraw(comment.id, reason="Not here")
    again = await ada.comments.withdraw(comment.id)

    assert (removed.body, removed.removed.by, removed.removed.reason) == ("", "mo", "Not here")
    assert again == removed
    assert (await bo.threads.get(thread.id)).people["mo"].name == "mo"
    for attempt in (lambda: ada.comments.restore(comment.id), lambda: ada.comments.history(comment.id)):
        with pytest.raises(Forbidden):
            await attempt()
    assert [version.body for version in await mo.comments.history(comment.id)] == ["Something hurtful"]
    async with page(world.url, token_for(world, "bo")) as listening:
        await listening.subscribe(HOSTILE, cursor)
        [frame] = await listening.hear_events(1)
    told = frame["event"]
    assert (told["type"], told["actor"]["id"]) == ("comment.withdrawn", "mo")
    assert (told["data"]["comment"]["body"], told["data"]["comment"]["removed"]["reason"]) == ("", "Not here")
    assert "hurtful" not in str(told)

    back = await mo.comments.restore(comment.id)

    assert (back.body, back.removed, back.withdrawn_at) == ("Something hurtful", None, None)
    assert [version.body for version in await ada.comments.history(comment.id)] == ["Something hurtful"]


async def test_what_its_author_withdrew_can_still_be_removed(host, visit):
    ada, mo = visit("ada"), visit("mo", role="moderator")
    thread = await ada.threads.open(HOSTILE, "x")
    comment = await ada.threads.comment(thread.id, "y")
    await ada.comments.withdraw(comment.id)

    removed = await mo.comments.withdraw(comment.id)

    assert (removed.removed.by, removed.removed.reason) == ("mo", None)
    assert (await ada.threads.get(thread.id)).comment_count == 1
    with pytest.raises(Forbidden):
        await ada.comments.restore(comment.id)
    await mo.comments.restore(comment.id)
    assert (await ada.threads.get(thread.id)).comment_count == 2
    assert [told.data.again for told in (await host.events.list(types=["comment.withdrawn"])).data] == [False, True]


async def test_a_reason_goes_with_what_somebody_else_wrote(host, visit):
    ada, mo = visit("ada"), visit("mo", role="moderator")
    own = (await mo.threads.open(HOSTILE, "mine")).comments[0]
    theirs = (await ada.threads.open(HOSTILE, "theirs")).comments[0]

    with pytest.raises(Invalid) as refusal:
        await mo.comments.withdraw(own.id, reason="Oh")
    with pytest.raises(Forbidden):
        await visit("bo").comments.withdraw(theirs.id, reason="I do not like it")
    assert refusal.value.errors[0]["path"] == "reason"
    assert (await mo.comments.withdraw(own.id)).removed is None
    by_host = await host.comments.withdraw(theirs.id, reason="By law")
    assert (by_host.removed.by, by_host.removed.reason) == (None, "By law")
