"""A figure from its question to its outcome, as the design tells it, and what a long discussion keeps in sight."""

from datetime import UTC, date, datetime, timedelta

from conftest import token_for
from listening import page

LINE = "forecast_line:a/b%2F ü:عربي"
TEAM = {
    "priya": "Priya Raman", "tomasz": "Tomasz Wolny", "amara": "Amara Osei", "jonas": "Jonas Ekberg",
    "ines": "Ines Marchetti", "lukas": "Lukas Brandt",
}  # fmt: skip


async def test_the_q3_figure_is_asked_answered_decided_and_done(world, host, visit):
    await host.people.describe([{"id": one, "name": name, "time_zone": "Europe/Warsaw"} for one, name in TEAM.items()])
    await host.records.describe(LINE, title="VT-400", fields={"q3/amount": {"value": 1_200_000, "type": "money", "unit": "EUR"}})
    priya, tomasz, amara, jonas, ines, lukas = (visit(one) for one in TEAM)
    async with page(world.url, token_for(world, "rhea", {"*": "read"})) as ear:
        await ear.subscribe(LINE)

        thread = await priya.threads.open(
            LINE, "Q3 carries 40 pumps. Which figure do we lock, <@tomasz>?", field="q3/amount", kind="question",
            goal="Agree the Q3 figure", sponsor="jonas", due_at=datetime.now(UTC) + timedelta(days=8),
        )  # fmt: skip
        question = thread.comments[0]
        assert thread.waiting_since == question.posted_at
        answer = await tomasz.threads.comment(thread.id, "30 by 30 September.", quote_id=question.id)
        await amara.threads.comment(thread.id, "I asked for the second mould.")
        await priya.comments.accept(question.id, answer.id)
        await host.records.describe(LINE, fields={"q3/amount": {"value": 900_000}, "q4/amount": {"value": 300_000}})

        decision = await jonas.threads.comment(thread.id, "Lock Q3 at 900,000. Move 10 pumps to Q4.", kind="decision")
        for person in (priya, tomasz, amara):
            await person.comments.vote(decision.id, "agree")
        await lukas.comments.vote(decision.id, "problem", "A new mould needs a pressure test first.")
        await lukas.comments.vote(decision.id, "agree")
        await jonas.comments.record(decision.id, review_at=datetime(2027, 10, 1, 9, tzinfo=UTC))

        monday = date(2027, 11, 22)
        orders = await jonas.comments.turn_into_action(answer.id, assignee="tomasz", due_at=monday)
        kestrel = await jonas.actions.add(thread.id, "Tell Kestrel that September delivers 30", assignee="ines", due_at=monday)
        mould = await jonas.actions.add(thread.id, "Get a date for the second mould", assignee="amara", due_at=monday)
        await tomasz.actions.done(orders.id)
        await ines.actions.done(kestrel.id)
        resolved = await jonas.threads.resolve(thread.id, "Q3 locked at 900,000", value=900_000)
        await amara.actions.drop(mould.id, "The foundry called: week 36.")
        heard = await ear.hear_events(20)

    told = await priya.threads.get(thread.id)
    assert resolved.steps.model_dump() == {"asked": True, "answered": True, "decided": True, "actions_done": 2, "actions": 3}
    assert told.steps.model_dump() == {"asked": True, "answered": True, "decided": True, "actions_done": 2, "actions": 2}
    assert (told.value_then.value, told.value_now.value, told.outcome.value) == (1_200_000, 900_000, 900_000)
    assert [comment.value_then.value for comment in told.comments] == [1_200_000] * 3 + [900_000]
    assert (told.comments[0].answer_id, told.comments[0].accepted_by, told.waiting_since) == (answer.id, "priya", None)
    assert told.comments[3].decision.agree == ["priya", "tomasz", "amara", "lukas"]
    assert [(one.assignee, one.state) for one in told.actions] == [("tomasz", "done"), ("ines", "done"), ("amara", "dropped")]
    assert {one.due_at for one in told.actions} == {datetime(2027, 11, 22, 22, 59, 59, tzinfo=UTC)}
    assert orders.text == "30 by 30 September."
    assert {name: told.people[name].name for name in ("tomasz", "ines", "amara", "lukas")}.items() <= TEAM.items()
    assert [frame["event"]["type"] for frame in heard] == [
        "thread.opened", *["comment.posted"] * 3, "answer.accepted", "record.described", "comment.posted",
        *["decision.voted"] * 5, "decision.recorded", *["action.added"] * 3, *["action.done"] * 2, "thread.resolved",
        "action.dropped",
    ]  # fmt: skip
    last = heard[-1]["event"]
    assert (last["data"]["action"]["reason"], last["seq"]) == ("The foundry called: week 36.", told.seq)


async def test_a_long_discussion_keeps_in_sight_what_it_came_to(host, visit):
    ada, jonas = visit("ada"), visit("jonas")
    thread = await ada.threads.open(LINE, "Which?", sponsor="jonas")
    question = await ada.threads.comment(thread.id, "How many?", kind="question")
    answer = await jonas.threads.comment(thread.id, "30")
    proposed = await ada.threads.comment(thread.id, "Never recorded", kind="decision")
    replaced, recorded, gone = [
        await ada.comments.record((await ada.threads.comment(thread.id, text, kind="decision")).id)
        for text in ("Replaced", "Recorded", "Gone")
    ]
    await ada.comments.accept(question.id, answer.id)
    await ada.comments.record(recorded.id, replaces=replaced.id)
    await visit("mia", {"*": "manage"}).comments.withdraw(gone.id)
    short = await ada.threads.get(thread.id)
    for number in range(20):
        await ada.threads.comment(thread.id, f"no. {number}")

    view = await ada.conversation(LINE)
    [shown] = view.threads
    assert short.highlights == []
    assert len(shown.comments) == 20
    assert [one.id for one in shown.highlights] == [thread.comments[0].id, question.id, answer.id, recorded.id]
    assert shown.highlights[3].decision.state == "recorded"
    assert shown.highlights == (await ada.threads.get(thread.id)).highlights
    assert proposed.id not in {one.id for one in shown.highlights}
    assert {"ada", "jonas"} <= set(view.people)
    assert [one.highlights async for one in host.threads.list(record=LINE)] == [None]


async def test_a_reply_to_a_withdrawn_comment_quotes_what_is_gone(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(LINE, "Which?")
    comment = await ada.threads.comment(thread.id, "This")
    await ada.comments.withdraw(comment.id)

    reply = await bo.threads.comment(thread.id, "Which one was it?", quote_id=comment.id)

    [_, quoted, _] = (await bo.threads.get(thread.id)).comments
    assert reply.quote_id == quoted.id
    assert (quoted.body, quoted.withdrawn_at is None) == ("", False)
