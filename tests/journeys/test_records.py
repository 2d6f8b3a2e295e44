"""What hosts tell of their records, and what happens to discussions when records move."""

import pytest

from apropos import Conflict, Invalid, NotFound

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def test_a_described_record_keeps_what_the_next_description_does_not_name(host):
    await host.records.describe(HOSTILE, title="VT", url="https://crm.example/1", fields={"a": 1, "b": "x"}, labels=["hot"])

    after = await host.records.describe(HOSTILE, fields={"a": None, "c": True})

    assert (after.record, after.type, after.key) == (HOSTILE, "forecast_line", "a/b%2F ü:عربي")
    assert (after.title, after.url, after.labels) == ("VT", "https://crm.example/1", ["hot"])
    assert {path: field.value for path, field in after.fields.items()} == {"b": "x", "c": True}


async def test_saying_the_same_again_says_nothing(host):
    first = await host.records.describe("invoice:1", title="T", fields={"a": 1})
    again = await host.records.describe("invoice:1", title="T", fields={"a": 1})

    assert again.version == first.version
    assert [event.type for event in (await host.events.list()).data] == ["record.described"]


async def test_changed_fields_are_told_with_before_and_after(host):
    await host.records.describe("invoice:1", fields={"a": 1})
    await host.records.describe("invoice:1", fields={"a": 2, "b": 3})

    told = (await host.events.list()).data[-1]

    assert told.type == "record.described"
    assert {path: (_value(each["before"]), _value(each["after"])) for path, each in told.data.changes.items()} == {
        "a": (1, 2), "b": (None, 3),
    }  # fmt: skip


async def test_five_hundred_records_are_described_at_once_or_none(host):
    described = await host.records.describe_many({"record": f"invoice:{n}"} for n in range(500))

    with pytest.raises(Invalid):
        await host.records.describe_many([{"record": "invoice:new"}, {"record": "nonsense"}])

    assert len(described) == 500
    assert await host.records.get_many(["invoice:new", "invoice:7"]) == [described[7]]


async def test_a_renamed_record_keeps_its_threads_and_its_old_name(host, visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")

    await host.records.rename(HOSTILE, "forecast_line:new name")

    assert (await ada.threads.get(thread.id)).record == "forecast_line:new name"
    assert (await host.records.get(HOSTILE)).record == "forecast_line:new name"
    for name in (HOSTILE, "forecast_line:new name"):
        view = await ada.conversation(name)
        assert ([one.id for one in view.threads], view.record.record) == ([thread.id], "forecast_line:new name")


async def test_a_name_that_is_taken_cannot_be_given_and_one_given_up_can(host):
    await host.records.describe("invoice:1")
    await host.records.describe("invoice:2")

    with pytest.raises(Conflict):
        await host.records.rename("invoice:1", "invoice:2")
    moved = await host.records.rename("invoice:1", "invoice:3")
    back = await host.records.rename("invoice:3", "invoice:1")

    assert moved.id == back.id
    assert (await host.records.get("invoice:1")).id == (await host.records.get("invoice:3")).id == moved.id


async def test_merging_moves_all_threads_and_leaves_the_name(host, visit):
    ada = visit("ada")
    one, two = await ada.threads.open("invoice:1", "one"), await ada.threads.open("invoice:2", "two")

    merged = await host.records.merge("invoice:1", "invoice:2")

    assert merged.record == "invoice:2"
    assert {thread.id for thread in (await ada.conversation("invoice:2")).threads} == {one.id, two.id}
    assert {thread.id for thread in (await ada.conversation("invoice:1")).threads} == {one.id, two.id}
    assert (await ada.threads.comment(one.id, "still here")).thread_id == one.id
    with pytest.raises(Conflict):
        await host.records.merge("invoice:2", "invoice:1")


async def test_a_name_that_was_left_belongs_to_whoever_takes_it(host, visit):
    ada = visit("ada")
    first = await ada.threads.open("invoice:1", "first")
    await host.records.rename("invoice:1", "invoice:2")
    second = await ada.threads.open("invoice:other", "second")

    taken = await host.records.rename("invoice:other", "invoice:1")

    assert [thread.id for thread in (await ada.conversation("invoice:1")).threads] == [second.id]
    assert [thread.id for thread in (await ada.conversation("invoice:2")).threads] == [first.id]
    assert (await host.records.get("invoice:other")).id == taken.id
    assert (await ada.threads.get(first.id)).record == "invoice:2"


async def test_every_way_in_knows_former_names(http, host, visit, bearer):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:1", "x", field="a")
    await host.records.describe("line:1", parent="invoice:1")
    below = await ada.threads.open("line:1", "y")
    await host.records.rename("invoice:1", "invoice:2")
    await host.records.describe("line:2", parent="invoice:2")
    beside = await ada.threads.open("line:2", "z")

    headers = bearer("ada")
    assert [one.id async for one in ada.threads.list(record="invoice:1")] == [thread.id]
    for parent in ("invoice:1", "invoice:2"):
        assert {one.id async for one in ada.threads.list(parent=parent)} == {below.id, beside.id}
    assert (await ada.counts(["invoice:1"]))["invoice:1"].fields["a"].total == 1
    assert (await http.get("/v1/counts", params={"record": "invoice:1"}, headers=headers)).json()["data"]["invoice:1"]["total"] == 1
    assert (await ada.threads.open("invoice:1", "once more")).record == "invoice:2"
    assert (await host.records.describe("invoice:1", title="T")).record == "invoice:2"
    await host.records.describe("invoice:1", access={"people": {"ada": "comment"}})
    assert (await http.get("/v1/people", params={"record": "invoice:1", "query": "bo"}, headers=headers)).json()["data"] == []
    await host.records.erase("invoice:1")
    assert (await ada.conversation("invoice:2")).threads == []


async def test_a_merge_fills_what_was_never_said_of_the_record_and_widens_nothing(host):
    await host.records.describe(
        "invoice:1", title="One", url="https://crm.example/1", parent="project:P", owner="ada", labels=["a", "b"],
        fields={"x": 1, "y": 1}, access={"people": {"eve": "manage"}},
    )  # fmt: skip
    await host.records.describe("invoice:2", title="Two", parent="project:Q", labels=["b", "c"], fields={"y": 2})

    merged = await host.records.merge("invoice:1", "invoice:2")

    assert (merged.title, merged.url, merged.owner, merged.parent) == ("Two", "https://crm.example/1", "ada", "project:Q")
    assert merged.labels == ["b", "c", "a"]
    assert {path: field.value for path, field in merged.fields.items()} == {"x": 1, "y": 2}
    told = (await host.events.list(limit=100)).data[-1]
    assert (told.type, told.data.merged, told.data.record.fields["x"].value) == ("record.merged", "invoice:1", 1)


async def test_nobody_sees_more_by_a_merge(host, visit):
    await host.records.describe("invoice:1", access={"people": {"eve": "read"}})
    await host.records.describe("invoice:2")
    await host.records.merge("invoice:1", "invoice:2")

    with pytest.raises(NotFound):
        await visit("eve", {}).conversation("invoice:2")


async def test_a_record_merged_with_its_parent_or_child_is_not_its_own_parent(host):
    await host.records.describe("project:P", parent="project:Q")
    await host.records.describe("invoice:1", parent="project:P")
    await host.records.describe("invoice:2", parent="invoice:3")
    await host.records.describe("invoice:3")

    up = await host.records.merge("invoice:1", "project:P")
    down = await host.records.merge("invoice:3", "invoice:2")

    assert (up.record, up.parent) == ("project:P", "project:Q")
    assert (down.record, down.parent) == ("invoice:2", None)


async def test_an_archived_record_lets_its_discussions_end_and_none_begin(host, visit):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:1", "x")
    await host.records.describe("invoice:1", archived=True)

    with pytest.raises(Conflict) as refusal:
        await ada.threads.open("invoice:1", "y")
    assert refusal.value.code == "record_is_archived"
    assert (await ada.threads.open("invoice:1", "x", id=thread.id)).id == thread.id
    await ada.threads.comment(thread.id, "One more thing")
    assert (await ada.threads.resolve(thread.id, "Done")).status == "resolved"
    assert (await ada.conversation("invoice:1")).record.archived_at is not None

    await host.records.describe("invoice:1", archived=False)
    assert (await ada.threads.open("invoice:1", "y")).record == "invoice:1"


async def test_a_record_is_not_erased_by_the_name_of_another_that_went_into_it(host, visit):
    thread = await visit("ada").threads.open("invoice:2", "x")
    await host.records.describe("invoice:0")
    await host.records.rename("invoice:0", "invoice:1")
    await host.records.merge("invoice:1", "invoice:2")
    await host.records.rename("invoice:2", "invoice:3")

    for name in ("invoice:0", "invoice:1"):
        with pytest.raises(Conflict) as refusal:
            await host.records.erase(name)
        assert (refusal.value.code, refusal.value.facts["record"]) == ("record_is_merged", "invoice:3")
    assert (await host.threads.get(thread.id)).id == thread.id
    await host.records.erase("invoice:2")
    with pytest.raises(NotFound):
        await host.threads.get(thread.id)


async def test_erasing_is_for_good_and_everywhere(host, visit, http):
    ada = visit("ada", {"*": "manage"})
    thread = await ada.threads.open(HOSTILE, "canary one")
    comment = await ada.threads.comment(thread.id, "canary two <@bo>")
    await ada.comments.react(comment.id, "👍")
    await ada.comments.edit(comment.id, "canary three")

    await host.records.erase(HOSTILE)

    view = await ada.conversation(HOSTILE)
    log = (await http.get("/v1/events", params={"limit": 100})).text
    assert (view.threads, view.record.id) == ([], None)
    assert "canary" not in log
    for attempt in (
        lambda: ada.threads.get(thread.id), lambda: ada.comments.history(comment.id), lambda: ada.comments.seen(comment.id),
        lambda: host.records.erase(HOSTILE),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await attempt()


async def test_an_archived_record_is_told_and_comes_back(host):
    put_away = await host.records.describe("invoice:1", archived=True)
    still = await host.records.describe("invoice:1", archived_at=put_away.archived_at)
    assert still == put_away
    back = await host.records.describe("invoice:1", archived=False)

    assert put_away.archived_at is not None
    assert back.archived_at is None
    assert [event.type for event in (await host.events.list()).data] == ["record.archived", "record.described"]


@pytest.mark.parametrize(
    "name", ["", "invoice", "Invoice:1", "invoice:", ":1", "1nvoice:1", "invoice:a\nb", f"invoice:{'x' * 256}"]
)
async def test_what_is_not_a_record_name_is_refused_everywhere(http, name):
    asked = [
        await http.get("/v1/conversation", params={"record": name}),
        await http.get("/v1/counts", params={"record": name}),
        await http.get("/v1/records", params={"record": name}),
        await http.get("/v1/threads", params={"record": name}),
        await http.post("/v1/threads", json={"record": name, "body": "x"}),
        await http.post("/v1/records", json={"records": [{"record": name}]}),
        await http.delete("/v1/records", params={"record": name}),
    ]

    assert {answer.status_code for answer in asked} == {422}
    assert all(answer.json()["errors"] for answer in asked)


def _value(field):
    return field and field["value"]
