"""Actions: who does what until when, and what becomes of it."""

import asyncio
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from apropos import Conflict, Forbidden, Invalid, NotFound, VersionConflict
from apropos._ids import new_id
from apropos_service.threads.kind_model import Action

HOSTILE = "forecast_line:a/b%2F ü:عربي"
FRIDAY = datetime(2027, 11, 26, 17, tzinfo=UTC)


async def told(host):
    """Return what the log tells of actions, oldest first."""
    return [event for event in (await host.events.list(limit=100)).data if event.type.startswith("action.")]


async def let_pass(service, world, action_id):
    """Let the action have been due long ago; return when."""
    due = datetime(2026, 1, 1, tzinfo=UTC)

    async def change(tx):
        (await tx.get(Action, action_id)).due_at = int(due.timestamp() * 1000)

    written = asyncio.run_coroutine_threadsafe(service.app.state.database.write(world.workspace, change), service.loop)
    await asyncio.wrap_future(written)
    return due


@pytest.fixture
async def thread(visit):
    """An open discussion."""
    return await visit("ada").threads.open(HOSTILE, "Which?", kind="question", sponsor="jonas")


async def test_an_action_is_added_changed_done_and_opened_again(host, visit, thread):
    ada, bo = visit("ada", name="Ada"), visit("bo", name="Bo")

    action = await ada.actions.add(thread.id, "Call Kestrel", assignee="bo", due_at=FRIDAY, comment_id=thread.comments[0].id)
    same = await ada.actions.change(action.id, text="Call Kestrel")
    changed = await ada.actions.change(action.id, text="Call Kestrel again", due_at=None, version=action.version)
    done = await bo.actions.done(action.id)
    twice = await bo.actions.done(action.id)
    after = (await ada.threads.get(thread.id)).steps
    reopened = await ada.actions.reopen(action.id)

    assert (action.state, action.assignee, action.due_at, action.created_by) == ("open", "bo", FRIDAY, "ada")
    assert (action.comment_id, action.version) == (thread.comments[0].id, 1)
    assert same == action
    assert (changed.text, changed.due_at, changed.assignee, changed.version) == ("Call Kestrel again", None, "bo", 2)
    assert (done.state, done.done_by, done.done_at is None) == ("done", "bo", False)
    assert twice == done
    assert (after.actions_done, after.actions) == (1, 1)
    assert (reopened.state, reopened.done_by, reopened.done_at) == ("open", None, None)
    shown = await ada.threads.get(thread.id)
    assert shown.actions == [reopened]
    assert shown.people["bo"].name == "Bo"
    events = await told(host)
    assert [event.type for event in events] == ["action.added", "action.changed", "action.done", "action.reopened"]
    assert events[1].data.members == ["due_at", "text"]
    assert (events[0].data.action, events[0].data.thread.id) == (reopened, thread.id)
    assert {"ada", "bo"} <= set(events[0].data.people)


async def test_an_action_is_dropped_with_a_reason_and_is_nobodys_to_do(host, visit, thread):
    ada = visit("ada")
    action = await ada.actions.add(thread.id, "Ask the foundry")
    await ada.actions.add(thread.id, "Tell Kestrel")

    with pytest.raises(Invalid) as refusal:
        await ada.actions.change(action.id, state="dropped")
    with pytest.raises(Invalid):
        await ada.actions.change(action.id, reason="x")
    with pytest.raises(Invalid):
        await ada.actions.change(action.id, state="done", reason="x")
    dropped = await ada.actions.drop(action.id, "They called us.")
    reworded = await ada.actions.change(action.id, reason="They wrote to us.")
    steps = (await ada.threads.get(thread.id)).steps
    done = await ada.actions.done(action.id)

    assert refusal.value.errors[0]["path"] == "reason"
    assert (dropped.state, dropped.reason) == ("dropped", "They called us.")
    assert (reworded.state, reworded.reason) == ("dropped", "They wrote to us.")
    assert (steps.actions_done, steps.actions) == (0, 1)
    assert (done.state, done.reason) == ("done", None)
    assert [event.type for event in await told(host)][2:] == ["action.dropped", "action.changed", "action.done"]
    after = (await ada.threads.get(thread.id)).steps
    assert (after.actions_done, after.actions) == (1, 2)


async def test_a_day_ends_where_the_assignee_is(host, visit, thread):
    ada = visit("ada")
    await host.people.describe([
        {"id": "rio", "name": "Rio", "time_zone": "America/Sao_Paulo"}, {"id": "odd", "name": "Odd", "time_zone": "../etc"},
    ])  # fmt: skip
    day = date(2027, 11, 26)

    async def ends(assignee, due):
        return (await ada.actions.add(thread.id, "x", assignee=assignee, due_at=due)).due_at

    assert await ends("rio", day) == datetime(2027, 11, 27, 2, 59, 59, tzinfo=UTC)
    assert await ends("odd", day) == await ends(None, day) == await ends("nobody", day)
    assert await ends(None, day) == datetime(2027, 11, 26, 23, 59, 59, tzinfo=UTC)
    assert await ends("rio", FRIDAY) == FRIDAY
    moved = await ada.actions.add(thread.id, "x")
    moved = await ada.actions.change(moved.id, due_at=day, assignee="rio")
    assert moved.due_at == datetime(2027, 11, 27, 2, 59, 59, tzinfo=UTC)
    assert (await ada.actions.change(moved.id, due_at=day)).version == moved.version


async def test_a_discussion_that_is_due_on_a_day_is_until_it_ends_where_the_sponsor_is(host, visit):
    ada = visit("ada")
    await host.people.describe([{"id": "rio", "name": "Rio", "time_zone": "America/Sao_Paulo"}])
    day, ends = date(2027, 11, 26), datetime(2027, 11, 26, 23, 59, 59, tzinfo=UTC)

    thread = await ada.threads.open(HOSTILE, "Which?", due_at=day)
    again = await ada.threads.open(HOSTILE, "Which?", due_at=day, id=thread.id, comment_id=thread.comments[0].id)
    theirs = await ada.threads.open(HOSTILE, "Which?", due_at=day, sponsor="rio")
    moved = await ada.threads.change(thread.id, due_at=day, sponsor="rio")

    assert (thread.due_at, again.due_at) == (ends, ends)
    assert theirs.due_at == moved.due_at == datetime(2027, 11, 27, 2, 59, 59, tzinfo=UTC)
    assert (await ada.threads.change(thread.id, due_at=day)).version == moved.version
    for attempt in (
        lambda: ada.threads.open(HOSTILE, "Which?", due_at=date(2020, 1, 1)),
        lambda: ada.threads.change(thread.id, due_at=date(2020, 1, 1)),
    ):
        with pytest.raises(Invalid) as refusal:
            await attempt()
        assert refusal.value.errors[0]["path"] == "due_at"


async def test_what_is_due_is_not_past_unless_it_was_due_before(service, world, http, visit, thread):
    ada = visit("ada")
    action = await ada.actions.add(thread.id, "x", due_at=FRIDAY)
    yesterday = datetime.now(UTC).date() - timedelta(days=2)

    for past in (datetime(2020, 1, 1, tzinfo=UTC), yesterday):
        with pytest.raises(Invalid) as refusal:
            await ada.actions.add(thread.id, "x", due_at=past)
        assert refusal.value.errors[0]["path"] == "due_at"
        with pytest.raises(Invalid):
            await ada.actions.change(action.id, due_at=past)
    overdue = await let_pass(service, world, action.id)
    kept = await ada.actions.change(action.id, due_at=overdue, text="y")
    for nonsense in ("2026-13-01", "tomorrow", 5, "0001-01-01", "9999-12-31", "2026-11-27T17:00:00", ""):
        answer = await http.post(f"/v1/threads/{thread.id}/actions", json={"text": "x", "due_at": nonsense})
        assert (answer.status_code, answer.json()["errors"][0]["path"].partition(".")[0]) == (422, "due_at"), nonsense

    assert (kept.text, kept.due_at) == ("y", overdue)
    assert len((await ada.threads.get(thread.id)).actions) == 1


async def test_nobody_is_assigned_what_they_cannot_see(host, visit):
    await host.people.describe(
        [{"id": "gus", "name": "Gus", "guest": True}, {"id": "bo", "name": "Bo"}, {"id": "cy", "name": "Cy"}]
    )
    await host.people.groups([{"id": "planning", "name": "Planning", "members": ["cy"]}])
    await host.records.describe("invoice:1", access={"people": {"ada": "comment", "gus": "read"}, "groups": {"planning": "read"}})
    ada, eve = visit("ada"), visit("eve")
    internal = await ada.threads.open("invoice:1", "internal")
    shared = await ada.threads.open("invoice:1", "shared", visibility="shared")
    restricted = await ada.threads.open("invoice:1", "restricted", visibility="restricted", members=["cy"])
    action = await ada.actions.add(internal.id, "x")

    for thread, person in ((internal, "bo"), (internal, "gus"), (internal, "stranger"), (restricted, "gus"), (shared, "bo")):
        with pytest.raises(Invalid) as refusal:
            await ada.actions.add(thread.id, "x", assignee=person)
        assert refusal.value.code == "assignee_cannot_see"
        assert refusal.value.errors[0]["path"] == "assignee"
    with pytest.raises(Invalid):
        await ada.actions.change(action.id, assignee="bo")

    assert (await ada.actions.change(action.id, assignee="cy")).assignee == "cy"
    assert (await ada.actions.add(shared.id, "x", assignee="gus")).assignee == "gus"
    assert (await ada.actions.add(restricted.id, "x", assignee="cy")).assignee == "cy"
    assert (await eve.actions.add(internal.id, "mine", assignee="eve")).assignee == "eve"


async def test_whoever_may_comment_may_change_and_nobody_else(host, visit, thread):
    action = await visit("ada").actions.add(thread.id, "x", assignee="bo")
    reader, guest = visit("rhea", {"*": "read"}), visit("gus", guest=True)

    for attempt in (lambda: reader.actions.add(thread.id, "x"), lambda: reader.actions.done(action.id)):
        with pytest.raises(Forbidden):
            await attempt()
    for attempt in (
        lambda: guest.actions.add(thread.id, "x"),
        lambda: guest.actions.done(action.id),
        lambda: anext(guest.actions.list(thread.id)),
        lambda: visit("ada").actions.done("act_01k0000000e00g0r40g30e209g"),
    ):
        with pytest.raises(NotFound):
            await attempt()

    assert [one.id async for one in reader.actions.list(thread.id)] == [action.id]
    assert (await visit("cy").actions.done(action.id)).done_by == "cy"
    assert (await host.actions.reopen(action.id)).state == "open"


async def test_work_goes_on_after_the_discussion_until_it_is_archived(visit, thread):
    ada = visit("ada")
    action, other = await ada.actions.add(thread.id, "x"), await ada.actions.add(thread.id, "y")
    await ada.threads.resolve(thread.id, "Locked")

    done = await ada.actions.done(action.id)
    moved = await ada.actions.change(other.id, due_at=FRIDAY, assignee="bo")
    with pytest.raises(Conflict) as resolved:
        await ada.actions.add(thread.id, "z")
    steps = (await ada.threads.get(thread.id)).steps
    await ada.threads.archive(thread.id)
    with pytest.raises(Conflict) as archived:
        await ada.actions.done(other.id)

    assert (done.state, moved.assignee) == ("done", "bo")
    assert (resolved.value.code, archived.value.code) == ("thread_is_resolved", "thread_is_archived")
    assert (steps.actions_done, steps.actions) == (1, 2)


async def test_the_same_action_is_added_once(service, http, visit, bearer, thread):
    ada = bearer("ada")
    path, draft = f"/v1/threads/{thread.id}/actions", {"id": new_id("act"), "text": "x", "due_at": "2027-11-26"}

    answers = await asyncio.gather(*(http.post(path, json=draft, headers=ada) for _ in range(8)))
    await visit("ada").actions.change(draft["id"], text="y", due_at=None)
    await visit("ada").threads.resolve(thread.id)
    again = await http.post(path, json=draft, headers=ada)
    others = [
        await http.post(path, json={**draft, "text": "y"}, headers=ada),
        await http.post(path, json=draft, headers=bearer("bo")),
    ]
    key = {**ada, "Idempotency-Key": str(uuid.uuid4())}
    keyed = [await http.patch(f"/v1/actions/{draft['id']}", json={"state": "done"}, headers=key) for _ in range(2)]

    assert sorted(one.status_code for one in answers) == [200] * 7 + [201]
    assert (again.status_code, again.json()["text"]) == (200, "y")
    assert [(one.status_code, one.json()["code"]) for one in others] == [(409, "id_conflict")] * 2
    assert keyed[0].json() == keyed[1].json()
    elsewhere = service.workspace("elsewhere")
    headers = {"Authorization": f"Bearer {elsewhere.key}"}
    own = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "own"}, headers=headers)).json()
    foreign = await http.post(f"/v1/threads/{own['id']}/actions", json=draft, headers=headers)
    assert foreign.status_code == 404
    assert len((await visit("ada").threads.get(thread.id)).actions) == 1


async def test_of_many_who_change_the_same_version_one_does(visit, thread):
    ada = visit("ada")
    action = await ada.actions.add(thread.id, "x")

    done = await asyncio.gather(
        *(visit(f"p{number}").actions.change(action.id, text=f"no. {number}", version=1) for number in range(8)),
        return_exceptions=True,
    )

    refused = [one for one in done if isinstance(one, VersionConflict)]
    [winner] = [one for one in done if not isinstance(one, Exception)]
    assert len(refused) == 7
    assert {one.current.text for one in refused} == {winner.text}


async def test_done_and_dropped_at_once_count_once(visit, thread):
    ada = visit("ada")
    for _ in range(4):
        action = await ada.actions.add(thread.id, "x")
        await asyncio.gather(ada.actions.done(action.id), ada.actions.drop(action.id, "no"), visit("bo").actions.done(action.id))

    shown = await ada.threads.get(thread.id)
    states = [one.state for one in shown.actions]
    assert shown.steps.actions_done == states.count("done")
    assert shown.steps.actions == 4 - states.count("dropped")


async def test_actions_are_listed_in_pages_and_threads_found_by_assignee(visit, thread):
    ada = visit("ada")
    added = [await ada.actions.add(thread.id, f"no. {number}", assignee="bo") for number in range(5)]
    other = await ada.threads.open(HOSTILE, "Other")
    await ada.actions.done((await ada.actions.add(other.id, "x", assignee="bo")).id)

    assert [one.id async for one in ada.actions.list(thread.id)] == [one.id for one in added]
    assert [one.id async for one in ada.threads.list(assignee="bo")] == [thread.id]
    assert [one.id async for one in ada.threads.list(assignee="cy")] == []
    [shown, _] = sorted((await ada.conversation(HOSTILE)).threads, key=lambda one: one.id)
    assert [one.text for one in shown.actions] == [f"no. {number}" for number in range(5)]


async def test_a_list_of_actions_goes_on_where_a_page_ended(http, visit, thread):
    for number in range(3):
        await visit("ada").actions.add(thread.id, f"no. {number}")

    first = (await http.get(f"/v1/threads/{thread.id}/actions", params={"limit": 2})).json()
    rest = (await http.get(f"/v1/threads/{thread.id}/actions", params={"limit": 2, "cursor": first["next"]})).json()

    assert [one["text"] for one in [*first["data"], *rest["data"]]] == ["no. 0", "no. 1", "no. 2"]
    assert rest["next"] is None


async def test_an_action_comes_from_a_comment_of_the_same_thread(visit, thread):
    ada = visit("ada")
    other = await ada.threads.open(HOSTILE, "Other")

    for wrong in (other.comments[0].id, "cmt_01k0000000e00g0r40g30e209g"):
        with pytest.raises(Invalid) as refusal:
            await ada.actions.add(thread.id, "x", comment_id=wrong)
        assert refusal.value.errors[0]["path"] == "comment_id"
    for text in ("", " ", "x" * 501):
        with pytest.raises(Invalid):
            await ada.actions.add(thread.id, text)
