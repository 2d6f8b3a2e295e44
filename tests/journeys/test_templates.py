"""Templates: what starting a discussion takes, so that one line is enough; and purposes that can be reached."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apropos import Forbidden, Invalid, NotFound
from apropos_service.people.hours import zone
from apropos_service.templates.workdays import due_at

HOSTILE = "forecast_line:a/b%2F ü:عربي"
CHECK = {
    "record_type": "forecast_line", "name": "Forecast line check", "title": "Check", "goal": "Agree a figure before the lock",
    "sponsor_role": "account_manager", "due_in_days": 3, "people": ["owner", "planner", "cy"], "question": "Which figure?",
    "kind": "question", "labels": ["forecast"], "visibility": "shared",
}  # fmt: skip


def milliseconds(text, where=UTC):
    return int(datetime.fromisoformat(text).replace(tzinfo=where).timestamp() * 1000)


@pytest.fixture
async def described(host):
    """A record with roles, people, and a template of its type."""
    await host.people.describe([{"id": one, "name": one.title()} for one in ("ines", "tomasz", "cy", "out")])
    await host.records.describe(HOSTILE, owner="ines", roles={"account_manager": "tomasz"})
    await host.templates.describe([CHECK, {"record_type": "forecast_line", "name": "Quick", "kind": "question"}])


@pytest.mark.usefixtures("described")
async def test_a_form_shows_what_a_template_comes_to_for_its_record(http, visit, bearer):
    check, quick = [one async for one in visit("ada").templates.list(record=HOSTILE)]

    assert (check.name, check.question, check.kind, check.labels) == (
        "Forecast line check",
        "Which figure?",
        "question",
        ["forecast"],
    )
    assert (check.sponsor, check.people, check.missing) == ("tomasz", ["ines", "cy"], ["planner"])
    assert (check.due_at.hour, check.due_at.minute, check.due_at > datetime.now(UTC)) == (17, 0, True)
    assert (quick.name, quick.sponsor, quick.due_at, quick.people, quick.missing) == ("Quick", None, None, [], [])
    cards = (await http.get("/v1/templates", params={"record": HOSTILE}, headers=bearer("ada"))).json()["people"]
    assert {one: card["name"] for one, card in cards.items()} == {"tomasz": "Tomasz", "ines": "Ines", "cy": "Cy"}
    assert [one.name async for one in visit("ada").templates.list(record="forecast_line:new")] == [check.name, quick.name]
    assert [one async for one in visit("ada").templates.list(record="invoice:1")] == []
    with pytest.raises(NotFound):
        await anext(visit("eve", {"invoice:*": "manage"}).templates.list(record=HOSTILE))
    with pytest.raises(Forbidden):
        await anext(visit("ada").templates.list(record_type="forecast_line"))


@pytest.mark.usefixtures("described")
async def test_whoever_cannot_see_the_record_is_left_out(host, visit):
    await host.records.describe(HOSTILE, access={"people": {"ines": "comment", "ada": "comment"}})

    check = await anext(visit("ada", {}).templates.list(record=HOSTILE))

    assert (check.sponsor, check.people, check.missing) == (None, ["ines"], ["planner"])


@pytest.mark.usefixtures("described")
async def test_one_line_is_enough(visit):
    ada = visit("ada")
    check = await anext(ada.templates.list(record=HOSTILE))

    thread = await ada.threads.open(HOSTILE, "Do we lock 900,000?", template=CHECK["name"])
    own = await ada.threads.open(
        HOSTILE, "x", template=CHECK["name"], goal="Mine", sponsor=None, labels=[], visibility="internal", kind="comment"
    )
    plain = await ada.threads.open(HOSTILE, "x", template="Quick")

    assert (thread.template, thread.title, thread.goal, thread.sponsor) == (CHECK["name"], "Check", CHECK["goal"], "tomasz")
    assert (thread.labels, thread.visibility, thread.due_at, thread.comments[0].kind) == (
        ["forecast"],
        "shared",
        check.due_at,
        "question",
    )
    assert (own.goal, own.sponsor, own.labels, own.visibility, own.title) == ("Mine", None, [], "internal", "Check")
    assert own.comments[0].kind == "comment"
    assert (plain.template, plain.goal, plain.sponsor, plain.due_at, plain.comments[0].kind) == (
        "Quick",
        None,
        None,
        None,
        "question",
    )
    with pytest.raises(Invalid) as refusal:
        await ada.threads.open(HOSTILE, "x", template="Nonsense")
    assert refusal.value.errors[0]["path"] == "template"
    assert "Forecast line check, Quick" in refusal.value.errors[0]["message"]


@pytest.mark.usefixtures("described")
async def test_whom_a_restricted_template_names_is_in(host, visit):
    quiet = {"name": "Quiet", "visibility": "restricted", "sponsor_role": "owner", "people": ["cy"]}
    await host.templates.describe([{"record_type": "forecast_line", **quiet}])

    thread = await visit("ada").threads.open(HOSTILE, "x", template="Quiet")

    assert (thread.sponsor, thread.members) == ("ines", ["ada", "cy", "ines"])
    assert (await visit("cy").threads.get(thread.id)).id == thread.id


async def test_describing_again_changes_only_what_is_named(host):
    await host.templates.describe([CHECK])
    changed = await host.templates.describe([
        {"record_type": "forecast_line", "name": CHECK["name"], "goal": None, "people": None, "due_in_days": 0},
        {"record_type": "forecast_line", "name": "First", "position": 0},
        {"record_type": "invoice", "name": "Other"},
    ])  # fmt: skip

    assert (changed[0].goal, changed[0].people, changed[0].due_in_days, changed[0].title) == (None, [], 0, "Check")
    assert [one.name async for one in host.templates.list(record_type="forecast_line")] == ["First", CHECK["name"]]
    assert len([one async for one in host.templates.list()]) == 3
    await host.templates.remove("forecast_line", "First")
    with pytest.raises(NotFound):
        await host.templates.remove("forecast_line", "First")


async def test_who_may_describe(world, host, visit, http):
    from apropos import AsyncApropos  # noqa: PLC0415

    made = {scope: (await host.workspace.keys.create("k", scope=scope)).key for scope in ("read", "describe")}
    async with AsyncApropos(world.url, key=made["describe"], retries=0) as describer:
        assert await describer.templates.describe([CHECK])
    async with AsyncApropos(world.url, key=made["read"], retries=0) as reader:
        assert [one.name async for one in reader.templates.list()] == [CHECK["name"]]
        for who in (reader, visit("ada", role="admin")):
            with pytest.raises(Forbidden):
                await who.templates.describe([CHECK])
            with pytest.raises(Forbidden):
                await who.templates.remove("forecast_line", CHECK["name"])
    answer = await http.get("/v1/templates", params={"record": HOSTILE, "type": "forecast_line"})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "type")


async def test_roles_are_the_records(host):
    await host.records.describe("invoice:1", roles={"planner": "bo"})
    await host.records.describe("invoice:2", roles={"planner": "cy", "buyer": "di"})
    kept = await host.records.describe("invoice:2", title="T")
    merged = await host.records.merge("invoice:2", "invoice:1")
    gone = await host.records.describe("invoice:1", roles=None)

    assert (kept.roles, merged.roles, gone.roles) == ({"planner": "cy", "buyer": "di"}, {"planner": "bo", "buyer": "di"}, {})


async def test_a_due_date_is_to_come_unless_it_stays(service, visit):
    ada = visit("ada")
    past = datetime.now(UTC) - timedelta(seconds=30)
    with service.ahead(-60_000):
        late = await ada.threads.open(HOSTILE, "x", due_at=past)

    for attempt in (
        lambda: ada.threads.open(HOSTILE, "x", due_at=past),
        lambda: ada.threads.change(late.id, due_at=past - timedelta(days=1)),
    ):
        with pytest.raises(Invalid) as refusal:
            await attempt()
        assert refusal.value.errors == [{"path": "due_at", "message": "is later than now"}]
    assert (await ada.threads.change(late.id, due_at=late.due_at, goal="G")).goal == "G"
    assert (await ada.threads.change(late.id, due_at=None)).due_at is None


async def test_a_sponsor_who_is_known_not_to_see_is_refused(host, visit):
    await host.people.describe([{"id": "bo", "name": "Bo"}, {"id": "gus", "name": "Gus", "guest": True}])
    await host.records.describe(HOSTILE, access={"people": {"ada": "comment", "gus": "read"}})
    ada = visit("ada", {})
    thread = await ada.threads.open(HOSTILE, "x", sponsor="stranger")

    for attempt in (
        lambda: ada.threads.open(HOSTILE, "x", sponsor="bo"),
        lambda: ada.threads.change(thread.id, sponsor="bo"),
        lambda: ada.threads.open(HOSTILE, "x", sponsor="gus"),
    ):
        with pytest.raises(Invalid) as refusal:
            await attempt()
        assert refusal.value.errors[0]["path"] == "sponsor"
    assert (await ada.threads.open(HOSTILE, "x", sponsor="gus", visibility="shared")).sponsor == "gus"
    assert (await ada.threads.change(thread.id, sponsor="ada")).sponsor == "ada"


async def test_an_outcome_is_said_where_the_workspace_requires_one(host, visit):
    await host.workspace.change(require_outcome=["forecast_line"])
    ada = visit("ada")
    thread, other = await ada.threads.open(HOSTILE, "x"), await ada.threads.open("invoice:1", "x")

    for summary in ("", "  "):
        with pytest.raises(Invalid) as refusal:
            await ada.threads.resolve(thread.id, summary, value=1)
        assert (refusal.value.code, refusal.value.errors[0]["path"]) == ("outcome_required", "summary")
    assert (await ada.threads.get(thread.id)).status == "open"
    assert (await ada.threads.resolve(thread.id, "Locked")).status == "resolved"
    assert (await ada.threads.resolve(other.id)).status == "resolved"


@pytest.mark.parametrize(
    ("now", "days", "due"),
    [
        ("2026-11-23T09:00", 3, "2026-11-26T17:00"), ("2026-11-23T09:00", 0, "2026-11-23T17:00"),
        ("2026-11-23T17:00", 0, "2026-11-24T17:00"), ("2026-11-27T09:00", 1, "2026-11-30T17:00"),
        ("2026-11-27T18:00", 0, "2026-11-30T17:00"), ("2026-11-28T09:00", 0, "2026-11-30T17:00"),
        ("2026-11-28T09:00", 1, "2026-11-30T17:00"), ("2026-11-26T23:59", 2, "2026-11-30T17:00"),
        ("2026-10-23T09:00", 1, "2026-10-26T17:00"), ("2026-11-23T09:00", 10, "2026-12-07T17:00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["Europe/Rome", "Pacific/Auckland", "America/New_York", "UTC"])
def test_working_days_are_counted_where_it_is_due(now, days, due, where):
    here = ZoneInfo(where)

    assert due_at(milliseconds(now, here), days, zone(where)) == milliseconds(due, here)


async def test_it_is_due_where_the_sponsor_is_else_where_the_workspace_is(host, visit):
    await host.workspace.change(time_zone="America/New_York")
    await host.people.describe([{"id": "ines", "name": "Ines", "time_zone": "Asia/Tokyo"}])
    await host.templates.describe([{"record_type": "invoice", "name": "T", "sponsor_role": "owner", "due_in_days": 1}])
    await host.records.describe("invoice:1", owner="ines")

    there, here = [await anext(visit("ada").templates.list(record=one)) for one in ("invoice:1", "invoice:2")]

    assert there.due_at.astimezone(ZoneInfo("Asia/Tokyo")).hour == 17
    assert here.due_at.astimezone(ZoneInfo("America/New_York")).hour == 17
