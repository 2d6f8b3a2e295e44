"""The fake is a service to an application's tests: the same surface, shapes and refusals."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest

from apropos import ConfirmationRequired, Conflict, FilePlace, Forbidden, Invalid, NotFound, VersionConflict
from apropos.events import CommentEvent, RecordEvent, ThreadEvent
from apropos.testing import FakeApropos, async_fake, fake


@pytest.fixture
def ap():
    with fake() as client:
        yield client


def test_a_discussion_from_its_question_to_its_outcome(ap):
    ap.people.describe({"id": "priya", "name": "Priya Raman"})
    ap.records.describe("forecast_line:FL-7", title="VT-400", fields={"q3/amount": {"value": 1_200_000, "unit": "EUR"}})
    priya = ap.acting_as("priya")

    thread = priya.threads.open(
        "forecast_line:FL-7", "Which figure, <@jonas>?", field="q3/amount", kind="question", sponsor="jonas"
    )
    ap.acting_as("jonas").threads.comment(thread.id, "900,000.")
    ap.records.describe("forecast_line:FL-7", fields={"q3/amount": 900_000})
    resolved = priya.threads.resolve(thread.id, "Locked", value=900_000)

    assert (resolved.status, resolved.outcome.summary, resolved.outcome.by) == ("resolved", "Locked", "priya")
    assert (resolved.value_then.value, resolved.value_now.value, resolved.value_now.unit) == (1_200_000, 900_000, "EUR")
    assert resolved.participants == ["jonas", "priya"]
    assert resolved.people["priya"].name == "Priya Raman"
    assert resolved.comments[0].mentions == ["jonas"]
    assert ap.counts(["forecast_line:FL-7"])["forecast_line:FL-7"].fields["q3/amount"].resolved == 1


def test_a_discussion_that_is_over_takes_no_more_comments(ap):
    thread = ap.threads.open("order:1", "Why?")
    ap.threads.resolve(thread.id, "So")
    with pytest.raises(Conflict) as resolved:
        ap.threads.comment(thread.id, "And")
    ap.threads.archive(thread.id)
    with pytest.raises(Conflict) as archived:
        ap.threads.comment(thread.id, "And")
    ap.threads.reopen(thread.id)

    assert (resolved.value.code, archived.value.code) == ("thread_is_resolved", "thread_is_archived")
    assert ap.threads.comment(thread.id, "And").body == "And"


def test_an_id_belongs_to_one_thing(ap):
    thread = ap.threads.open("order:1", "Why?")
    comment = ap.threads.comment(thread.id, "So")

    assert ap.threads.open("order:1", "Why?", id=thread.id).id == thread.id
    assert ap.threads.comment(thread.id, "So", id=comment.id).id == comment.id
    for other in (
        lambda: ap.threads.open("order:1", "Who?", id=thread.id),
        lambda: ap.threads.comment(thread.id, "No", id=comment.id),
    ):
        with pytest.raises(Conflict) as refusal:
            other()
        assert refusal.value.code == "id_conflict"
    assert ap.threads.get(thread.id).comment_count == 2


def test_what_is_not_there_is_not_found(ap):
    with pytest.raises(NotFound):
        ap.threads.get("thr_01k0000000e00g0r40g30e209g")
    with pytest.raises(NotFound):
        ap.records.get("order:1")
    with pytest.raises(NotFound):
        ap.records.erase("order:1")
    assert ap.conversation("order:1").threads == []


def test_what_changed_meanwhile_is_not_overwritten(ap):
    thread = ap.threads.open("order:1", "Why?")
    comment = ap.comments.edit(thread.comments[0].id, "Why now?")

    with pytest.raises(VersionConflict) as refusal:
        ap.comments.edit(comment.id, "Who?", version=1)

    assert refusal.value.current.body == "Why now?"
    assert [version.body for version in ap.comments.history(comment.id)] == ["Why?", "Why now?"]


def test_who_did_what_is_told(ap):
    key = ap.workspace.keys.create("nightly", scope="read")
    thread = ap.acting_as("ada").threads.open("order:1", "Why?")
    ap.templates.describe([{"record_type": "order", "name": "Check"}])

    assert next(iter(ap.audit.list())).type == "template.described"
    assert [one.about for one in ap.audit.list(types=["key.created"])] == [key.id]
    assert {one.thread_id for one in ap.audit.list(actor="ada", record="order:1")} == {thread.id}


def test_what_is_wrong_is_named(ap):
    with pytest.raises(Invalid) as record:
        ap.threads.open("nonsense", "Why?")
    with pytest.raises(Invalid) as body:
        ap.threads.open("order:1", " ")

    assert [record.value.errors[0]["path"], body.value.errors[0]["path"]] == ["record", "body"]


def test_marks_are_a_persons(ap):
    comment = ap.threads.open("order:1", "Why?").comments[0]
    ada = ap.acting_as("ada")

    ada.comments.react(comment.id, "👍")
    assert ada.comments.react(comment.id, "👍").reactions[0].people == ["ada"]
    assert ada.comments.seen(comment.id).seen_by == ["ada"]
    assert (ada.comments.unreact(comment.id, "👍").reactions, ada.comments.unseen(comment.id).seen_by) == ([], [])
    assert ada.comments.unseen(comment.id).version == 1
    with pytest.raises(Forbidden):
        ap.comments.react(comment.id, "👍")
    with pytest.raises(Forbidden):
        ada.comments.edit(comment.id, "Mine")


def test_a_withdrawn_comment_leaves_its_place_and_comes_back(ap):
    comment = ap.threads.open("order:1", "Why?").comments[0]

    gone = ap.comments.withdraw(comment.id)
    codes = []
    for refused in (
        lambda: ap.comments.edit(comment.id, "Who?"),
        lambda: ap.acting_as("ada").comments.react(comment.id, "👍"),
        lambda: ap.acting_as("ada").comments.seen(comment.id),
    ):
        with pytest.raises(Conflict) as refusal:
            refused()
        codes.append(refusal.value.code)
    back = ap.comments.restore(comment.id)

    assert (gone.body, gone.withdrawn_at is None) == ("", False)
    assert (back.body, back.withdrawn_at) == ("Why?", None)
    assert codes == ["comment_is_withdrawn"] * 3


def test_a_question_is_answered_decided_and_done(ap):
    ada, bo = ap.acting_as("ada"), ap.acting_as("bo")
    thread = ada.threads.open("order:1", "Which?", kind="question")
    waits = ada.threads.get(thread.id).waiting_since
    answer = bo.threads.comment(thread.id, "This")
    ada.comments.accept(thread.comments[0].id, answer.id)
    decision = ada.comments.turn_into(answer.id, "decision")
    bo.comments.vote(decision.id, "problem", "No.")
    ada.comments.record(decision.id)
    action = bo.actions.add(thread.id, "Tell them", assignee="ada", due_at=date(2099, 11, 27))
    other = ada.comments.turn_into_action(thread.comments[0].id)
    ada.actions.drop(other.id, "Said twice")
    ada.actions.done(action.id)
    shown = ap.threads.get(thread.id)

    assert waits == thread.comments[0].posted_at
    assert shown.waiting_since is None
    assert shown.steps.model_dump() == {"asked": True, "answered": True, "decided": True, "actions_done": 1, "actions": 1}
    assert (shown.comments[0].answer_id, shown.comments[1].decision.problems[0].text) == (answer.id, "No.")
    assert [one.state for one in shown.actions] == [one.state for one in ap.actions.list(thread.id)] == ["done", "dropped"]
    assert shown.actions[0].due_at == datetime(2099, 11, 27, 23, 59, 59, tzinfo=UTC)
    assert [event.type for event in ap.events.list(limit=100).data][3:] == [
        "answer.accepted", "comment.turned", "decision.voted", "decision.recorded", "action.added", "action.added",
        "action.dropped", "action.done",
    ]  # fmt: skip


def test_what_was_settled_is_not_undone_silently(ap):
    thread = ap.threads.open("order:1", "Which?", kind="question")
    decision = ap.threads.comment(thread.id, "So", kind="decision")
    ap.comments.accept(thread.comments[0].id, decision.id)
    ap.comments.record(decision.id)
    better = ap.threads.comment(thread.id, "Better", kind="decision")

    for attempt, code in (
        (lambda: ap.comments.turn_into(thread.comments[0].id, "comment"), "question_is_answered"),
        (lambda: ap.comments.edit(decision.id, "Else"), "decision_is_recorded"),
        (lambda: ap.comments.accept(decision.id, better.id), "comment_is_no_question"),
        (lambda: ap.comments.review(better.id, None), "decision_is_not_recorded"),
    ):
        with pytest.raises(Conflict) as refusal:
            attempt()
        assert refusal.value.code == code
    ap.acting_as("ada").comments.vote(decision.id, "problem", "No.")
    assert not ap.threads.get(thread.id).steps.decided
    ap.comments.record(better.id, replaces=decision.id)
    ap.comments.withdraw(decision.id)
    steps = ap.threads.get(thread.id).steps
    assert (steps.answered, steps.decided) == (False, True)
    with pytest.raises(Invalid):
        ap.actions.add(thread.id, "Late", due_at=date(2020, 1, 1))
    with pytest.raises(Invalid):
        ap.actions.change(ap.actions.add(thread.id, "x").id, state="dropped")


def test_threads_wait_for_those_who_have_not_read_them(ap):
    thread = ap.acting_as("ada").threads.open("order:1", "Why, <@bo>?")
    bo = ap.acting_as("bo")

    before = bo.counts(["order:1"])["order:1"]
    bo.threads.watch(thread.id, "all")
    viewer = bo.threads.read(thread.id, 99)

    assert (before.unread, before.mentions) == (1, 1)
    assert (viewer.unread, viewer.watching, bo.counts(["order:1"])["order:1"].unread) == (0, "all", 0)


def test_threads_are_found_by_what_they_are(ap):
    ap.records.describe("order:1", parent="customer:9")
    soon = datetime.now(UTC) + timedelta(milliseconds=50)
    late = ap.threads.open("order:1", "Late?", kind="question", due_at=soon, labels=["urgent"])
    other = ap.threads.open("invoice:2", "Other", sponsor="ada")
    while datetime.now(UTC) <= soon:
        pass

    def found(**which):
        return [thread.id for thread in ap.threads.list(**which)]

    assert found() == [other.id, late.id]
    assert found(type="order") == found(overdue=True) == found(unanswered=True) == found(label="urgent") == [late.id]
    assert found(parent="customer:9") == found(record="order:1", status="open") == [late.id]
    assert found(sponsor="ada") == [other.id]


def test_a_record_keeps_its_threads_under_another_name(ap):
    thread = ap.threads.open("order:1", "Why?")
    ap.records.rename("order:1", "order:one")
    ap.threads.open("order:2", "Who?")
    merged = ap.records.merge("order:one", "order:2")

    assert (merged.record, ap.records.get("order:1").record) == ("order:2", "order:2")
    assert ap.threads.get(thread.id).record == "order:2"
    assert len(ap.conversation("order:1").threads) == 2
    ap.records.erase("order:2")
    assert list(ap.threads.list()) == []


def test_what_happened_is_told_in_order(ap):
    ap.records.describe("order:1", fields={"amount": 1})
    thread = ap.threads.open("order:1", "Why?")
    ap.threads.resolve(thread.id, "So")

    page = ap.events.list()

    assert [(event.type, event.seq) for event in page.data] == [
        ("record.described", 1), ("thread.opened", 1), ("comment.posted", 2), ("thread.resolved", 3),
    ]  # fmt: skip
    assert [type(event) for event in page.data] == [RecordEvent, ThreadEvent, CommentEvent, ThreadEvent]
    assert page.data[0].data.changes["amount"]["after"] == {"value": 1}
    assert page.data[2].data.comment.body == "Why?"
    assert [event.type for event in ap.events.list(after=page.next).data] == []
    assert [event.type for event in ap.events.list(types=["comment.posted"]).data] == ["comment.posted"]


def test_following_goes_on_where_it_was_left(ap):
    ap.threads.open("order:1", "Why?")
    feed = ap.events.follow()
    first = [next(feed), next(feed)]
    ap.threads.open("order:2", "Who?")

    assert [event.type for event in first] == ["thread.opened", "comment.posted"]
    assert next(feed).record == "order:2"
    assert next(ap.events.follow(after=first[-1].cursor)).record == "order:2"


def test_a_follower_goes_on_from_the_place_that_it_kept(ap, tmp_path):
    for number in range(51):
        ap.threads.open(f"order:{number}", "Why?")

    def heard(number):
        feed = ap.events.follow(place=FilePlace(tmp_path / "cursor"))
        return [next(feed).id for _ in range(number)]

    begun, again, rest = heard(100), heard(101), heard(2)

    assert begun == again[:100], "nobody asked for more, so it is not known whether the last was handled"
    assert rest[0] == again[100]
    assert len({*again, *rest}) == 102
    assert [file.name for file in tmp_path.iterdir()] == ["cursor"]


def test_listening_to_a_record_begins_after_a_conversation(ap):
    ap.threads.open("order:1", "Why?")
    cursor = ap.conversation("order:1").cursor
    ap.threads.open("order:2", "Elsewhere")
    ap.threads.open("order:1", "And then?")

    line = ap.live("order:1", after=cursor)

    assert [next(line).type, next(line).data.comment.body] == ["thread.opened", "And then?"]


def test_keys_are_shown_once(ap):
    made, signing = ap.workspace.keys.create("nightly", scope="read"), ap.workspace.signing_keys.add()
    ap.workspace.keys.revoke(made.id)
    [listed] = ap.workspace.keys.list()
    [secretless] = ap.workspace.signing_keys.list()
    ap.workspace.signing_keys.remove(signing.id)

    assert (made.key[:4], signing.secret[:4]) == ("apk_", "aps_")
    assert (listed.key, secretless.secret, listed.revoked_at is None) == (None, None, False)
    assert list(ap.workspace.signing_keys.list()) == []
    assert ap.workspace.change(name="Fieldline").name == ap.workspace.settings().name == "Fieldline"


async def test_the_same_awaited():
    async with async_fake() as ap:
        thread = await ap.acting_as("ada").threads.open("order:1", "Why?")
        await ap.threads.comment(thread.id, "So")

        assert [comment.author async for comment in ap.threads.comments(thread.id)] == ["ada", None]
        assert (await ap.conversation("order:1")).threads[0].comment_count == 2


async def test_clients_of_one_fake_see_the_same_workspace():
    service = FakeApropos()
    with service.client() as ap:
        thread = ap.threads.open("order:1", "Why?")

    async with service.async_client() as awaited:
        assert (await awaited.threads.get(thread.id)).comments[0].body == "Why?"


def test_an_inbox_tells_who_is_to_look_at_what(ap):
    ap.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    ada, bo, cy, di = (ap.acting_as(one) for one in ("ada", "bo", "cy", "di"))
    di.records.watch("order:1", "all")
    thread = ada.threads.open("order:1", "<@bo>, which? <@group:sales>", kind="question", sponsor="ed")

    reasons = {one: [why.reason for entry in ap.acting_as(one).inbox.list() for why in entry.reasons] for one in ("bo", "cy", "di")}
    assert reasons == {"bo": ["asked", "mention"], "cy": ["mention"], "di": ["reply"]}
    assert [entry.reasons[0].reason for entry in ap.acting_as("ed").inbox.list("assigned")] == ["assigned"]
    assert [entry.thread.id for entry in ada.inbox.list("waiting")] == [thread.id]
    assert list(ada.inbox.list()) == []

    answer = bo.threads.comment(thread.id, "30")
    ada.comments.accept(thread.comments[0].id, answer.id)
    assert [entry.reasons[0].reason for entry in ada.inbox.list()] == ["answered"]
    assert "came_of_it" in [why.reason for why in bo.inbox.page().data[0].reasons]
    assert cy.inbox.counts()["unread"] == 1


def test_an_entry_is_read_put_off_and_done(ap):
    ada, bo = ap.acting_as("ada"), ap.acting_as("bo")
    thread = ada.threads.open("order:1", "<@bo>")
    other = ada.threads.open("order:1", "later")
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    bo.inbox.read(thread.id)
    assert [entry.unread for entry in bo.inbox.list()] == [False]
    bo.inbox.unread(thread.id)
    assert [entry.unread for entry in bo.inbox.list()] == [True]
    with pytest.raises(Invalid):
        bo.inbox.unread()
    assert bo.inbox.done(thread.id).done_at
    assert (bo.inbox.counts()["for-you"], len(list(bo.inbox.list("done")))) == (0, 1)
    ada.threads.comment(thread.id, "more")
    assert [entry.unread for entry in bo.inbox.list()] == [True]
    bo.inbox.read_all(before=tomorrow)
    assert bo.inbox.counts()["unread"] == 0
    assert bo.inbox.snooze(other.id, tomorrow).snoozed_until
    assert bo.inbox.counts()["later"] == 1
    assert bo.inbox.snooze(other.id, None).snoozed_until is None
    assert bo.inbox.undo(thread.id).done_at is None
    with pytest.raises(NotFound):
        ada.inbox.done(thread.id)
    with pytest.raises(Invalid):
        bo.inbox.snooze(thread.id, datetime(2020, 1, 1, tzinfo=UTC))
    assert (bo.records.watch("order:1", "none").watching, bo.records.watching("order:9").level) == ("none", None)


def test_a_request_for_access_waits_until_somebody_puts_it_away(ap):
    ada, mia = ap.acting_as("ada"), ap.acting_as("mia")
    asked = ada.access.request("order:1", person_id="sofia", comment="She knows.")

    [waiting] = mia.inbox.page().requests
    assert (waiting.request, waiting.record.record, waiting.thread) == (asked, "order:1", None)
    assert (mia.inbox.counts()["requests"], ada.inbox.counts()["requests"]) == (1, 0)
    mia.access.dismiss(asked.id)
    assert mia.inbox.page().requests == []
    assert ap.events.list().data[-1].type == "access.closed"
    with pytest.raises(NotFound):
        mia.access.dismiss("ask_01k0000000e00g0r40g30e209g")


def test_files_go_with_comments(ap, tmp_path):
    ada, bo = ap.acting_as("ada"), ap.acting_as("bo")
    (tmp_path / "plan ä.pdf").write_bytes(b"%PDF")
    waiting = ada.attachments.upload("order:1", b"a,b", "a.csv")

    thread = ada.threads.open("order:1", "See", attachments=[ada.attachments.upload("order:1", tmp_path / "plan ä.pdf").id])
    comment = ada.threads.comment(thread.id, "And", attachments=[waiting.id])

    assert [(file.name, file.type, file.size) for file in thread.comments[0].attachments] == [("plan ä.pdf", "application/pdf", 4)]
    assert ap.attachments.download(waiting.id) == b"a,b"
    assert ap.attachments.get(waiting.id).comment_id == comment.id
    assert (ap.attachments.get(waiting.id).record, hasattr(comment.attachments[0], "record")) == ("order:1", False)
    assert ada.comments.withdraw(comment.id).attachments == []
    assert [file.id for file in ada.comments.restore(comment.id).attachments] == [waiting.id]
    for attempt, error in (
        (lambda: bo.threads.comment(thread.id, "Mine", attachments=[waiting.id]), Invalid),
        (lambda: ada.attachments.upload("order:1", b"x", "x.exe"), Invalid),
        (lambda: ada.attachments.upload("order:1", b"other", "a.csv", id=waiting.id), Conflict),
        (lambda: ada.attachments.thumbnail(waiting.id), NotFound),
    ):
        with pytest.raises(error):
            attempt()

    ada.attachments.remove(waiting.id)

    assert ap.threads.get(thread.id).comments[1].attachments == []
    assert [event.data.attachment_id for event in ap.events.list().data if event.type == "attachment.removed"] == [waiting.id]
    with pytest.raises(NotFound):
        ap.attachments.download(waiting.id)


async def test_a_file_is_sent_from_wherever_it_is(tmp_path):
    ap = async_fake()
    (tmp_path / "a.txt").write_bytes(b"x")
    with (tmp_path / "a.txt").open("rb") as open_file:
        for given, name in (
            (tmp_path / "a.txt", None),
            (str(tmp_path / "a.txt"), None),
            (open_file, None),
            (io.BytesIO(b"x"), "a.txt"),
        ):
            brought = await ap.attachments.upload("order:1", given, name)
            assert (brought.name, await ap.attachments.download(brought.id)) == ("a.txt", b"x")
        assert not open_file.closed
    with pytest.raises(ValueError, match="name="):
        await ap.attachments.upload("order:1", b"x")


def test_a_template_says_what_a_thread_does_not(ap):
    ap.people.describe([{"id": "bo"}, {"id": "cy"}])
    ap.records.describe("order:1", owner="ada", roles={"planner": "bo"})
    check = {
        "record_type": "order",
        "name": "Check",
        "goal": "Agree",
        "sponsor_role": "planner",
        "due_in_days": 3,
        "kind": "question",
    }
    ap.templates.describe(
        [{**check, "people": ["owner", "cy", "buyer"]}, {"record_type": "order", "name": "Ask", "sponsor_role": "x"}]
    )

    found = list(ap.templates.list(record="order:1"))
    thread = ap.threads.open("order:1", "One line", template="Check", goal="Mine")

    assert [(one.name, one.sponsor, one.people, one.missing) for one in found] == [
        ("Check", "bo", ["ada", "cy"], ["buyer"]), ("Ask", None, [], ["x"]),
    ]  # fmt: skip
    assert (thread.template, thread.goal, thread.sponsor, thread.due_at) == ("Check", "Mine", "bo", found[0].due_at)
    assert thread.comments[0].kind == "question"
    assert ap.templates.describe([{"record_type": "order", "name": "Ask", "sponsor_role": None}])[0].sponsor_role is None
    ap.templates.remove("order", "Ask")
    assert [one.name for one in ap.templates.list()] == ["Check"]
    with pytest.raises(NotFound):
        ap.templates.remove("order", "Ask")
    with pytest.raises(Invalid, match="Check"):
        ap.threads.open("order:1", "One line", template="Ask")


def test_others_see_a_thread_once_it_was_said_who_they_are(ap):
    ap.people.describe([{"id": "gus", "name": "Gus", "guest": True}, {"id": "bo", "name": "Bo"}])
    ada = ap.acting_as("ada")
    thread = ada.threads.open("invoice:1", "x")

    narrow = ada.threads.set_visibility(thread.id, "restricted", members=["bo"])
    with pytest.raises(ConfirmationRequired) as asked:
        ada.threads.set_visibility(thread.id, "restricted", members=["gus"])
    wider = ada.threads.set_visibility(thread.id, "restricted", members=["gus"], confirm=asked.value.newly_visible_to)
    again = ada.threads.set_visibility(thread.id, "restricted")

    assert (narrow.members, asked.value.newly_visible_to, wider.members) == (["ada", "bo"], ["gus"], ["ada", "gus"])
    assert again.version == wider.version
    with pytest.raises(ConfirmationRequired) as asked:
        ada.threads.set_visibility(thread.id, "shared")
    assert asked.value.newly_visible_to == ["all:guests", "all:members"]
    with pytest.raises(Invalid):
        ada.threads.set_visibility(thread.id, "internal", members=["bo"])
    with pytest.raises(Invalid, match="goes with restricted"):
        ada.threads.open("order:1", "Why?", members=["bo"])
    assert [event.type for event in ap.events.list().data][-2:] == ["thread.changed", "thread.widened"]


def test_a_purpose_is_possible_and_an_outcome_is_said_where_one_is_required(ap):
    thread = ap.threads.open("order:1", "Why?")
    ap.workspace.change(require_outcome=["order"])

    for attempt in (
        lambda: ap.threads.change(thread.id, due_at=datetime(2020, 1, 1, tzinfo=UTC)),
        lambda: ap.threads.open("order:1", "x", due_at=datetime(2020, 1, 1, tzinfo=UTC)),
        lambda: ap.threads.resolve(thread.id),
    ):
        with pytest.raises(Invalid):
            attempt()
    assert ap.threads.resolve(thread.id, "So").status == "resolved"


def test_preferences_keep_what_was_chosen_over_the_defaults(ap):
    ada = ap.acting_as("ada")
    before = ada.preferences.get()
    chosen = ada.preferences.choose(time_zone="Europe/Rome", channels={"reply": {"mail": "off"}}, version=before.version)

    assert (before.time_zone, before.channels["reply"].mail, before.version) == ("UTC", "digest", 0)
    assert (chosen.time_zone, chosen.channels["reply"].mail, chosen.channels["reply"].inbox) == ("Europe/Rome", "off", True)
    assert ada.preferences.choose(time_zone=None).channels["reply"].mail == "off"
    assert ada.preferences.get().time_zone == "UTC"
    with pytest.raises(VersionConflict):
        ada.preferences.choose(enter_sends=True, version=0)
    with pytest.raises(Invalid):
        ada.preferences.choose(time_zone="Mars/Base")
    with pytest.raises(Forbidden):
        ap.preferences.get()


def test_a_search_finds_what_is_said_and_shows_where(ap):
    ada = ap.acting_as("ada")
    thread = ada.threads.open("order:1", "Which décision & when?", title="Harvest")
    ada.threads.open("order:2", "Something else")

    [found] = ap.threads.list(q="decis harvest")

    assert (found.id, found.snippet.source) == (thread.id, "thread")
    assert [one.snippet.html for one in ap.threads.list(q="decision")] == ["Which <mark>décision</mark> &amp; when?"]
    assert list(ap.threads.list(q="walrus")) == []
    with pytest.raises(Invalid):
        list(ap.threads.list(q="?!"))
