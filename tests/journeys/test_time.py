"""What time brings about: what is due soon, late, or to be looked at again; what was put off, and quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apropos.events import NoticeEvent
from apropos_service.errors import Overloaded
from apropos_service.inbox import counting
from apropos_service.inbox.queries import tally
from conftest import token_for
from listening import page, until

RECORD = "forecast_line:a/b%2F ü:عربي"
ROME, TOKYO = ZoneInfo("Europe/Rome"), ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)


@pytest.fixture
def due():
    """Noon in Rome, ten days from now."""
    return (datetime.now(ROME) + 10 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def at(clock, settled):
    """Turn the clock to a moment, and wait until what is owed by then is paid."""

    async def turn(moment, found=None):
        await settled()
        clock.turn(int((moment - datetime.now(UTC)).total_seconds() * 1000))
        if found is not None:
            await until(found)
        await settled()

    return turn


@pytest.fixture
def notices(host):
    """What the log says that time brought about: `(type, who owes it)`."""

    async def look():
        events = [event async for event in everything(host) if isinstance(event, NoticeEvent)]
        return [(event.type, event.data.owed_by) for event in events]

    return look


async def everything(host):
    cursor, more = None, True
    while more:
        found = await host.events.list(after=cursor, limit=100)
        for event in found.data:
            yield event
        cursor, more = found.next, found.data


async def reasons(person, filter="for-you"):  # noqa: A002 the contract's word
    return {entry.thread.id: [why.reason for why in entry.reasons] async for entry in person.inbox.list(filter)}


async def test_the_sponsor_hears_the_morning_before_where_they_are_and_when_it_is_late(visit, at, due, notices):
    ada, bo = visit("ada"), visit("bo", time_zone="Asia/Tokyo")
    await bo.conversation(RECORD)
    thread = await ada.threads.open(RECORD, "x", sponsor="bo", due_at=due)
    morning = (due.astimezone(TOKYO) - DAY).replace(hour=9, minute=0)

    await at(morning - timedelta(minutes=1))
    assert await notices() == []
    await at(morning + timedelta(minutes=1), notices)
    assert await notices() == [("notice.due_soon", ["bo"])]
    assert await reasons(bo, "due") == {thread.id: ["assigned", "due"]}
    assert await reasons(ada) == {}
    [entry] = [one async for one in bo.inbox.list("due")]
    assert (entry.due_at, entry.reasons[1].event, entry.reasons[1].by) == (thread.due_at, "notice.due_soon", None)

    await at(due + timedelta(minutes=1), lambda: is_late(notices))
    assert await notices() == [("notice.due_soon", ["bo"]), ("notice.overdue", ["bo"])]
    assert await reasons(bo, "due") == {thread.id: ["assigned", "due"]}


async def test_a_date_that_moves_or_a_discussion_that_ends_takes_the_notice_along(visit, at, due, notices):
    ada, bo = visit("ada"), visit("bo")
    moved = await ada.threads.open(RECORD, "x", sponsor="bo", due_at=due)
    ended = await ada.threads.open(RECORD, "x", sponsor="bo", due_at=due)
    late = await ada.threads.open(RECORD, "x", sponsor="bo", due_at=due)
    await at(due - timedelta(hours=2), lambda: as_many(notices, 3))
    assert set(await reasons(bo, "due")) == {moved.id, ended.id, late.id}

    await ada.threads.change(moved.id, due_at=due + 5 * DAY)
    await ada.threads.resolve(ended.id, "so")
    await at(due + timedelta(minutes=1), lambda: is_late(notices))

    assert set(await reasons(bo, "due")) == {late.id}
    assert [kind for kind, _ in await notices()] == ["notice.due_soon"] * 3 + ["notice.overdue"]
    await at(due + 4 * DAY, lambda: as_many(notices, 5))
    assert set(await reasons(bo, "due")) == {late.id, moved.id}


async def test_actions_and_decisions_have_their_dates(visit, at, due, notices):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(RECORD, "x")
    action = await ada.actions.add(thread.id, "Tell Kestrel", assignee="bo", due_at=due)
    other = await ada.actions.add(thread.id, "and Valmont", assignee="bo", due_at=due)
    decision = await ada.threads.comment(thread.id, "we lock it", kind="decision")
    await ada.comments.record(decision.id, review_at=due)
    await ada.threads.resolve(thread.id, "so")
    await bo.actions.done(other.id)

    await at(due - timedelta(hours=2), notices)
    await at(due + timedelta(minutes=1), lambda: as_many(notices, 3))

    assert sorted(await notices()) == [("notice.due_soon", ["bo"]), ("notice.overdue", ["bo"]), ("notice.review_due", ["ada"])]
    assert (await reasons(bo, "due"))[thread.id][:2] == ["assigned", "due"]
    [entry] = [one async for one in bo.inbox.list("due")]
    assert entry.reasons[1].action_id == action.id


async def test_what_is_late_is_told_once_whoever_sponsors_it_since(visit, settled, notices):
    ada = visit("ada")
    thread = await ada.threads.open(RECORD, "x", sponsor="bo", due_at=datetime.now(UTC) + timedelta(seconds=2))
    await until(notices)
    await ada.threads.change(thread.id, sponsor="ada")
    await ada.threads.change(thread.id, sponsor="bo")
    await settled()

    assert await notices() == [("notice.overdue", ["bo"])]


async def test_what_was_put_off_is_back_on_top_and_unread_when_its_time_has_come(visit, at, settled):
    ada, bo = visit("ada"), visit("bo")
    first, second = await ada.threads.open(RECORD, "<@bo>"), await ada.threads.open(RECORD, "<@bo>")
    other = await ada.threads.open(RECORD, "not for bo")
    await settled()
    await bo.inbox.read(first.id, second.id)
    tomorrow = datetime.now(UTC) + DAY
    await bo.inbox.snooze(first.id, tomorrow)
    await bo.inbox.snooze(other.id, tomorrow + DAY)

    await at(tomorrow + timedelta(minutes=1), lambda: is_back(bo, first))

    assert await reasons(bo) == {first.id: ["mention", "later"], second.id: ["mention"]}
    assert [entry.unread async for entry in bo.inbox.list()] == [True, False]
    await bo.inbox.read(first.id)
    assert (await bo.inbox.counts())["unread"] == 0
    await at(tomorrow + DAY + timedelta(minutes=1), lambda: is_back(bo, other))
    assert (await reasons(bo))[other.id] == ["later"]


async def test_the_counts_of_a_person_are_pushed_when_they_change(world, visit, settled):
    ada, bo = visit("ada"), visit("bo")
    async with page(world.url, token_for(world, "bo")) as screen, page(world.url, token_for(world, "cy")) as other:
        thread = await ada.threads.open(RECORD, "<@bo>")
        counts = await screen.hear_counts()
        assert (counts["for-you"], counts["mentions"], counts["unread"]) == (1, 1, 1)

        await bo.threads.read(thread.id, 5)
        assert (await screen.hear_counts())["unread"] == 0
        await bo.inbox.done(thread.id)
        assert (await screen.hear_counts())["for-you"] == 0
        await settled()
        await other.subscribe(RECORD)  # which is answered after all that came before
        assert other.counts == []


async def test_counts_that_could_not_be_looked_up_are_pushed_once_they_can_be(world, visit, monkeypatch):
    asked = []

    async def away_once(look, caller, found, **others):
        asked.append(caller.person_id)
        if len(asked) == 1:
            raise Overloaded("The database does not answer now.")
        return await tally(look, caller, found, **others)

    monkeypatch.setattr(counting, "tally", away_once)
    async with page(world.url, token_for(world, "bo")) as screen:
        await visit("ada").threads.open(RECORD, "<@bo>")
        assert (await screen.hear_counts())["unread"] == 1
    assert asked[:2] == ["bo", "bo"]


async def test_in_quiet_hours_nothing_is_pushed_until_they_end(world, visit, at):
    ada, bo = visit("ada"), visit("bo")
    night = (datetime.now(ROME) + DAY).replace(hour=23, minute=0, second=0, microsecond=0)
    await bo.preferences.choose(time_zone="Europe/Rome", quiet_hours={"from": "22:00", "to": "07:00"})
    async with page(world.url, token_for(world, "bo")) as screen:
        await at(night)
        await ada.threads.open(RECORD, "<@bo>")
        await at(night)
        await screen.subscribe("invoice:1")  # which is answered after all that came before
        assert screen.counts == []
        assert (await bo.inbox.counts())["for-you"] == 1

        await at(night + timedelta(hours=9))
        assert (await screen.hear_counts())["for-you"] == 1


async def test_a_morning_in_quiet_hours_is_their_end(visit, at, due, notices):
    ada, bo = visit("ada"), visit("bo")
    await ada.threads.open(RECORD, "x", sponsor="bo", due_at=due)
    await bo.preferences.choose(time_zone="Europe/Rome", quiet_hours={"from": "20:00", "to": "10:30"})

    await at((due - DAY).replace(hour=10))
    assert await notices() == []
    await at((due - DAY).replace(hour=10, minute=31), notices)
    assert await notices() == [("notice.due_soon", ["bo"])]


async def as_many(notices, number):
    return len(await notices()) >= number


async def is_late(notices):
    return "notice.overdue" in [kind for kind, _ in await notices()]


async def is_back(person, thread):
    [entry] = [one async for one in person.inbox.list() if one.thread.id == thread.id] or [None]
    return entry is not None and entry.reasons[-1].reason == "later" and entry.unread
