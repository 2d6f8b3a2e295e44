"""Any message can become a question, a decision or an action; nothing that was settled is turned silently."""

from datetime import UTC, date, datetime

import pytest

from apropos import Conflict, Forbidden, Invalid, VersionConflict
from apropos._ids import new_id

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def test_a_comment_becomes_a_question_a_decision_and_a_comment_again(host, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "900,000?")
    comment = thread.comments[0]

    question = await ada.comments.turn_into(comment.id, "question")
    waits = await ada.threads.get(thread.id)
    decision = await ada.comments.turn_into(comment.id, "decision")
    await bo.comments.vote(comment.id, "agree")
    plain = await ada.comments.turn_into(comment.id, "comment", version=decision.version)
    same = await ada.comments.turn_into(comment.id, "comment")
    shown = await ada.threads.get(thread.id)

    assert (question.kind, question.version, question.answer_id) == ("question", 2, None)
    assert (waits.steps.asked, waits.waiting_since) == (True, comment.posted_at)
    assert (decision.kind, decision.decision.state) == ("decision", "proposed")
    assert (plain.kind, plain.decision, plain.version) == ("comment", None, 4)
    assert same == plain
    assert (shown.steps.asked, shown.waiting_since) == (False, None)
    events = [event for event in (await host.events.list(limit=100)).data if event.type == "comment.turned"]
    turns = [(event.data.model_extra["from"], event.data.to) for event in events]
    assert turns == [("comment", "question"), ("question", "decision"), ("decision", "comment")]
    assert events[0].data.comment.kind == "comment"
    assert (await ada.comments.turn_into(comment.id, "decision")).decision.agree == ["bo"]


async def test_what_was_settled_is_not_turned(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", kind="question")
    answer = await bo.threads.comment(thread.id, "This")
    decision = await ada.threads.comment(thread.id, "So be it", kind="decision")
    await ada.comments.accept(thread.comments[0].id, answer.id)
    await ada.comments.record(decision.id)
    await bo.comments.turn_into(answer.id, "decision")

    for comment_id, code in ((thread.comments[0].id, "question_is_answered"), (decision.id, "decision_is_recorded")):
        with pytest.raises(Conflict) as refusal:
            await ada.comments.turn_into(comment_id, "comment")
        assert refusal.value.code == code
    await ada.comments.unaccept(thread.comments[0].id)
    assert (await ada.comments.turn_into(thread.comments[0].id, "comment")).kind == "comment"


async def test_only_some_turn_a_comment_and_only_while_it_is_discussed(visit):
    ada, bo, jonas = visit("ada"), visit("bo"), visit("jonas")
    thread = await ada.threads.open(HOSTILE, "Which?", sponsor="jonas")
    comment, gone = thread.comments[0], await ada.threads.comment(thread.id, "gone")
    await ada.comments.withdraw(gone.id)

    with pytest.raises(Forbidden):
        await bo.comments.turn_into(comment.id, "question")
    with pytest.raises(VersionConflict):
        await ada.comments.turn_into(comment.id, "question", version=7)
    assert (await jonas.comments.turn_into(comment.id, "question")).kind == "question"
    assert (await visit("mia", {"*": "manage"}).comments.turn_into(comment.id, "comment")).kind == "comment"
    for turn in (lambda one: ada.comments.turn_into(one, "question"), ada.comments.turn_into_action):
        with pytest.raises(Conflict) as withdrawn:
            await turn(gone.id)
        assert withdrawn.value.code == "comment_is_withdrawn"
    await ada.threads.resolve(thread.id)
    for turn in (lambda one: ada.comments.turn_into(one, "question"), ada.comments.turn_into_action):
        with pytest.raises(Conflict) as over:
            await turn(comment.id)
        assert over.value.code == "thread_is_resolved"


async def test_an_action_is_called_after_the_first_line_of_its_comment(host, visit):
    await host.people.describe([{"id": "tomasz", "name": "Tomasz Wolny"}])
    await host.people.groups([{"id": "planning", "name": "Planning", "members": ["tomasz"]}])
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "## Move **PO-48213**, <@tomasz> of <@group:planning>\n\nto 30 + 10 pumps")
    comment = thread.comments[0]

    action = await bo.comments.turn_into_action(comment.id, assignee="tomasz", due_at=date(2027, 11, 26))
    again = await bo.comments.turn_into_action(comment.id)
    lined = await ada.threads.comment(thread.id, "- [ ] first\n- second")
    blank = await ada.threads.comment(thread.id, "---")

    assert (action.text, action.comment_id) == ("Move PO-48213, @Tomasz Wolny of @Planning", comment.id)
    assert (action.assignee, action.due_at) == ("tomasz", datetime(2027, 11, 26, 23, 59, 59, tzinfo=UTC))
    assert again.id != action.id
    assert (await bo.comments.turn_into_action(lined.id)).text == "first"
    assert (await bo.comments.turn_into_action(blank.id)).text == "To do"
    long = await ada.threads.comment(thread.id, "word " * 200)
    assert len((await bo.comments.turn_into_action(long.id)).text) <= 500
    assert (await ada.threads.get(thread.id)).comments[0].kind == "comment"


async def test_the_same_turn_makes_one_action(http, visit, bearer):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "Do it")
    comment, other = thread.comments[0], await ada.threads.comment(thread.id, "Do that")
    draft = {"kind": "action", "id": new_id("act")}

    first = await http.post(f"/v1/comments/{comment.id}/turn-into", json=draft, headers=bearer("ada"))
    await ada.comments.edit(comment.id, "Do it now")
    again = await http.post(f"/v1/comments/{comment.id}/turn-into", json=draft, headers=bearer("ada"))
    conflict = await http.post(f"/v1/comments/{other.id}/turn-into", json=draft, headers=bearer("ada"))

    assert (first.status_code, again.status_code, conflict.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert conflict.json()["code"] == "id_conflict"


async def test_only_an_action_has_an_assignee(http, visit):
    thread = await visit("ada").threads.open(HOSTILE, "x")

    for name, value in (("assignee", "bo"), ("due_at", "2027-11-26"), ("id", new_id("act"))):
        answer = await http.post(f"/v1/comments/{thread.comments[0].id}/turn-into", json={"kind": "question", name: value})
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, name)


async def test_a_comment_that_was_turned_is_still_what_its_draft_posted(visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")
    comment = await ada.threads.comment(thread.id, "y", id=new_id("cmt"))
    await ada.comments.turn_into(comment.id, "decision")

    again = await ada.threads.comment(thread.id, "y", id=comment.id)

    assert (again.id, again.kind) == (comment.id, "decision")
    with pytest.raises(Conflict):
        await ada.threads.comment(thread.id, "y", id=comment.id, kind="decision")
    with pytest.raises(Invalid):
        await ada.comments.turn_into(comment.id, "poem")
