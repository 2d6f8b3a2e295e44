"""What waits for a person: who is told of what, once, and what they do with it."""

from datetime import UTC, datetime, timedelta

import pytest

from apropos import Forbidden, Invalid, NotFound

HOSTILE = "forecast_line:a/b%2F ü:عربي"
SOON = datetime.now(UTC) + timedelta(days=3)


@pytest.fixture
def inbox(settled):
    """Look into a person's inbox once everything is read: `{thread: [reasons]}`, or what `filter` shows."""

    async def look(person, filter="for-you"):  # noqa: A002 the contract's word
        await settled()
        return {entry.thread.id: [why.reason for why in entry.reasons] async for entry in person.inbox.list(filter)}

    return look


async def entry_of(person, thread, filter="for-you"):  # noqa: A002
    [found] = [one async for one in person.inbox.list(filter) if one.thread.id == thread.id]
    return found


async def test_a_mention_is_told_to_whom_it_names_and_to_nobody_else(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo>, look", field="q3/amount")

    assert await inbox(bo) == {thread.id: ["mention"]}
    assert await inbox(ada) == {}
    assert await inbox(cy) == {}
    entry = await entry_of(bo, thread)
    [why] = entry.reasons
    assert (why.by, why.event, why.comment_id, entry.unread) == ("ada", "comment.posted", thread.comments[0].id, True)
    assert (entry.comment.id, entry.comment.body) == (thread.comments[0].id, "<@bo>, look")
    assert (entry.record.record, entry.thread.field, entry.thread.viewer.watching) == (HOSTILE, "q3/amount", "all")


async def test_one_entry_for_a_thread_evolves_and_the_newest_comes_first(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    first = await ada.threads.open(HOSTILE, "<@bo> one")
    second = await ada.threads.open(HOSTILE, "<@bo> two")
    await ada.threads.comment(first.id, "and <@bo> more")
    await ada.threads.comment(first.id, "and more")

    found = await inbox(bo)

    assert list(found) == [first.id, second.id]
    assert found[first.id] == ["mention", "mention", "reply"]


async def test_taking_part_or_being_named_lets_one_hear_of_replies_until_one_says_otherwise(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    await bo.threads.comment(thread.id, "yes")
    await bo.threads.watch(thread.id, "mentions")
    await ada.threads.comment(thread.id, "so")

    assert await inbox(ada) == {thread.id: ["reply"]}
    assert await inbox(bo) == {thread.id: ["mention"]}
    assert await inbox(cy) == {}

    await bo.threads.watch(thread.id, "none")
    await cy.threads.watch(thread.id, "all")
    await ada.threads.comment(thread.id, "<@bo>")

    assert await inbox(bo) == {thread.id: ["mention"]}
    assert (await entry_of(bo, thread)).reasons[0].comment_id == thread.comments[0].id
    assert await inbox(cy) == {thread.id: ["reply"]}


async def test_nobody_is_told_twice_of_one_thing_nor_of_what_they_did(host, visit, inbox):
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["ada", "bo"]})
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "<@bo> and <@group:sales> and <@ada>", sponsor="ada")
    await bo.threads.watch(thread.id, "all")
    await ada.threads.comment(thread.id, "<@bo> <@group:sales>")

    assert await inbox(ada) == {}
    assert await inbox(bo) == {thread.id: ["mention", "mention"]}


async def test_an_edit_tells_those_it_names_anew_and_takes_back_whom_it_names_no_more(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    await settled_read(bo, thread, inbox)

    await ada.comments.edit(thread.comments[0].id, "<@bo> <@cy>")
    assert await inbox(cy) == {thread.id: ["mention"]}
    assert not (await entry_of(bo, thread)).unread

    await ada.comments.edit(thread.comments[0].id, "<@cy>")
    assert await inbox(bo) == {}
    assert await inbox(cy) == {thread.id: ["mention"]}


async def test_a_question_put_to_somebody_is_asked_and_its_asker_hears_of_the_answer(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo>, which figure?", kind="question")

    assert await inbox(bo) == {thread.id: ["asked", "mention"]}
    assert await inbox(bo, "asked") == await inbox(bo, "mentions") == await inbox(bo)
    waiting = await entry_of(ada, thread, "waiting")
    assert (waiting.waiting_since, (await ada.inbox.counts())["waiting"]) == (thread.waiting_since, 1)

    answer = await bo.threads.comment(thread.id, "30")
    assert await inbox(ada) == {thread.id: ["answered"]}
    assert await inbox(ada, "waiting") == {}
    await cy.threads.comment(thread.id, "31")
    assert await inbox(ada) == {thread.id: ["answered", "reply"]}

    await ada.comments.accept(thread.comments[0].id, answer.id)
    assert "came_of_it" in (await inbox(bo))[thread.id]


async def test_what_came_of_an_answer_is_told_to_its_author(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "which?", kind="question")
    answer = await bo.threads.comment(thread.id, "30")
    await cy.threads.comment(thread.id, "thanks")
    await ada.comments.accept(thread.comments[0].id, answer.id)
    await ada.threads.resolve(thread.id, "30 it is")

    assert await inbox(bo) == {thread.id: ["came_of_it", "reply"]}
    assert await inbox(cy) == {thread.id: ["resolved"]}
    why = (await entry_of(bo, thread)).reasons[0]
    assert (why.by, why.event, why.comment_id) == ("ada", "thread.resolved", answer.id)

    await ada.threads.reopen(thread.id)
    assert (await inbox(cy))[thread.id] == ["reopened"]
    await ada.comments.unaccept(thread.comments[0].id)
    assert (await inbox(bo))[thread.id] == ["reopened", "reply"]


async def test_sponsoring_and_things_to_do_are_assigned_whatever_one_chose_to_hear(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "x", sponsor="bo")
    await bo.threads.watch(thread.id, "none")
    await ada.threads.change(thread.id, sponsor="cy")
    assert await inbox(bo) == {}
    assert await inbox(cy, "assigned") == {thread.id: ["assigned"]}

    action = await ada.actions.add(thread.id, "Tell Kestrel", assignee="bo", due_at=SOON)
    assert await inbox(bo, "assigned") == {thread.id: ["assigned"]}
    entry = await entry_of(bo, thread)
    assert (entry.reasons[0].action_id, entry.due_at) == (action.id, action.due_at)

    await bo.actions.done(action.id)
    assert await inbox(bo) == {}
    assert await inbox(ada) == {thread.id: ["came_of_it"]}


async def test_a_reaction_is_told_to_the_author_and_taken_back(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "x")
    comment = thread.comments[0].id
    await ada.comments.react(comment, "👍")
    assert await inbox(ada) == {}
    await bo.comments.react(comment, "👍")
    await cy.comments.react(comment, "❤️")

    assert await inbox(ada) == {thread.id: ["reaction"]}
    assert (await entry_of(ada, thread)).reasons[0].by == "cy"
    await cy.comments.unreact(comment, "❤️")
    assert await inbox(ada) == {thread.id: ["reaction"]}
    assert (await entry_of(ada, thread)).reasons[0].by == "bo"
    await bo.comments.unreact(comment, "👍")
    assert await inbox(ada) == {}


async def test_withdrawn_comments_no_longer_wait_and_restored_ones_do(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "x")
    await bo.threads.comment(thread.id, "y")
    earlier = await ada.threads.comment(thread.id, "earlier")
    later = await ada.threads.comment(thread.id, "<@bo> later")
    assert await inbox(bo) == {thread.id: ["mention", "reply"]}

    await ada.comments.withdraw(later.id)
    assert await inbox(bo) == {thread.id: ["reply"]}
    assert (await entry_of(bo, thread)).reasons[0].comment_id == earlier.id
    await ada.comments.withdraw(earlier.id)
    assert await inbox(bo) == {}

    await ada.comments.restore(later.id)
    assert await inbox(bo) == {thread.id: ["mention"]}


async def test_reading_the_thread_reads_the_entry_and_news_make_it_unread(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    await settled_read(bo, thread, inbox)

    assert not (await entry_of(bo, thread)).unread
    assert (await bo.inbox.counts())["unread"] == 0
    await ada.threads.comment(thread.id, "more")
    await inbox(bo)
    assert (await entry_of(bo, thread)).unread


async def test_entries_are_read_by_name_or_up_to_a_time(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    threads = [await ada.threads.open(HOSTILE, "<@bo>") for _ in range(3)]
    await inbox(bo)

    await bo.inbox.read(threads[0].id, "thr_01k0000000e00g0r40g30e209g")
    assert [entry.unread async for entry in bo.inbox.list()] == [True, True, False]
    await bo.inbox.read_all(before=(await entry_of(bo, threads[1])).at)
    assert [entry.unread async for entry in bo.inbox.list()] == [True, False, False]
    with pytest.raises(Invalid):
        await bo.inbox.read()


async def test_that_entries_were_read_is_taken_back_until_they_are_read_again(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    threads = [await ada.threads.open(HOSTILE, "<@bo> <@cy>") for _ in range(2)]
    await inbox(bo)
    await inbox(cy)

    await bo.inbox.read_all(before=datetime.now(UTC))
    await bo.inbox.unread(threads[0].id, "thr_01k0000000e00g0r40g30e209g")
    assert [entry.unread async for entry in bo.inbox.list()] == [False, True]
    assert (await bo.inbox.counts())["unread"] == 1
    await bo.inbox.read(threads[0].id)
    await bo.inbox.unread(threads[1].id)
    assert [entry.unread async for entry in bo.inbox.list()] == [True, False]
    await bo.inbox.done(threads[1].id)
    assert not (await bo.inbox.undo(threads[1].id)).unread
    assert [entry.unread async for entry in cy.inbox.list()] == [True, True]
    with pytest.raises(Invalid):
        await bo.inbox.unread()


async def test_done_puts_an_entry_away_until_something_new_comes(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    await inbox(bo)

    entry = await bo.inbox.done(thread.id)
    assert (entry.done_at is not None, entry.unread) == (True, False)
    assert (await inbox(bo), await inbox(bo, "done")) == ({}, {thread.id: ["mention"]})
    assert (await bo.inbox.undo(thread.id)).done_at is None
    assert await inbox(bo) == {thread.id: ["mention"]}

    await bo.inbox.done(thread.id)
    await ada.threads.comment(thread.id, "more")
    assert await inbox(bo) == {thread.id: ["mention", "reply"]}
    with pytest.raises(NotFound):
        await ada.inbox.done(thread.id)


async def test_snoozing_leaves_one_alone_until_then(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    other = await ada.threads.open(HOSTILE, "not for bo")
    await inbox(bo)

    assert (await bo.inbox.snooze(thread.id, SOON)).snoozed_until.date() == SOON.date()
    await bo.inbox.snooze(other.id, SOON)
    await ada.threads.comment(thread.id, "<@bo>")
    assert await inbox(bo) == {}
    assert set(await inbox(bo, "later")) == {thread.id, other.id}
    assert (await bo.inbox.counts())["later"] == 2

    assert (await bo.inbox.snooze(thread.id, None)).snoozed_until is None
    assert list(await inbox(bo)) == [thread.id]
    with pytest.raises(Invalid):
        await bo.inbox.snooze(thread.id, datetime(2020, 1, 1, tzinfo=UTC))


async def test_who_takes_back_that_they_did_something_owes_it_as_before(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "which?")
    await inbox(bo)
    action = await ada.actions.add(thread.id, "Ask them", assignee="bo")
    own = await cy.actions.add(thread.id, "Look it up", assignee="cy")
    await inbox(bo)
    await bo.inbox.read(thread.id)

    await bo.actions.done(action.id)
    assert (await inbox(bo), await inbox(ada)) == ({}, {thread.id: ["came_of_it"]})
    await bo.actions.reopen(action.id)
    assert (await inbox(bo), await inbox(ada)) == ({thread.id: ["assigned"]}, {})
    entry = await entry_of(bo, thread)
    assert (entry.reasons[0].by, entry.unread) == ("ada", False)
    await cy.actions.done(own.id)
    await cy.actions.reopen(own.id)
    assert await inbox(cy) == {}


async def test_a_discussion_that_is_over_leaves_but_for_what_came_of_it(visit, inbox):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "<@bo> <@cy>", sponsor="cy")
    await bo.threads.watch(thread.id, "mentions")
    await ada.threads.resolve(thread.id, "so")

    assert await inbox(bo) == {}
    assert await inbox(bo, "mentions") == {thread.id: ["mention"]}
    assert await inbox(cy) == {thread.id: ["assigned", "mention", "resolved"]}
    assert await inbox(cy, "assigned") == {}


async def test_counts_say_how_many_lie_where(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    for body in ("<@bo>", "<@bo>?", "x"):
        await ada.threads.open(HOSTILE, body, kind="question" if body.endswith("?") else "comment", sponsor="bo")
    watched = await ada.threads.open(HOSTILE, "y")
    await bo.threads.watch(watched.id, "all")
    await ada.threads.comment(watched.id, "z")
    await bo.threads.open(HOSTILE, "and mine?", kind="question")
    await inbox(bo)

    assert await bo.inbox.counts() == {
        "for-you": 4, "mentions": 2, "assigned": 3, "asked": 1, "due": 0, "followed": 1, "waiting": 1, "later": 0, "unread": 4,
        "requests": 0,
    }  # fmt: skip


async def test_paging_skips_nothing_that_changes_meanwhile(visit, inbox):
    ada, bo = visit("ada"), visit("bo")
    threads = [await ada.threads.open(HOSTILE, f"<@bo> {number}") for number in range(5)]
    await inbox(bo)
    first = await bo.inbox.page(limit=2)
    await ada.threads.comment(threads[0].id, "up")
    await inbox(bo)
    found, cursor = list(first.data), first.next
    while cursor:
        page = await bo.inbox.page(limit=2, cursor=cursor)
        found, cursor = found + page.data, page.next

    assert [entry.thread.id for entry in found] == [one.id for one in [*threads[:0:-1], threads[0]]]


async def test_the_inbox_is_a_persons_own(host, visit, inbox):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "<@bo>")
    await inbox(ada)

    assert [entry.thread.id async for entry in host.acting_as("bo").inbox.list()] == [thread.id]
    with pytest.raises(Forbidden):
        await host.inbox.page()


async def settled_read(person, thread, inbox):
    await inbox(person)
    await person.threads.read(thread.id, (await person.threads.get(thread.id)).seq)


async def test_the_q3_figure_reaches_each_person_at_each_step(host, visit, inbox):
    team = {one: visit(one) for one in ("priya", "tomasz", "amara", "jonas", "ines")}
    priya, tomasz, amara, jonas, ines = team.values()
    await host.records.describe(HOSTILE, fields={"q3/amount": {"value": 1_200_000, "type": "money", "unit": "EUR"}})

    async def everybody():
        reasons = {one: sorted({*(await inbox(person)).get(thread.id, ())}) for one, person in team.items()}
        return {one: " ".join(some) for one, some in reasons.items() if some}

    thread = await priya.threads.open(
        HOSTILE, "40 pumps in Q3: which figure do we lock, <@tomasz>?", field="q3/amount", kind="question", sponsor="jonas"
    )
    assert await everybody() == {"tomasz": "asked mention", "jonas": "assigned"}
    answer = await tomasz.threads.comment(thread.id, "30 by 30 September.", quote_id=thread.comments[0].id)
    assert await everybody() == {"priya": "answered", "tomasz": "asked mention", "jonas": "assigned reply"}
    await amara.threads.comment(thread.id, "I asked for the second mould, <@ines> knows.")
    assert await everybody() == {
        "priya": "answered reply",
        "tomasz": "asked mention reply",
        "jonas": "assigned reply",
        "ines": "mention",
    }
    await priya.comments.accept(thread.comments[0].id, answer.id)
    await host.records.describe(HOSTILE, fields={"q3/amount": {"value": 900_000}})
    assert await everybody() == {
        "priya": "answered reply",
        "tomasz": "asked came_of_it mention reply",
        "jonas": "assigned reply",
        "ines": "mention",
    }
    decision = await jonas.threads.comment(thread.id, "Lock Q3 at 900,000.", kind="decision")
    for person in (priya, tomasz, amara):
        await person.comments.vote(decision.id, "agree")
    await jonas.comments.record(decision.id)
    assert await everybody() == {
        "priya": "answered decided reply",
        "tomasz": "asked came_of_it mention reply",
        "amara": "decided reply",
        "jonas": "assigned reply",
        "ines": "decided mention reply",
    }
    action = await jonas.actions.add(thread.id, "Tell Kestrel", assignee="ines", due_at=SOON)
    assert await everybody() == {
        "priya": "answered decided reply",
        "tomasz": "asked came_of_it mention reply",
        "amara": "decided reply",
        "jonas": "assigned reply",
        "ines": "assigned decided mention reply",
    }
    await ines.actions.done(action.id)
    assert await everybody() == {
        "priya": "answered decided reply",
        "tomasz": "asked came_of_it mention reply",
        "amara": "decided reply",
        "jonas": "assigned came_of_it reply",
        "ines": "decided mention reply",
    }
    await jonas.threads.resolve(thread.id, "Q3 locked at 900,000", value=900_000)
    assert await everybody() == {
        "priya": "answered decided reply resolved",
        "tomasz": "asked came_of_it mention reply",
        "amara": "decided reply resolved",
        "jonas": "assigned came_of_it reply",
        "ines": "decided mention reply resolved",
    }
