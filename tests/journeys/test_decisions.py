"""A decision: proposed, voted on, recorded, doubted, replaced."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from apropos import Conflict, Forbidden, Invalid, NotFound, VersionConflict

HOSTILE = "forecast_line:a/b%2F ü:عربي"
SPRING = datetime(2027, 3, 1, 9, tzinfo=UTC)


async def told(host, *kinds):
    """Return what the log tells of decisions, or of these kinds, oldest first."""
    page = await host.events.list(limit=100)
    return [event for event in page.data if (event.type in kinds if kinds else event.type.startswith("decision."))]


@pytest.fixture
async def proposed(visit):
    """A thread that jonas sponsors, where ada proposes a decision."""
    thread = await visit("ada").threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")
    return await visit("ada").threads.comment(thread.id, "Lock Q3 at 900,000.", kind="decision")


async def test_one_vote_a_person_and_the_last_counts(host, visit, proposed):
    bo, cy = visit("bo", name="Bo"), visit("cy")

    await bo.comments.vote(proposed.id, "problem", "The foundry cannot pour 30.")
    await bo.comments.vote(proposed.id, "agree")
    same = await bo.comments.vote(proposed.id, "agree")
    both = await cy.comments.vote(proposed.id, "problem", "Station 6 waits.")

    assert (same.decision.state, same.decision.agree, same.decision.problems) == ("proposed", ["bo"], [])
    assert (both.decision.agree, [(one.person, one.text) for one in both.decision.problems]) == (
        ["bo"], [("cy", "Station 6 waits.")],
    )  # fmt: skip
    assert both.version == proposed.version
    left = await cy.comments.unvote(proposed.id)
    again = await cy.comments.unvote(proposed.id)
    assert (left.decision.agree, left.decision.problems) == (["bo"], [])
    assert again == left
    events = await told(host)
    assert [(one.type, one.actor.id, one.data.vote) for one in events] == [
        ("decision.voted", "bo", "problem"), ("decision.voted", "bo", "agree"), ("decision.voted", "cy", "problem"),
        ("decision.vote_withdrawn", "cy", "problem"),
    ]  # fmt: skip
    assert events[0].data.comment.decision.agree == ["bo"]
    assert events[0].data.people["bo"].name == "Bo"


async def test_a_decision_is_recorded_without_a_body(http, bearer, proposed):
    address = f"/v1/comments/{proposed.id}/record"

    wrong = await http.put(address, json=[], headers=bearer("ada"))
    recorded = await http.put(address, headers=bearer("ada"))
    again = await http.put(address, json={}, headers=bearer("ada"))

    assert (wrong.status_code, recorded.status_code, again.status_code) == (422, 200, 200)
    assert (recorded.json()["decision"]["state"], recorded.json()["decision"]["review_at"]) == ("recorded", None)
    assert again.json() == recorded.json()


async def test_a_problem_is_said_and_agreeing_says_nothing(visit, proposed):
    bo = visit("bo")

    for vote, text in (("problem", None), ("problem", " "), ("agree", "but"), ("perhaps", None)):
        with pytest.raises(Invalid):
            await bo.comments.vote(proposed.id, vote, text)

    assert (await bo.threads.get(proposed.thread_id)).comments[1].decision.agree == []


async def test_only_a_person_votes_on_a_decision_of_an_open_discussion(host, visit, proposed):
    bo = visit("bo")
    question = (await bo.threads.get(proposed.thread_id)).comments[0]

    with pytest.raises(Forbidden):
        await host.comments.vote(proposed.id, "agree")
    with pytest.raises(Forbidden):
        await visit("rhea", {"*": "read"}).comments.vote(proposed.id, "agree")
    with pytest.raises(NotFound):
        await visit("gus", guest=True).comments.vote(proposed.id, "agree")
    refusals = []
    for attempt in (
        lambda: bo.comments.vote(question.id, "agree"),
        lambda: visit("ada").comments.record(question.id),
        lambda: visit("ada").comments.review(proposed.id, SPRING),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        refusals.append(refusal.value.code)
    await bo.threads.resolve(proposed.thread_id)
    for attempt in (
        lambda: bo.comments.vote(proposed.id, "agree"),
        lambda: bo.comments.unvote(proposed.id),
        lambda: visit("ada").comments.record(proposed.id),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        refusals.append(refusal.value.code)

    assert refusals == ["comment_is_no_decision"] * 2 + ["decision_is_not_recorded"] + ["thread_is_resolved"] * 3


async def test_the_sponsor_the_author_and_whoever_manages_record(host, visit, proposed):
    with pytest.raises(Forbidden):
        await visit("bo").comments.record(proposed.id)
    recorded = await visit("jonas").comments.record(proposed.id, review_at=SPRING)
    again = await visit("ada").comments.record(proposed.id)
    other = await visit("ada").threads.comment(proposed.thread_id, "And Q4 at 300,000.", kind="decision")

    assert (recorded.decision.state, recorded.decision.recorded_by, recorded.decision.review_at) == ("recorded", "jonas", SPRING)
    assert recorded.version == proposed.version + 1
    assert again == recorded
    assert (await visit("mia", {"*": "manage"}).comments.record(other.id)).decision.recorded_by == "mia"
    assert [event.type for event in await told(host)] == ["decision.recorded", "decision.recorded"]
    assert (await host.threads.get(proposed.thread_id)).steps.decided


async def test_a_problem_after_recording_turns_the_track_back_until_it_is_settled(visit, proposed):
    ada, bo, cy = visit("ada"), visit("bo"), visit("cy")

    async def decided():
        return (await ada.threads.get(proposed.thread_id)).steps.decided

    await bo.comments.vote(proposed.id, "problem", "Known before.")
    assert not await decided()
    await ada.comments.record(proposed.id)
    assert await decided()
    await cy.comments.vote(proposed.id, "problem", "Lot 7741 is on hold.")
    assert not await decided()
    await bo.comments.vote(proposed.id, "problem", "And now more of it.")
    await cy.comments.vote(proposed.id, "agree")
    assert not await decided()
    await bo.comments.unvote(proposed.id)
    assert await decided()
    await cy.comments.vote(proposed.id, "problem", "Again.")
    assert not await decided()
    await ada.comments.record(proposed.id)
    assert await decided()
    await cy.comments.unvote(proposed.id)
    assert await decided()


async def test_a_recorded_decision_is_not_rewritten_but_replaced(host, visit, proposed):
    ada, jonas = visit("ada"), visit("jonas")
    await jonas.comments.record(proposed.id)
    better = await jonas.threads.comment(proposed.thread_id, "Lock Q3 at 930,000.", kind="decision")

    for attempt in (
        lambda: ada.comments.edit(proposed.id, "Lock Q3 at 800,000."),
        lambda: ada.comments.withdraw(proposed.id),
        lambda: ada.comments.turn_into(proposed.id, "comment"),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        assert refusal.value.code == "decision_is_recorded"
    replacing = await jonas.comments.record(better.id, replaces=proposed.id)
    again = await jonas.comments.record(better.id, replaces=proposed.id)
    shown = {comment.id: comment.decision for comment in (await ada.threads.get(proposed.thread_id)).comments if comment.decision}

    assert again == replacing
    assert (shown[proposed.id].state, shown[proposed.id].replaced_by) == ("replaced", better.id)
    assert (shown[better.id].state, shown[better.id].replaced_by) == ("recorded", None)
    events = await told(host)
    assert [event.type for event in events] == ["decision.recorded", "decision.recorded", "decision.replaced"]
    assert events[1].data.replaces == proposed.id
    assert (events[2].data.comment.id, events[2].data.replaced_by) == (proposed.id, better.id)
    for attempt in (
        lambda: ada.comments.vote(proposed.id, "agree"),
        lambda: ada.comments.record(proposed.id, replaces=better.id),
        lambda: ada.comments.review(proposed.id, SPRING),
        lambda: ada.comments.edit(proposed.id, "x"),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        assert refusal.value.code == "decision_is_replaced"


async def test_a_proposal_is_replaced_too_but_only_by_one(visit, proposed):
    jonas = visit("jonas")
    one = await jonas.threads.comment(proposed.thread_id, "930,000", kind="decision")
    two = await jonas.threads.comment(proposed.thread_id, "940,000", kind="decision")
    await jonas.comments.record(one.id, replaces=proposed.id)

    with pytest.raises(Conflict) as refusal:
        await jonas.comments.record(two.id, replaces=proposed.id)

    assert refusal.value.code == "decision_is_replaced"
    assert refusal.value.facts["replaced_by"] == one.id
    shown = await jonas.threads.get(proposed.thread_id)
    assert [comment.decision.state for comment in shown.comments[1:]] == ["replaced", "recorded", "proposed"]
    assert shown.steps.decided


async def test_what_is_replaced_is_another_decision_of_the_same_thread(visit, proposed):
    ada = visit("ada")
    elsewhere = await ada.threads.open(HOSTILE, "Elsewhere", kind="decision")
    gone = await ada.threads.comment(proposed.thread_id, "gone", kind="decision")
    await ada.comments.withdraw(gone.id)
    question = (await ada.threads.get(proposed.thread_id)).comments[0]

    for other in (proposed.id, elsewhere.comments[0].id, gone.id, question.id, "cmt_01k0000000e00g0r40g30e209g"):
        with pytest.raises(Invalid) as refusal:
            await ada.comments.record(proposed.id, replaces=other)
        assert refusal.value.errors[0]["path"] == "replaces"
    assert not (await ada.threads.get(proposed.thread_id)).steps.decided


async def test_the_review_date_moves_also_after_the_discussion(host, visit, proposed):
    ada = visit("ada")
    recorded = await ada.comments.record(proposed.id, review_at=SPRING)
    await ada.threads.resolve(proposed.thread_id)

    later = await ada.comments.review(proposed.id, SPRING + timedelta(days=30))
    same = await ada.comments.review(proposed.id, SPRING + timedelta(days=30))
    never = await ada.comments.review(proposed.id, None, version=same.version)
    with pytest.raises(VersionConflict):
        await ada.comments.review(proposed.id, SPRING, version=recorded.version)
    with pytest.raises(Invalid):
        await ada.comments.review(proposed.id, datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(Forbidden):
        await visit("bo").comments.review(proposed.id, SPRING)
    await ada.threads.archive(proposed.thread_id)
    with pytest.raises(Conflict):
        await ada.comments.review(proposed.id, SPRING)

    assert (later.decision.review_at, never.decision.review_at) == (SPRING + timedelta(days=30), None)
    assert same == later
    assert [event.data.members for event in await told(host, "decision.changed")] == [["review_at"], ["review_at"]]


async def test_a_manager_may_withdraw_a_recorded_decision_and_the_track_follows(visit, proposed):
    ada, mia = visit("ada"), visit("mia", {"*": "manage"})
    await ada.comments.record(proposed.id)
    await visit("bo").comments.vote(proposed.id, "problem", "No.")

    await mia.comments.withdraw(proposed.id)
    gone = (await ada.threads.get(proposed.thread_id)).steps.decided
    with pytest.raises(Conflict):
        await visit("bo").comments.unvote(proposed.id)
    await mia.comments.restore(proposed.id)
    doubted = (await ada.threads.get(proposed.thread_id)).steps.decided
    await visit("bo").comments.unvote(proposed.id)

    assert (gone, doubted) == (False, False)
    assert (await ada.threads.get(proposed.thread_id)).steps.decided


async def test_everybody_votes_at_once_while_it_is_recorded(host, visit, proposed):
    people = [visit(f"p{number}") for number in range(10)]

    await asyncio.gather(
        *(one.comments.vote(proposed.id, "agree") for one in people[:5]),
        *(one.comments.vote(proposed.id, "problem", "No.") for one in people[5:]),
        visit("ada").comments.record(proposed.id), visit("jonas").comments.record(proposed.id),
    )  # fmt: skip
    shown = await host.threads.get(proposed.thread_id)
    decision = shown.comments[1].decision
    doubts = [event.type for event in await told(host)]

    assert sorted(decision.agree) == [f"p{number}" for number in range(5)]
    assert sorted(problem.person for problem in decision.problems) == [f"p{number}" for number in range(5, 10)]
    last = len(doubts) - 1 - doubts[::-1].index("decision.recorded")
    newer = [event.data.vote for event in (await told(host))[last + 1 :]]
    assert shown.steps.decided == ("problem" not in newer)


async def test_of_two_that_replace_the_same_at_once_one_does(visit, proposed):
    ada, jonas = visit("ada"), visit("jonas")
    one = await ada.threads.comment(proposed.thread_id, "930,000", kind="decision")
    two = await jonas.threads.comment(proposed.thread_id, "940,000", kind="decision")

    done = await asyncio.gather(
        ada.comments.record(one.id, replaces=proposed.id), jonas.comments.record(two.id, replaces=proposed.id),
        return_exceptions=True,
    )  # fmt: skip

    [refused] = [each for each in done if isinstance(each, Conflict)]
    [recorded] = [each for each in done if not isinstance(each, Exception)]
    shown = await ada.threads.get(proposed.thread_id)
    assert refused.code == "decision_is_replaced"
    assert shown.comments[1].decision.replaced_by == recorded.id
    assert sorted(comment.decision.state for comment in shown.comments[1:]) == ["proposed", "recorded", "replaced"]
