"""A discussion from its first line to its outcome."""

import pytest

from apropos import Conflict, Forbidden, Invalid, NotFound

LINE = "forecast_line:a/b%2F ü:عربي"


async def test_a_figure_is_questioned_answered_and_locked(host, visit):
    await host.records.describe(LINE, title="VT-400, Q3", fields={"q3/amount": {"value": 1_200_000, "unit": "EUR"}})
    ada, jonas = visit("ada", name="Ada Lovelace"), visit("jonas", name="Jonas")

    thread = await ada.threads.open(
        LINE, "Which figure, <@jonas>?", field="q3/amount", kind="question", goal="Agree the Q3 figure", sponsor="jonas"
    )
    await jonas.threads.comment(thread.id, "900,000 by **September**.", quote_id=thread.comments[0].id)
    await host.records.describe(LINE, fields={"q3/amount": {"value": 900_000, "unit": "EUR"}})
    resolved = await ada.threads.resolve(thread.id, "Locked", value=900_000)

    assert resolved.status == "resolved"
    assert (resolved.outcome.summary, resolved.outcome.by, resolved.outcome.value) == ("Locked", "ada", 900_000)
    assert (resolved.value_then.value, resolved.value_now.value) == (1_200_000, 900_000)
    assert resolved.participants == ["ada", "jonas"]
    assert [(comment.author, comment.kind) for comment in resolved.comments] == [("ada", "question"), ("jonas", "comment")]
    assert resolved.comments[0].mentions == ["jonas"]
    assert "<strong>September</strong>" in resolved.comments[1].html
    assert resolved.comments[1].quote_id == resolved.comments[0].id
    assert {one.name for one in resolved.people.values()} == {"Ada Lovelace", "Jonas"}


async def test_a_resolved_thread_takes_no_more_comments_until_it_is_reopened(visit):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:INV-7", "Is the discount right?")
    await ada.threads.resolve(thread.id, "It is")

    with pytest.raises(Conflict) as refusal:
        await ada.threads.comment(thread.id, "One more thing")
    reopened = await ada.threads.reopen(thread.id, reason="It is not")

    assert refusal.value.code == "thread_is_resolved"
    assert (reopened.status, reopened.outcome) == ("open", None)
    assert (await ada.threads.comment(thread.id, "One more thing")).body == "One more thing"


async def test_an_archived_thread_stays_readable_and_takes_nothing(visit):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:INV-7", "Old")
    archived = await ada.threads.archive(thread.id)

    with pytest.raises(Conflict) as refusal:
        await ada.threads.comment(thread.id, "Hello?")

    assert refusal.value.code == "thread_is_archived"
    assert "comment" not in archived.viewer.can
    assert (await ada.threads.get(thread.id)).comments[0].body == "Old"


async def test_a_comment_is_edited_withdrawn_and_restored_and_its_history_tells(host, visit):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:INV-7", "first")
    comment = await ada.threads.comment(thread.id, "second")

    edited = await ada.comments.edit(comment.id, "second, better")
    withdrawn = await ada.comments.withdraw(comment.id)
    left = await ada.threads.get(thread.id)
    restored = await ada.comments.restore(comment.id)
    versions = await host.comments.history(comment.id)

    assert edited.edited_at is not None
    assert edited.version == comment.version + 1
    assert (withdrawn.body, withdrawn.html) == ("", "")
    assert withdrawn.withdrawn_at is not None
    assert (left.comment_count, len(left.comments)) == (1, 2)
    assert (restored.body, restored.withdrawn_at) == ("second, better", None)
    assert [version.body for version in versions] == ["second", "second, better"]
    assert (versions[0].replaced_by, versions[1].replaced_by) == ("ada", None)


async def test_only_the_author_edits_and_a_moderator_may_withdraw(visit):
    ada, bo, mo = visit("ada"), visit("bo"), visit("mo", role="moderator")
    thread = await ada.threads.open("invoice:INV-7", "mine")
    comment = thread.comments[0]

    with pytest.raises(Forbidden):
        await bo.comments.edit(comment.id, "yours")
    with pytest.raises(Forbidden):
        await mo.comments.edit(comment.id, "yours")
    with pytest.raises(Forbidden):
        await bo.comments.withdraw(comment.id)
    with pytest.raises(Forbidden):
        await bo.comments.history(comment.id)

    assert (await mo.comments.withdraw(comment.id)).withdrawn_at is not None
    assert [version.body for version in await mo.comments.history(comment.id)] == ["mine"]


async def test_a_withdrawn_comment_takes_no_new_text_or_mark_and_marks_are_taken_back(host, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open("order:1", "Why?")
    comment = await ada.threads.comment(thread.id, "So")
    await bo.comments.react(comment.id, "👍")
    await bo.comments.seen(comment.id)
    await ada.comments.withdraw(comment.id)
    told = [one.id for one in (await host.events.list(limit=100)).data]

    refusals = []
    for attempt in (
        lambda: ada.comments.edit(comment.id, "Thus"),
        lambda: ada.comments.react(comment.id, "👍"),
        lambda: bo.comments.react(comment.id, "❤️"),
        lambda: ada.comments.seen(comment.id),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        refusals.append(refusal.value.code)

    assert refusals == ["comment_is_withdrawn"] * 4
    assert (await bo.comments.react(comment.id, "👍")).reactions[0].people == ["bo"]
    assert (await bo.comments.seen(comment.id)).seen_by == ["bo"]
    assert [one.id for one in (await host.events.list(limit=100)).data] == told
    assert (await bo.comments.unreact(comment.id, "👍")).reactions == []
    assert (await bo.comments.unseen(comment.id)).seen_by == []


async def test_reactions_and_seen_marks_can_be_sent_twice_and_taken_back(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open("invoice:INV-7", "ship it?")
    comment = thread.comments[0]

    await bo.comments.react(comment.id, "👍🏽")
    twice = await bo.comments.react(comment.id, "👍🏽")
    both = await ada.comments.react(comment.id, "👍🏽")
    await bo.comments.seen(comment.id)
    seen = await bo.comments.seen(comment.id)

    assert [(one.emoji, one.count) for one in twice.reactions] == [("👍🏽", 1)]
    assert both.reactions[0].people == ["bo", "ada"]
    assert seen.seen_by == ["bo"]
    assert [one.people for one in (await bo.comments.unreact(comment.id, "👍🏽")).reactions] == [["ada"]]
    assert (await bo.comments.unseen(comment.id)).seen_by == []
    assert (await bo.comments.unseen(comment.id)).seen_by == []


async def test_a_reaction_is_exactly_one_emoji_however_it_was_typed(visit):
    bo = visit("bo")
    comment = (await bo.threads.open("invoice:INV-7", "ship it?")).comments[0]

    for emoji in ("👩🏻‍❤️‍💋‍👨🏿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣"):
        assert emoji in [one.emoji for one in (await bo.comments.react(comment.id, emoji)).reactions]
        assert emoji not in [one.emoji for one in (await bo.comments.unreact(comment.id, emoji)).reactions]
    await bo.comments.react(comment.id, "❤")
    assert [one.emoji for one in (await bo.comments.react(comment.id, "❤️")).reactions] == ["❤️"]
    assert (await bo.comments.unreact(comment.id, "❤")).reactions == []
    for none in ("ok", "👍👍", "👍 ", "🏽", "<b>", "1", "\u202e👍", "\x00", "👍" * 500):
        for attempt in (bo.comments.react, bo.comments.unreact):
            with pytest.raises(Invalid) as refusal:
                await attempt(comment.id, none)
            assert refusal.value.errors == [{"path": "emoji", "message": "is exactly one emoji, such as 👍"}]


async def test_the_purpose_of_a_thread_changes_only_where_it_is_named(visit):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:INV-7", "x", title="T", goal="G", labels=["a"], metadata={"n": 1})

    changed = await ada.threads.change(thread.id, goal=None, labels=["b", "c"])
    same = await ada.threads.change(thread.id, goal=None, labels=["b", "c"])

    assert (changed.title, changed.goal, changed.labels, changed.metadata) == ("T", None, ["b", "c"], {"n": 1})
    assert (changed.version, changed.seq) == (thread.version + 1, thread.seq + 1)
    assert (same.version, same.seq) == (changed.version, changed.seq)


async def test_the_host_speaks_for_itself_and_for_people(host):
    thread = await host.threads.open("invoice:INV-7", "Booked automatically.")
    await host.acting_as("bo").threads.comment(thread.id, "Thanks")

    shown = await host.threads.get(thread.id)

    assert [comment.author for comment in shown.comments] == [None, "bo"]
    assert shown.people["bo"].name == "bo"
    with pytest.raises(Forbidden):
        await host.comments.react(shown.comments[0].id, "👍")


async def test_what_never_was_is_not_found(visit):
    ada = visit("ada")

    with pytest.raises(NotFound):
        await ada.threads.get("thr_01kaw3f0tye8xt6c5cwkd1w3f9")
    with pytest.raises(NotFound):
        await ada.comments.withdraw("cmt_01kaw3f0tye8xt6c5cwkd1w3f9")


async def test_a_comment_quotes_only_its_own_thread(visit):
    ada = visit("ada")
    one, two = await ada.threads.open("invoice:INV-7", "one"), await ada.threads.open("invoice:INV-7", "two")

    with pytest.raises(Invalid):
        await ada.threads.comment(one.id, "see there", quote_id=two.comments[0].id)


async def test_what_is_too_long_is_told_in_characters(visit, http):
    thread = await visit("ada").threads.open("invoice:7", "x")
    for path, member, given, most in (
        (f"/v1/threads/{thread.id}/comments", "body", {"body": "é" * 10_001}, "10,000 characters, not 10,001"),
        (
            "/v1/access/requests",
            "comment",
            {"record": "invoice:7", "person_id": "bo", "comment": "x" * 600},
            "500 characters, not 600",
        ),
        (f"/v1/threads/{thread.id}/actions", "text", {"text": "x" * 501}, "500 characters, not 501"),
    ):
        answer = await http.post(path, json=given, headers={"Apropos-Actor": "ada"})
        assert (answer.status_code, answer.json()["errors"]) == (422, [{"path": member, "message": f"has at most {most}"}])
