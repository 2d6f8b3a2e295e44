"""An erased person is erased: a canary in every place where their words, their name or their id can be; afterwards in none."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from apropos import Conflict, Invalid, NotFound
from apropos_service.audit.verifying import broken
from apropos_service.erasing.named import PEOPLE_IN
from apropos_service.rows import TABLES
from hosting import site
from listening import page, until
from stored import everything, files_with

CANARY = "Nachtigall"
RECORD = "forecast_line:FL-7"
SONG = CANARY[1:-1]
"""What is left of the canary in a file that does not repeat how a word begins."""
NOT_OF_PEOPLE = {
    "access_change.records", "comment.attachments", "comment.value_then", "endpoint.records", "endpoint.types",
    "field_change.after", "field_change.before", "held_grant.grants", "held_grant.groups", "preferences.chosen", "record.fields",
    "record.labels", "template.labels", "thread.labels", "thread.metadata", "thread.value_then", "workspace.require_outcome",
}  # fmt: skip
"""JSON that holds what the host describes or what goes with its row: nobody is named in it by their id."""
SINGS = {
    "access_request", "action", "attachment", "attempt", "comment", "comment_version", "decision", "entry", "inbox_entry",
    "inbox_read", "membership", "mention", "message", "participation", "person", "preferences", "reaction", "record",
    "record_watch", "said_words", "seen", "template", "thread", "vote", "idempotency",
}  # fmt: skip
"""Where the canary is before."""


@pytest.fixture
async def other_system():
    """A system that says back whatever it is sent."""
    async with site() as door:
        door.says["/echo"] = lambda _, body: body
        yield door


@pytest.fixture
async def lived(host, visit, settled, other_system, http):
    """A person who is called as the canary did what one can do; returns the thread that they opened, and that of another."""
    hook = await host.webhooks.create(f"{other_system.url}/echo")
    they, ada = visit(CANARY, {"*": "manage"}), visit("ada", {"*": "manage"})
    card = {"name": CANARY, "email": f"{CANARY}@example.com", "title": CANARY, "department": CANARY}
    await host.people.describe({"id": CANARY, "avatar_url": f"https://crm.example/{CANARY}.png", **card})
    await host.people.groups({"id": "birds", "name": "Birds", "members": [CANARY, "ada"]})
    await host.templates.describe([{"record_type": "forecast_line", "name": "t", "question": "Which?", "people": [CANARY, "ada"]}])
    access = {"people": {CANARY: "manage", "ada": "manage"}}
    await host.records.describe(RECORD, title="Stays", owner=CANARY, roles={"lead": CANARY}, access=access, fields={"q3": 1})
    mine = await they.threads.open(
        RECORD, CANARY, kind="question", title=CANARY, goal=CANARY, sponsor=CANARY, labels=[CANARY], metadata={CANARY: CANARY},
        visibility="restricted", members=[CANARY, "ada"],
    )  # fmt: skip
    other = await ada.threads.open(RECORD, f"What does <@{CANARY}> say?", kind="question", title="Stays", sponsor=CANARY)
    answer = await they.threads.comment(other.id, f"{CANARY} <@ada>", quote_id=other.comments[0].id)
    await they.comments.edit(answer.id, f"{CANARY} again")
    edited = await ada.threads.comment(other.id, f"<@{CANARY}>, look")
    await ada.comments.edit(edited.id, f"<@{CANARY}>, look again, and **now**")
    await ada.comments.accept(other.comments[0].id, answer.id)
    for emoji in ("🦜", "👍"):
        await they.comments.react(edited.id, emoji)
    await they.comments.unreact(edited.id, "👍")
    await they.comments.seen(edited.id)
    decision = await ada.threads.comment(other.id, "We go", kind="decision")
    await they.comments.vote(decision.id, "problem", text=CANARY)
    await they.comments.record(decision.id)
    await ada.comments.turn_into_action((await they.threads.comment(other.id, f"{CANARY} to do")).id)
    theirs, adas = (
        await they.actions.add(other.id, CANARY, assignee="ada"),
        await ada.actions.add(other.id, "Call", assignee=CANARY),
    )
    await they.actions.drop(adas.id, CANARY)
    await they.actions.done(theirs.id)
    withdrawn = await they.threads.comment(other.id, CANARY)
    await they.comments.withdraw(withdrawn.id)
    removed = await ada.threads.comment(other.id, "Not nice")
    await they.comments.withdraw(removed.id, reason=CANARY)
    await they.access.request(RECORD, person_id="bo", comment=CANARY)
    await they.threads.watch(other.id, "all")
    await they.records.watch(RECORD, "all")
    await they.preferences.choose(time_zone="Europe/Rome")
    await they.inbox.read_all(datetime.now(UTC))
    used, _ = [await they.attachments.upload(RECORD, CANARY.encode(), f"{CANARY}.txt") for _ in range(2)]
    await they.threads.comment(other.id, CANARY, attachments=[used.id])
    await they.threads.resolve(other.id, CANARY)
    await they.threads.reopen(other.id, reason=CANARY)
    await they.threads.resolve(mine.id, CANARY, value=1)
    comment = {"json": {"body": f"{CANARY} by a server"}, "headers": {"Idempotency-Key": "1", "Apropos-Actor": CANARY}}
    await http.post(f"/v1/threads/{other.id}/comments", **comment)
    await settled()

    async def tried():
        return all([one.attempts async for one in host.webhooks.deliveries(hook.id)])

    await until(tried)
    return mine, other


@pytest.mark.usefixtures("lived")
async def test_nothing_says_who_they_were_or_what_they_wrote(service, world, host, settled):
    files = service.app.state.settings.data_dir / "files" / world.workspace
    assert {row.table.name for row in TABLES if await sings(service, world, [row])} >= SINGS
    assert len([*files.iterdir()]) == 2

    await host.people.erase(CANARY)

    left = {row.table.name: await everything(service, world, [row]) for row in TABLES if await sings(service, world, [row])}
    assert left == {}
    assert [*files.iterdir()] == []
    assert files_with(SONG, service.database_url) == []
    await settled()
    assert not await sings(service, world), "no reader brings it back"


async def test_discussions_keep_their_shape_and_what_others_said(host, visit, lived):
    mine, other = lived
    before = await host.threads.get(other.id)

    await host.people.erase(CANARY)

    after, gone = await host.threads.get(other.id), await host.threads.get(mine.id)
    assert [one.id for one in after.comments] == [one.id for one in before.comments]
    [mark] = {one.author for one in after.comments} - {"ada"}
    assert after.people[mark].name == "Erased person"
    said = [(one.body, one.withdrawn_at is None) for one in after.comments if one.author == "ada"]
    assert said[:2] == [(f"What does <@{mark}> say?", True), (f"<@{mark}>, look again, and **now**", True)]
    assert {(one.body, one.withdrawn_at is None) for one in after.comments if one.author == mark} == {("", False)}
    assert after.comments[0].answer_id is None
    assert (after.title, after.sponsor, after.steps.asked, after.steps.answered) == ("Stays", None, 1, 0)
    assert sorted(one.text for one in after.actions) == ["Call", "…", "…"]
    assert (gone.title, gone.goal, gone.labels, gone.metadata) == (None, None, [], {})
    assert (gone.outcome.summary, gone.outcome.value) == ("…", 1)
    with pytest.raises(Conflict) as refused:
        await visit("ada", {"*": "manage"}).comments.restore(next(one.id for one in after.comments if one.author == mark))
    assert refused.value.code == "comment_is_erased"


async def test_others_find_what_others_wrote_and_nobody_finds_the_rest(host, visit, lived, settled):
    _, other = lived
    await host.people.erase(CANARY)
    await settled()
    ada = visit("ada", {"*": "manage"})

    assert [one.id async for one in ada.threads.list(q="look again")] == [other.id]
    assert [one async for one in ada.threads.list(q=CANARY)] == []
    assert await ada.people.search(CANARY[:6], record=RECORD) == []


@pytest.mark.usefixtures("lived")
async def test_the_log_keeps_its_seals_and_says_that_somebody_was_erased(service, world, http, host):
    before = (await http.get("/v1/audit", params={"limit": 100})).json()["data"]
    await host.people.erase(CANARY)
    after = (await http.get("/v1/audit", params={"limit": 100})).json()["data"]

    looking = broken(service.app.state.database, service.app.state.vault.sealing, only=world.workspace)
    assert await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(looking, service.loop)) == []
    act = next(one for one in after if one["type"] == "person.erased")
    assert (act["actor"], act["about"]) == (None, act["about"])
    assert act["about"].startswith("~")
    assert [one["type"] for one in after if one["type"] == "record.redacted"] == ["record.redacted"]
    kept = {one["seal"] for one in after}
    assert {one["seal"] for one in before[:20]} <= kept


@pytest.mark.usefixtures("lived")
async def test_a_page_that_is_open_reads_the_record_anew(world, host, bearer):
    async with page(world.url, bearer("bo")["Authorization"].removeprefix("Bearer ")) as bo:
        await bo.subscribe(RECORD)
        await host.acting_as("ada").threads.open(RECORD, "Is anybody here?")
        await bo.hear_events(1)
        await host.people.erase(CANARY)
        while "resync" not in (frame := await bo.hear()):
            assert CANARY not in json.dumps(frame)


async def test_who_comes_again_is_somebody_new(host, visit, lived):
    _, other = lived
    await host.people.erase(CANARY)
    again = visit(CANARY, {"*": "comment"})

    posted = await again.threads.comment(other.id, "I am back")

    assert [one.id for one in (await again.threads.get(other.id)).comments if one.author == CANARY] == [posted.id]
    await host.people.erase(CANARY)
    with pytest.raises(NotFound):
        await host.people.erase(CANARY)


async def test_somebody_unknown_and_oneself_are_not_erased(host, visit):
    with pytest.raises(NotFound):
        await host.people.erase("nobody")
    await visit("bo").threads.open(RECORD, "Here")
    with pytest.raises(Invalid):
        await host.acting_as("bo").people.erase("bo")


def test_every_column_that_may_name_people_is_looked_through():
    json_columns = {f"{row.table.name}.{one.name}" for row in TABLES for one in row.table.columns if one.kind == "json"}

    assert json_columns == NOT_OF_PEOPLE | {f"{cls.table.name}.{column}" for cls, column in PEOPLE_IN}


async def sings(service, world, tables=TABLES):
    """Tell whether the canary is in these tables, in any spelling that is kept."""
    return CANARY.lower() in (await everything(service, world, tables)).lower()
