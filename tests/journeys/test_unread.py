"""What waits for somebody: other people's comments that they have not read and that still stand."""

from datetime import UTC, datetime, timedelta

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def unread(person):
    tally = (await person.counts([HOSTILE]))[HOSTILE]
    view = await person.conversation(HOSTILE)
    waiting = sum(thread.viewer.unread for thread in view.threads)
    assert tally.unread == waiting, "counts and conversation agree"
    return waiting


async def test_own_comments_never_wait(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "1")
    await ada.threads.comment(thread.id, "2")

    assert (await unread(ada), await unread(bo)) == (0, 2)

    await bo.threads.comment(thread.id, "3")

    assert (await unread(ada), await unread(bo)) == (1, 2)

    await ada.threads.comment(thread.id, "4")

    assert (await unread(ada), await unread(bo)) == (1, 3)


async def test_reading_goes_as_far_as_it_says_and_never_back(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "1")
    for number in range(4):
        await ada.threads.comment(thread.id, f"{number}")

    after_two = await bo.threads.read(thread.id, 3)
    back = await bo.threads.read(thread.id, 1)

    assert (after_two.unread, back.unread, back.read_seq) == (3, 3, 3)
    assert await unread(bo) == 3
    assert (await bo.threads.read(thread.id, 10**6)).unread == 0
    assert (await bo.threads.read(thread.id, 10**6)).read_seq == (await bo.threads.get(thread.id)).seq


async def test_a_withdrawn_comment_waits_for_nobody_until_it_is_restored(visit):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "1")
    second = await ada.threads.comment(thread.id, "2")
    await bo.threads.watch(thread.id, "all")

    await ada.comments.withdraw(second.id)
    assert (await unread(ada), await unread(bo), await unread(cy)) == (0, 1, 1)

    await cy.threads.watch(thread.id, "all")
    assert await unread(cy) == 1

    await ada.comments.restore(second.id)
    assert (await unread(ada), await unread(bo), await unread(cy)) == (0, 2, 2)


async def test_who_comes_after_a_withdrawal_and_writes_has_nothing_to_read_but_what_stands(visit):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "1")
    await ada.comments.withdraw(thread.comments[0].id)

    await bo.threads.comment(thread.id, "2")
    assert (await unread(ada), await unread(bo), await unread(cy)) == (1, 0, 1)

    await ada.comments.restore(thread.comments[0].id)
    assert (await unread(ada), await unread(cy)) == (1, 2)


async def test_partly_read_counts_neither_own_nor_withdrawn(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "1")
    for number in range(3):
        await ada.threads.comment(thread.id, f"a{number}")
        await bo.threads.comment(thread.id, f"b{number}")
    gone = await ada.threads.comment(thread.id, "gone")
    await ada.comments.withdraw(gone.id)

    assert (await bo.threads.read(thread.id, 2)).unread == 3
    assert await unread(bo) == 3


async def test_mentions_wait_until_they_are_read_for_people_and_groups(host, visit):
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["bo"]})
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo> and <@group:sales>", field="q3/amount")
    await ada.threads.comment(thread.id, "<@group:sales>")
    await ada.threads.comment(thread.id, "nobody")

    async def mentions(person):
        tally = (await person.counts([HOSTILE]))[HOSTILE]
        assert tally.fields["q3/amount"].mentions == tally.mentions
        return tally.mentions

    assert [await mentions(one) for one in (ada, bo, cy)] == [0, 2, 0]
    await bo.threads.read(thread.id, 2)
    assert await mentions(bo) == 1
    await bo.threads.read(thread.id, 99)
    assert await mentions(bo) == 0


async def test_a_mention_added_by_an_edit_waits_too(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "x")

    await ada.comments.edit(thread.comments[0].id, "x <@bo>")

    assert (await bo.counts([HOSTILE]))[HOSTILE].mentions == 1


async def test_counts_tell_threads_by_state_and_field_for_many_records_at_once(service, visit):
    ada = visit("ada")
    past = datetime.now(UTC) - timedelta(seconds=30)
    with service.ahead(-60_000):
        await ada.threads.open(HOSTILE, "a", field="q3", due_at=past)
        done = await ada.threads.open(HOSTILE, "b", field="q3", due_at=past)
    await ada.threads.resolve(done.id)
    await ada.threads.open(HOSTILE, "c")

    found = await ada.counts([HOSTILE, *(f"invoice:{n}" for n in range(400))])

    tally = found[HOSTILE]
    assert (tally.total, tally.open, tally.resolved, tally.overdue) == (3, 2, 1, 1)
    assert (tally.fields["q3"].total, tally.fields["q3"].overdue) == (2, 1)
    assert (len(found), found["invoice:7"].total) == (401, 0)
    hidden = (await visit("bo", {"invoice:*": "read"}).counts([HOSTILE]))[HOSTILE]
    assert (hidden.total, hidden.fields) == (0, {})
