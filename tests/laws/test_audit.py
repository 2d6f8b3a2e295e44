"""The audit log leaves nothing out, holds nobody's text, and shows where it was changed; erasing does not break it."""

import asyncio
import json
import sqlite3
from contextlib import closing

import asyncpg
import pytest

from apropos import AsyncApropos
from apropos_service.audit.forgetting import Forgetting, forget_person
from apropos_service.audit.verifying import broken, seal_at
from laws.test_erasing import CANARY, RECORD, everything, other_system, sung  # noqa: F401 fixtures
from laws.test_tenancy import OPERATIONS, ask, kept  # noqa: F401 a fixture
from operations import calls

OWN = {
    "/v1/threads/{thread_id}/read", "/v1/records/watch", "/v1/preferences", "/v1/inbox/read", "/v1/inbox/unread",
    "/v1/inbox/{thread_id}/snooze", "/v1/inbox/{thread_id}/done",
}  # fmt: skip
"""What somebody does for themselves only: nobody else sees anything of it."""
LOOKS = {("POST", "/v1/counts"), ("POST", "/v1/attachments")}
"""What changes nothing, or nothing yet: a file is somebody's own until it is posted."""
IDLE = {
    ("POST", "/v1/comments/{comment_id}/restore"), ("PUT", "/v1/threads/{thread_id}/visibility"),
    ("DELETE", "/v1/comments/{comment_id}/reactions/{emoji}"), ("DELETE", "/v1/comments/{comment_id}/seen"),
    ("DELETE", "/v1/comments/{comment_id}/vote"), ("DELETE", "/v1/threads/{thread_id}/resolution"),
}  # fmt: skip
"""What is asked for here is so already."""
CHANGING = [one for one in OPERATIONS if one[0] != "GET" and one[1] not in OWN and one not in LOOKS]


@pytest.mark.parametrize("operation", CHANGING, ids=" ".join)
async def test_whatever_changes_is_told(http, kept, operation):  # noqa: F811
    before = (await log(http))[0]["id"]

    status, text = await ask(http, operation, kept, {} if calls(kept)[operation].host else {"Apropos-Actor": "ada"})

    added = [one for one in await log(http) if one["id"] > before]
    if status < 300:
        assert bool(added) != (operation in IDLE), (status, text)
        assert {one["by"]["kind"] for one in added} <= {"key"}
        assert {one["origin"] for one in added} <= {"127.0.0.1"}
    else:
        assert added == [], "nothing was done"


async def log(http):
    """Return the newest hundred of the audit log."""
    return (await http.get("/v1/audit", params={"limit": 100})).json()["data"]


def breaks(service, workspace):
    """Return what is wrong with a workspace's log, as `apropos audit verify` looks at it."""
    state = service.app.state
    return on(service, broken(state.database, state.vault.sealing, only=workspace))


def on(service, work):
    """Do something on the service's own loop."""
    return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, service.loop))


async def change(service, sql, *given):
    """Change the database past the service, as somebody with its password would."""
    if service.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(service.database_url.removeprefix("sqlite:///"), timeout=10)) as raw, raw:
            return raw.execute(sql, given).rowcount
    for number in range(len(given)):
        sql = sql.replace("?", f"${number + 1}", 1)
    connection = await asyncpg.connect(service.database_url)
    try:
        return int((await connection.execute(sql, *given)).split()[-1])
    finally:
        await connection.close()


FORGERIES = {
    "who": "SET actor_id = 'mallory'",
    "by what right": "SET caller = 'key_x'",
    "from where": "SET origin = '10.0.0.1'",
    "when": "SET at = at - 1",
    "what": "SET type = 'comment.edited'",
    "more of what": "SET data = replace(data, 'cmt_', 'cmt_9')",
    "where": "SET thread_id = 'thr_x'",
    "its seal": "SET seal = 'AAAAAAAAAAAAAAAAAAAAAAAA'",
    "which workspace": "SET workspace_id = (SELECT max(workspace_id) FROM log_head WHERE position < 5)",
}


@pytest.mark.parametrize(
    "sql", [*(f"UPDATE entry {one}" for one in FORGERIES.values()), "DELETE FROM entry"], ids=[*FORGERIES, "all"]
)
async def test_what_is_changed_past_the_service_is_found(service, world, visit, sql):
    ada = visit("ada")
    thread = await ada.threads.open("order:1", "x")
    for _ in range(4):
        await ada.threads.comment(thread.id, "y")
    assert await breaks(service, world.workspace) == []

    service.workspace("another")
    assert await change(service, f"{sql} WHERE workspace_id = ? AND position = 5", world.workspace) == 1

    [found] = await breaks(service, world.workspace)
    assert found.startswith(f"{world.workspace}: entr")


async def test_a_log_cut_off_at_its_end_is_found_by_a_seal_that_was_kept(service, world, visit):
    ada = visit("ada")
    thread = await ada.threads.open("order:1", "x")
    await ada.threads.comment(thread.id, "y")
    place, seal = await on(service, seal_at(service.app.state.database, world.workspace))

    await change(service, "DELETE FROM entry WHERE workspace_id = ? AND position = ?", world.workspace, place)
    await change(service, "UPDATE log_head SET position = position - 1 WHERE workspace_id = ?", world.workspace)

    assert await breaks(service, world.workspace) == []
    assert await on(service, seal_at(service.app.state.database, world.workspace, place)) != (place, seal)


async def test_many_who_write_at_once_make_one_chain(service, world, visit):
    clients = [visit(f"p{number}") for number in range(8)]
    async with AsyncApropos(world.url, key=world.key, retries=0) as host:
        await asyncio.gather(
            *(one.threads.open(f"order:{number % 3}", "x") for number in range(5) for one in clients),
            *(host.workspace.keys.create(f"{number}") for number in range(5)),
        )

    assert await breaks(service, world.workspace) == []


@pytest.mark.usefixtures("sung")
async def test_nobodys_words_are_in_it_and_erasing_a_record_does_not_break_it(service, world, http, host):
    told = await log(http)
    assert told
    assert CANARY not in json.dumps([one["data"] for one in told], ensure_ascii=False)

    await host.records.erase(RECORD)

    assert await breaks(service, world.workspace) == []
    assert CANARY not in json.dumps(await log(http), ensure_ascii=False)
    assert next(one["type"] for one in await log(http)) == "record.erased"


async def test_erasing_a_person_leaves_their_mark_and_does_not_break_it(service, world, host, visit, settled):
    tilda = visit("tilda%_!", name="Tilda")
    thread = await tilda.threads.open("order:1", "x")
    await tilda.threads.watch(thread.id, "all")
    await host.threads.set_visibility(thread.id, "restricted", members=["tilda%_!", "bo"])
    await visit("bo").threads.comment(thread.id, "y")
    await settled()
    state = service.app.state
    sealing = state.vault.sealing

    async def forget():
        await state.database.write(world.workspace, lambda tx: forget_person(tx, sealing, "tilda%_!"), alone=True)

    await on(service, forget())

    assert await breaks(service, world.workspace) == []
    opened, *_, posted = [one async for one in host.audit.list(types=["thread.opened", "comment.posted"])][::-1]
    assert opened.actor.id == sealing.mark(world.workspace, "tilda%_!")
    assert opened.origin is None
    assert (posted.actor.id, posted.origin) == ("bo", "127.0.0.1")
    left = [row for row in (await everything(service, world)).splitlines() if "tilda" in row and "evt_" in row]
    assert left == []


async def test_from_where_is_forgotten_in_time_and_what_is_old_is_not_shown(service, world, visit):
    ada = visit("ada")
    thread = await ada.threads.open("order:1", "x")
    state, days = service.app.state, service.app.state.settings.audit_days
    forgetting = Forgetting(state.database, state.vault, state.clock, days)
    with service.ahead((days + 1) * 86_400_000):
        await on(service, state.database.write(world.workspace, touch))
        await on(service, forgetting.now())
        async with AsyncApropos(world.url, key=world.key, retries=0) as host:
            assert [one.type async for one in host.audit.list()] == ["access.changed"]

    rows = (await everything(service, world)).splitlines()
    assert [row for row in rows if thread.id in row and "127.0.0.1" in row] == []
    assert await breaks(service, world.workspace) == []


async def touch(tx):
    """Do something to the workspace."""
    tx.note("access.changed", tx.workspace_id, people=0, records=0)
