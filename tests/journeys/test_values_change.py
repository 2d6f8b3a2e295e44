"""The quiet lines of a discussion: how its value changed since it was opened, read or heard."""

import pytest

from conftest import token_for
from listening import page

HOSTILE = "forecast_line:a/b%2F ü:عربي"
FIELD = "lines/L-30/amount"


def values(thread):
    return [(change.before and change.before.value, change.after and change.after.value, change.by) for change in thread.changes]


async def test_a_thread_shows_how_its_value_changed_since_it_was_opened(host, visit):
    ada = visit("ada")
    await host.records.describe(HOSTILE, fields={FIELD: 0})
    await host.records.describe(HOSTILE, fields={FIELD: {"value": 1, "unit": "EUR"}})
    thread = await ada.threads.open(HOSTILE, "Is that so?", field=FIELD)
    whole = await ada.threads.open(HOSTILE, "And all of it?")

    await host.acting_as("bo").records.describe(HOSTILE, fields={FIELD: 2, "lines/L-30": 9})
    await host.records.describe(HOSTILE, title="Only the title")
    await host.records.describe(HOSTILE, fields={FIELD: None})

    shown = await ada.threads.get(thread.id)
    assert thread.changes == []
    assert values(shown) == [(1, 2, "bo"), (2, None, None)]
    assert shown.changes[0].after.unit == "EUR"
    assert shown.people["bo"].name == "bo"
    assert (await ada.conversation(HOSTILE)).threads[1] == shown.model_copy(update={"people": None})
    assert (await ada.threads.get(whole.id)).changes == []
    assert [one.changes async for one in ada.threads.list()] == [None, None]


async def test_what_a_page_hears_is_what_it_reads_later(world, host, visit):
    ada = visit("ada")
    await host.records.describe(HOSTILE, fields={FIELD: 0})
    await ada.threads.open(HOSTILE, "x", field=FIELD)
    await ada.threads.open(HOSTILE, "y", field="lines/L-31/amount")
    before = await ada.conversation(HOSTILE)

    async with page(world.url, token_for(world, "ada")) as listening:
        await listening.subscribe(HOSTILE, before.cursor)
        for number in range(1, 4):
            await host.acting_as("bo").records.describe(HOSTILE, fields={FIELD: number, "lines/L-31/amount": -number})
        heard = [frame["event"] for frame in await listening.hear_events(3)]

    later = await ada.conversation(HOSTILE)
    for thread in later.threads:
        lines = [
            {"at": event["timestamp"], "by": event["actor"]["id"], **event["data"]["changes"][thread.field]} for event in heard
        ]
        assert [change.model_dump() for change in thread.changes] == [
            type(thread.changes[0])(**line).model_dump() for line in lines
        ]
        assert thread.value_now.value == heard[-1]["data"]["record"]["fields"][thread.field]["value"]


async def test_the_last_fifty_changes_are_shown(host, visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x", field=FIELD)

    for number in range(53):
        await host.records.describe(HOSTILE, fields={FIELD: number, "other": number})

    shown = (await ada.threads.get(thread.id)).changes
    assert [change.after.value for change in shown] == list(range(3, 53))


async def test_a_thread_that_went_along_in_merges_has_what_changed_where_it_was(host, visit):
    ada = visit("ada")
    for name, value in (("invoice:a", 10), ("invoice:b", 20), ("invoice:c", 30)):
        await host.records.describe(name, fields={FIELD: value})
    on = {name: (await ada.threads.open(f"invoice:{name}", name, field=FIELD)).id for name in "abc"}
    for name in "abc":
        await host.records.describe(f"invoice:{name}", fields={FIELD: name})
    await host.records.merge("invoice:a", "invoice:b")
    await host.records.describe("invoice:b", fields={FIELD: "ab"})
    await host.records.merge("invoice:b", "invoice:c")
    await host.records.describe("invoice:c", fields={FIELD: "abc"})

    assert values(await ada.threads.get(on["a"])) == [(10, "a", None), ("b", "ab", None), ("c", "abc", None)]
    assert values(await ada.threads.get(on["b"])) == [(20, "b", None), ("b", "ab", None), ("c", "abc", None)]
    assert values(await ada.threads.get(on["c"])) == [(30, "c", None), ("c", "abc", None)]


async def test_the_feed_tells_values_only_as_long_as_the_record_is_there(host):
    await host.records.describe("invoice:1", fields={"a": 1, "b": 2}, archived=True)
    told = (await host.events.list()).data
    await host.records.erase("invoice:1")
    after = (await host.events.list()).data

    assert [event.type for event in told] == ["record.described", "record.archived"]
    assert {path: change["after"]["value"] for path, change in told[0].data.changes.items()} == {"a": 1, "b": 2}
    assert [(event.type, event.record, event.data.record) for event in after] == [
        ("record.described", None, None), ("record.archived", None, None), ("record.erased", None, None),
    ]  # fmt: skip
    assert after[0].data.changes == {}
    assert [event.seq for event in after] == [1, 2, 3]


@pytest.mark.parametrize("name", ["invoice:old", "invoice:new"])
async def test_a_renamed_record_goes_on(host, visit, name):
    ada = visit("ada")
    thread = await ada.threads.open("invoice:old", "x", field=FIELD)
    await host.records.describe("invoice:old", fields={FIELD: 1})
    await host.records.rename("invoice:old", "invoice:new")
    await host.records.describe(name, fields={FIELD: 2})

    assert values(await ada.threads.get(thread.id)) == [(None, 1, None), (1, 2, None)]
