"""The beginning of a log goes once it is old, and nothing with it that anybody still needs; whoever missed it hears so."""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from apropos import AsyncApropos, NoLongerKept
from apropos_service.events.log import Entry, LogHead
from apropos_service.events.readers import ParkedEntry, ReaderCursor
from apropos_service.events.upkeep import rebuild
from apropos_service.pruning import commands
from apropos_service.pruning.sender import Pruning
from apropos_service.webhooks.model import Delivery, Replay
from hosting import site
from laws.test_audit import breaks, change, on
from listening import page, stream
from stored import everything

DAY = 86_400_000
KEPT = 31
RECORD = "forecast_line:FL-7"
BIRD = "Rohrdommel"


@pytest.fixture
def pruning(service):
    """What takes off logs whatever is older than 31 days."""
    state = service.app.state
    settings = state.settings.model_copy(update={"log_days": KEPT, "audit_days": 1})
    return Pruning(SimpleNamespace(database=state.database, clock=state.clock, settings=settings, readers=state.readers))


@pytest.fixture
def prune(service, world, pruning):
    """Take off this workspace's log what is old: `await prune()`; the clock is turned by whoever asks."""
    return lambda: on(service, pruning.of(world.workspace))


@pytest.fixture
def grown_old(service, world, settled, prune):
    """Let the log grow old and take its beginning off: `async with grown_old()` is the time after that."""

    @asynccontextmanager
    async def later():
        await settled()
        with service.ahead((KEPT + 1) * DAY):
            await on(service, service.app.state.database.write(world.workspace, touch))
            await settled()
            await prune()
            await settled()
            yield

    return later


@pytest.fixture
def places(service, world):
    """The places in the log that are kept: `await places()`."""
    state = service.app.state

    async def look():
        async with state.database.reading(world.workspace) as reading:
            return [row.position for row in await reading.rows(Entry, "true ORDER BY position")]

    return lambda: on(service, look())


async def discussed(host, record=RECORD):
    """Open a discussion of four entries."""
    thread = await host.acting_as("ada").threads.open(record, "Old")
    for number in range(3):
        await host.acting_as("ada").threads.comment(thread.id, f"Old {number}")
    return thread


async def test_what_is_old_goes_in_steps_and_the_chain_holds(service, world, host, settled, prune, places, monkeypatch):
    await discussed(host)
    await settled()
    before = await places()
    await prune()
    assert await places() == before, "nothing is old yet"

    monkeypatch.setattr(commands, "CHUNK", 2)
    with service.ahead((KEPT + 1) * DAY):
        async with AsyncApropos(world.url, key=world.key) as later:
            await later.acting_as("ada").threads.open("order:1", "Young")
            await settled()
            young = [one for one in await places() if one > before[-1]]
            await prune()
            assert (await places())[: len(young)] == young
            assert [event.data.thread.record for event in (await later.events.list()).data if event.type == "thread.opened"] == [
                "order:1"
            ]
            told = [one async for one in later.audit.list(types=["log.pruned"])]
        steps = [one.data["until"] for one in told]
        assert steps == sorted({2 * (step // 2) if step < before[-1] else step for step in steps}, reverse=True)
        assert (steps[0], len(steps)) == (before[-1], -(-before[-1] // 2))
        assert await breaks(service, world.workspace) == []
        await prune()
        assert await breaks(service, world.workspace) == []


async def test_whose_log_is_old_is_found_and_what_was_erased_is_in_nobodys_way(service, world, host, settled, pruning, places):
    thread = await discussed(host)
    await host.acting_as("ada").threads.change(thread.id, title="Older")
    await host.records.erase(RECORD)
    await settled()
    before = await places()
    await on(service, pruning.now())
    assert await places() == before, "nothing is old yet"

    await change(service, "UPDATE entry SET at = at - ? WHERE workspace_id = ?", (KEPT + 1) * DAY, world.workspace)
    await on(service, pruning.now())
    assert not {*before[:-1]} & {*await places()}


async def test_a_consumer_that_was_away_for_longer_hears_so(service, world, host, settled, prune):
    thread = await discussed(host)
    place = (await host.events.list(limit=1)).next
    end = (await host.events.list()).next
    await settled()
    with service.ahead((KEPT - 1) * DAY):
        await prune()
        async with AsyncApropos(world.url, key=world.key) as later:
            assert (await later.events.list(after=place)).data, "it misses nothing in 30 days"
    with service.ahead((KEPT + 1) * DAY):
        async with AsyncApropos(world.url, key=world.key) as later:
            await later.acting_as("ada").threads.comment(thread.id, "Young")
            await settled()
            await prune()
            with pytest.raises(NoLongerKept) as told:
                await anext(later.events.follow(after=place))
            assert (told.value.status, told.value.code) == (410, "no_longer_kept")
            assert told.value.kept_since
            assert [one.data.comment.body async for one in first(later.events.follow(after=end), 1)] == ["Young"]


async def first(events, number):
    """Yield so many."""
    async for event in events:
        yield event
        number -= 1
        if not number:
            return


@pytest.fixture
async def away(service, world, host, settled, prune):
    """Return a thread, and a place in the log that is gone for good."""
    thread = await discussed(host)
    place = (await host.events.list(limit=1)).next
    await settled()
    with service.ahead((KEPT + 1) * DAY):
        async with AsyncApropos(world.url, key=world.key) as later:
            await later.acting_as("ada").threads.comment(thread.id, "Young")
        await settled()
        await prune()
    return thread, place


async def test_a_page_that_was_away_for_longer_reads_anew(away, world, bearer):
    _, place = away
    async with page(world.url, bearer("bo")["Authorization"].removeprefix("Bearer ")) as bo:
        await bo.say({"subscribe": [{"record": RECORD, "after": place}]})
        while "resync" not in await bo.hear():
            continue


async def test_a_stream_that_was_away_for_longer_ends_with_where_to_go_on(away, world, host, bearer):
    thread, place = away
    async with stream(world.url, {**bearer("bo"), "Last-Event-ID": place}, RECORD) as events:
        heard = [one async for one in events]
    kind, place, said = heard[-1]
    assert (kind, said) == ("resync", {"record": RECORD})
    async with stream(world.url, {**bearer("bo"), "Last-Event-ID": place}, RECORD) as events:
        assert (await anext(events))[0] == "subscribed", "a browser comes again by itself with what it had last"
        await host.acting_as("ada").threads.comment(thread.id, "New")
        assert (await anext(events))[2]["data"]["comment"]["body"] == "New"


async def test_nothing_goes_that_a_webhook_is_owed_until_it_is_disabled_for_as_long(service, world, host, settled, prune, places):
    state = service.app.state
    async with site() as system:
        system.says["/hook"] = 500
        hook = await host.webhooks.create(f"{system.url}/hook", types=["comment.posted"])
        await discussed(host)
        await settled()
        owed = await on(service, state.database.write(world.workspace, first_owed))
        with service.ahead((KEPT + 1) * DAY):
            await on(service, state.database.write(world.workspace, touch))
            await settled()
            await prune()
            assert (await places())[0] == owed
            async with AsyncApropos(world.url, key=world.key) as later:
                await later.webhooks.change(hook.id, enabled=False)
            await prune()
            assert (await places())[0] == owed, "it may be enabled again"
        with service.ahead((2 * KEPT + 2) * DAY):
            await on(service, state.database.write(world.workspace, touch))
            await settled()
            await prune()
            assert (await places())[0] > owed
            async with AsyncApropos(world.url, key=world.key) as later:
                states = {one.position: one.state for one in await on(service, deliveries(state, world)) if one.position <= owed}
                assert set(states.values()) == {"failed"}
                await later.webhooks.change(hook.id, enabled=True)
                with pytest.raises(NoLongerKept):
                    await later.webhooks.replay(hook.id, after="2020-01-01T00:00:00Z")
                delivery = next(one for one in await on(service, deliveries(state, world)) if one.position == owed)
                with pytest.raises(NoLongerKept):
                    await later.webhooks.redeliver(delivery.id)


async def first_owed(tx):
    [(position,)] = await tx.fetch("SELECT min(position) FROM delivery WHERE workspace_id = :workspace_id")
    return position


async def deliveries(state, world):
    async with state.database.reading(world.workspace) as look:
        return await look.rows(Delivery, "true ORDER BY position")


async def touch(tx):
    """Do something to the workspace."""
    tx.note("access.changed", tx.workspace_id, people=0, records=0)


class TakenBack(Exception):
    """What was done in the transaction is not to be."""


@pytest.mark.parametrize("need", ["parked", "replayed", "unread"])
async def test_nothing_goes_that_is_parked_unread_or_being_replayed(service, world, host, settled, need):
    """Within one transaction, which is taken back: nobody works on what it adds."""
    state = service.app.state
    hook = await host.webhooks.create("http://127.0.0.1:9/hook", types=["thread.widened"])
    await discussed(host)
    await settled()
    readers = [reader.name for reader in state.readers]

    async def look(tx):
        if need == "parked":
            tx.add(ParkedEntry(tx.workspace_id, "inbox", 3, "", 1, None, "it failed"))
        if need == "replayed":
            tx.add(Replay(tx.workspace_id, hook.id, 1, 2, 4, tx.now))
        await commands.prune(tx, [*readers, "new"] if need == "unread" else readers, tx.now + DAY)
        raise TakenBack((await tx.get(LogHead)).pruned)

    with pytest.raises(TakenBack) as found:
        await on(service, state.database.write(world.workspace, look, alone=True))
    assert found.value.args == ({"parked": 2, "replayed": 2, "unread": 0}[need],)


BOUNDARY = "(SELECT pruned + 1 FROM log_head h WHERE h.workspace_id = entry.workspace_id)"


@pytest.mark.parametrize("sql", [
    f"DELETE FROM entry WHERE workspace_id = ? AND position = {BOUNDARY}",  # noqa: S608
    "UPDATE log_head SET pruned = pruned + 1 WHERE workspace_id = ?", "UPDATE log_head SET pruned = 0 WHERE workspace_id = ?",
], ids=["entries", "head", "head back"])  # fmt: skip
async def test_whoever_takes_off_more_is_found_out(service, world, host, grown_old, sql):
    await discussed(host)
    async with grown_old():
        pass
    assert await breaks(service, world.workspace) == []

    await change(service, sql, world.workspace)

    assert len(await breaks(service, world.workspace)) == 1


async def test_an_erased_person_leaves_nothing_where_only_pruned_entries_knew_who_wrote_it(
    service, world, host, settled, grown_old
):
    await host.people.describe({"id": "ada", "name": "Ada"})
    thread = await host.acting_as("bo").threads.open(RECORD, "What next?", title="Which?")
    await host.acting_as(BIRD).threads.change(thread.id, title=BIRD, goal=BIRD)
    action = await host.acting_as("bo").actions.add(thread.id, "Call")
    await host.acting_as(BIRD).actions.change(action.id, text=BIRD)
    async with grown_old(), AsyncApropos(world.url, key=world.key) as later:
        await later.people.erase(BIRD)
        await settled()
        left = await later.threads.get(thread.id)
    assert (left.title, left.goal, [one.text for one in left.actions]) == (None, None, ["…"])
    assert BIRD.lower() not in (await everything(service, world)).lower()
    assert await breaks(service, world.workspace) == []


async def test_what_readers_learnt_from_it_is_not_thrown_away(service, world, host, grown_old):
    await discussed(host)
    async with grown_old():
        pass
    state = service.app.state

    async def rebuilt():
        async with state.database.reading(world.workspace) as reading:
            [before] = await reading.rows(ReaderCursor, "reader = :reader", reader=state.readers[0].name)
        _, left = await rebuild(state.database, state.readers[0])
        async with state.database.reading(world.workspace) as reading:
            [after] = await reading.rows(ReaderCursor, "reader = :reader", reader=state.readers[0].name)
        return before.position, after.position, left

    before, after, left = await on(service, rebuilt())
    assert before == after > 0
    assert left > 0
