"""A question and its accepted answer: who accepts, what moves, and since when a question waits."""

import asyncio

import pytest

from apropos import Conflict, Forbidden, Invalid, NotFound, VersionConflict

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def told(host, *kinds):
    """Return what the log tells of these kinds, oldest first."""
    return [event for event in (await host.events.list(types=kinds, limit=100)).data if event.type in kinds]


async def test_the_asker_accepts_and_accepting_another_moves_the_mark(host, visit):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")
    thread = await ada.threads.open(HOSTILE, "Which figure?", kind="question")
    question = thread.comments[0]
    first, second = await bo.threads.comment(thread.id, "900,000"), await cy.threads.comment(thread.id, "960,000")

    accepted = await ada.comments.accept(question.id, first.id)
    again = await ada.comments.accept(question.id, first.id)
    moved = await ada.comments.accept(question.id, second.id)

    assert (accepted.answer_id, accepted.accepted_by, accepted.version) == (first.id, "ada", question.version + 1)
    assert accepted.accepted_at is not None
    assert again == accepted
    assert moved.answer_id == second.id
    events = await told(host, "answer.accepted")
    assert [(one.data.answer.id, one.data.before) for one in events] == [(first.id, None), (second.id, first.id)]
    assert events[-1].data.comment.answer_id == second.id
    assert events[-1].data.thread.steps.answered
    assert set(events[-1].data.people) == {"ada", "bo", "cy"}
    shown = await ada.threads.get(thread.id)
    assert (shown.steps.asked, shown.steps.answered) == (True, True)
    assert shown.comments[0].answer_id == second.id


async def test_an_acceptance_is_withdrawn_once(host, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    answer = await bo.threads.comment(thread.id, "This")
    await ada.comments.accept(thread.comments[0].id, answer.id)

    taken = await ada.comments.unaccept(thread.comments[0].id)
    again = await ada.comments.unaccept(thread.comments[0].id)

    assert (taken.answer_id, taken.accepted_by, taken.accepted_at) == (None, None, None)
    assert again == taken
    [event] = await told(host, "answer.withdrawn")
    assert (event.data.comment.answer_id, event.data.answer.id) == (None, answer.id)
    assert not (await ada.threads.get(thread.id)).steps.answered


async def test_the_sponsor_and_whoever_manages_may_accept_and_nobody_else(host, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")
    question = thread.comments[0].id
    answers = [await bo.threads.comment(thread.id, f"no. {number}") for number in range(3)]

    for person in (bo, visit("rhea", {"*": "read"})):
        with pytest.raises(Forbidden):
            await person.comments.accept(question, answers[0].id)
        with pytest.raises(Forbidden):
            await person.comments.unaccept(question)
    with pytest.raises(NotFound):
        await visit("gus", guest=True).comments.accept(question, answers[0].id)

    assert (await visit("jonas").comments.accept(question, answers[0].id)).accepted_by == "jonas"
    assert (await visit("mia", {"*": "manage"}).comments.accept(question, answers[1].id)).accepted_by == "mia"
    assert (await host.comments.accept(question, answers[2].id)).accepted_by is None


async def test_an_answer_is_another_comment_of_the_same_thread(host, visit):
    ada = visit("ada")
    thread, other = await ada.threads.open(HOSTILE, "Which?", kind="question"), await ada.threads.open(HOSTILE, "Else?")
    withdrawn = await ada.threads.comment(thread.id, "gone")
    await ada.comments.withdraw(withdrawn.id)
    plain = await ada.threads.comment(thread.id, "plain")

    for wrong in (thread.comments[0].id, other.comments[0].id, withdrawn.id, "cmt_01k0000000e00g0r40g30e209g"):
        with pytest.raises(Invalid) as refusal:
            await ada.comments.accept(thread.comments[0].id, wrong)
        assert refusal.value.errors[0]["path"] == "comment_id"
    with pytest.raises(Conflict) as no_question:
        await ada.comments.accept(plain.id, thread.comments[0].id)
    await ada.comments.withdraw(thread.comments[0].id)
    with pytest.raises(Conflict) as gone:
        await ada.comments.accept(thread.comments[0].id, plain.id)

    assert (no_question.value.code, gone.value.code) == ("comment_is_no_question", "comment_is_withdrawn")
    assert await told(host, "answer.accepted") == []


async def test_a_discussion_that_is_over_accepts_nothing(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    answer = await bo.threads.comment(thread.id, "This")

    for end, code in ((ada.threads.resolve, "thread_is_resolved"), (ada.threads.archive, "thread_is_archived")):
        await end(thread.id)
        with pytest.raises(Conflict) as refusal:
            await ada.comments.accept(thread.comments[0].id, answer.id)
        assert refusal.value.code == code


async def test_withdrawing_the_accepted_comment_takes_it_back_and_restoring_does_not_accept_it_again(host, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    answer = await bo.threads.comment(thread.id, "This")
    await ada.comments.accept(thread.comments[0].id, answer.id)

    await bo.comments.withdraw(answer.id)
    left = await ada.threads.get(thread.id)
    await bo.comments.restore(answer.id)
    back = await ada.threads.get(thread.id)

    assert (left.comments[0].answer_id, left.steps.answered) == (None, False)
    assert (back.comments[0].answer_id, back.steps.answered) == (None, False)
    assert [event.type for event in await told(host, "comment.withdrawn", "answer.withdrawn", "comment.restored")] == [
        "comment.withdrawn", "answer.withdrawn", "comment.restored",
    ]  # fmt: skip


async def test_a_withdrawn_question_counts_again_when_it_is_restored(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    answer = await bo.threads.comment(thread.id, "This")
    await ada.comments.accept(thread.comments[0].id, answer.id)

    await ada.comments.withdraw(thread.comments[0].id)
    without = (await ada.threads.get(thread.id)).steps
    await ada.comments.restore(thread.comments[0].id)
    again = (await ada.threads.get(thread.id)).steps
    await ada.comments.withdraw(thread.comments[0].id)
    await bo.comments.withdraw(answer.id)
    await ada.comments.restore(thread.comments[0].id)
    unanswered = (await ada.threads.get(thread.id)).steps

    assert (without.asked, without.answered) == (False, False)
    assert (again.asked, again.answered) == (True, True)
    assert (unanswered.asked, unanswered.answered) == (True, False)


async def test_of_two_who_accept_at_once_the_last_wins_and_both_are_told(host, visit):
    ada, jonas = visit("ada"), visit("jonas")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")
    question = thread.comments[0]
    answers = [await ada.threads.comment(thread.id, f"no. {number}") for number in range(8)]

    await asyncio.gather(*(who.comments.accept(question.id, one.id) for who, one in zip([ada, jonas] * 4, answers, strict=True)))

    events = await told(host, "answer.accepted")
    shown = (await ada.threads.get(thread.id)).comments[0]
    assert sorted(event.data.answer.id for event in events) == sorted(one.id for one in answers)
    assert [event.data.before for event in events] == [None, *(event.data.answer.id for event in events[:-1])]
    assert shown.answer_id == events[-1].data.answer.id
    assert shown.version == question.version + 8


async def test_whoever_names_the_version_overwrites_nothing(visit):
    ada, jonas = visit("ada"), visit("jonas")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")
    question = thread.comments[0]
    answers = [await ada.threads.comment(thread.id, f"no. {number}") for number in range(6)]

    done = await asyncio.gather(
        *(who.comments.accept(question.id, one.id, version=1) for who, one in zip([ada, jonas] * 3, answers, strict=True)),
        return_exceptions=True,
    )

    refused = [one for one in done if isinstance(one, VersionConflict)]
    [winner] = [one for one in done if not isinstance(one, Exception)]
    assert len(refused) == 5
    assert {one.current.answer_id for one in refused} == {winner.answer_id}


async def test_an_accepted_answer_may_be_withdrawn_while_another_is_accepted(visit):
    ada, bo = visit("ada"), visit("bo")
    for _ in range(5):
        thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
        question, answer = thread.comments[0], await bo.threads.comment(thread.id, "This")
        await asyncio.gather(ada.comments.accept(question.id, answer.id), bo.comments.withdraw(answer.id), return_exceptions=True)

        shown = await ada.threads.get(thread.id)
        assert (shown.comments[0].answer_id, shown.steps.answered) == (None, False)


async def test_a_question_waits_until_somebody_else_replies(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    await ada.threads.comment(thread.id, "I mean Q3.")

    async def waits():
        unanswered = [one.id async for one in ada.threads.list(unanswered=True)]
        since = (await ada.threads.get(thread.id)).waiting_since
        assert (unanswered == [thread.id]) == (since is not None)
        return since

    assert await waits() == thread.comments[0].posted_at
    reply = await bo.threads.comment(thread.id, "This")
    assert await waits() is None
    await bo.comments.withdraw(reply.id)
    assert await waits() == thread.comments[0].posted_at
    await bo.comments.restore(reply.id)
    assert await waits() is None
    second = await ada.threads.comment(thread.id, "And Q4?", kind="question")
    assert await waits() == second.posted_at
    await ada.comments.accept(second.id, reply.id)
    assert await waits() is None
    await ada.comments.unaccept(second.id)
    assert await waits() == second.posted_at
    await ada.comments.withdraw(second.id)
    assert await waits() is None
    await ada.comments.restore(second.id)
    await ada.threads.resolve(thread.id)
    assert await waits() is None
