"""Opening a page: everything in one request, and a small no when nothing changed."""

import orjson
import pytest

from apropos import NotFound
from apropos_service.access.policy import Caller
from apropos_service.threads import conversation, record_page
from statements import Counting, on_the_services_loop

HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def test_a_record_nobody_described_is_an_empty_conversation(visit):
    view = await visit("ada").conversation(HOSTILE)

    assert (view.record.id, view.record.record, view.threads, view.next) == (None, HOSTILE, [], None)
    assert (view.viewer.person_id, view.viewer.level) == ("ada", "comment")


async def test_one_request_paints_everything(host, visit):
    await host.people.describe([{"id": "ada", "name": "Ada Lovelace"}, {"id": "bo", "name": "Bo"}])
    await host.records.describe(HOSTILE, title="VT", fields={"q3/amount": 5})
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "Which?", field="q3/amount")
    for number in range(30):
        await bo.threads.comment(thread.id, f"no. {number}")

    view = await ada.conversation(HOSTILE)

    [shown] = view.threads
    assert [comment.body for comment in shown.comments] == [f"no. {number}" for number in range(10, 30)]
    assert (shown.comment_count, shown.viewer.unread, shown.value_now.value) == (31, 30, 5)
    assert {one.id: one.name for one in view.people.values()} == {"ada": "Ada Lovelace", "bo": "Bo"}
    earlier = await ada.threads.comments_before(thread.id, shown.comments[0].id, limit=100)
    assert [comment.body for comment in earlier] == ["Which?", *(f"no. {number}" for number in range(10))]


async def test_what_did_not_change_costs_a_304_and_what_did_is_sent(http, bearer):
    ada, bo = bearer("ada"), bearer("bo")
    thread = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=ada)).json()

    async def look(tag):
        return await http.get("/v1/conversation", params={"record": HOSTILE}, headers={**ada, "If-None-Match": tag})

    async def changes(method, path, headers=bo, **kwargs):
        tag = (await look("")).headers["etag"]
        assert (await look(tag)).status_code == 304
        assert (await http.request(method, path, headers=headers, **kwargs)).is_success
        return (await look(tag)).status_code == 200

    comment = thread["comments"][0]["id"]
    assert await changes("POST", f"/v1/threads/{thread['id']}/comments", json={"body": "y"})
    assert await changes("PUT", f"/v1/comments/{comment}/reactions/👍")
    assert await changes("PUT", f"/v1/comments/{comment}/seen")
    assert await changes("PUT", f"/v1/threads/{thread['id']}/read", headers=ada, json={"seq": 99})
    assert await changes("PUT", f"/v1/threads/{thread['id']}/watch", headers=ada, json={"level": "none"})
    assert await changes("PATCH", f"/v1/threads/{thread['id']}", json={"goal": "G"})
    assert await changes("PUT", f"/v1/threads/{thread['id']}/resolution", json={"summary": "done"})
    host = {"Authorization": http.headers["authorization"]}
    assert await changes("POST", "/v1/records", host, json={"records": [{"record": HOSTILE, "fields": {"a": 1}}]})
    assert await changes("POST", "/v1/people", host, json={"people": [{"id": "bo", "name": "Bo the Second"}]})
    assert not await changes("PUT", f"/v1/threads/{thread['id']}/read", json={"seq": 1})


async def test_whatever_there_is_matches_a_star(http, bearer):
    """Source: RFC 9110, section 13.1.2."""
    ada = bearer("ada")
    for tag, status in (("*", 304), ('"other"', 200)):
        answer = await http.get("/v1/conversation", params={"record": HOSTILE}, headers={**ada, "If-None-Match": tag})
        assert answer.status_code == status


async def test_an_answer_of_one_person_is_never_another_persons_304(http, bearer):
    await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=bearer("ada"))
    first = await http.get("/v1/conversation", params={"record": HOSTILE}, headers=bearer("ada"))

    other = await http.get(
        "/v1/conversation", params={"record": HOSTILE}, headers={**bearer("bo"), "If-None-Match": first.headers["etag"]}
    )

    assert other.status_code == 200


async def test_a_field_finds_itself_and_what_is_inside_in_whole_segments(visit):
    ada = visit("ada")
    for field in ("lines/L-3", "lines/L-30", "lines/L-3/amount", "lines"):
        await ada.threads.open("invoice:1", "x", field=field)

    async def fields(field):
        return sorted(thread.field for thread in (await ada.conversation("invoice:1", field=field)).threads)

    assert await fields("lines/L-3") == ["lines/L-3", "lines/L-3/amount"]
    assert await fields("lines") == ["lines", "lines/L-3", "lines/L-3/amount", "lines/L-30"]
    assert await fields("lines/L_3") == []


async def test_older_threads_follow_by_cursor_while_new_ones_come(visit):
    ada = visit("ada")
    opened = [(await ada.threads.open("invoice:1", f"{n}")).id for n in range(7)]

    view = await ada.conversation("invoice:1", limit=3)
    found = [thread.id for thread in view.threads]
    while view.next:
        await ada.threads.open("invoice:1", "meanwhile")
        view = await ada.conversation("invoice:1", limit=3, cursor=view.next)
        found += [thread.id for thread in view.threads]

    assert found == opened[::-1]


async def test_only_the_status_asked_for_is_shown(visit):
    ada = visit("ada")
    kept, done = await ada.threads.open("invoice:1", "a"), await ada.threads.open("invoice:1", "b")
    await ada.threads.resolve(done.id, "ok")

    assert [thread.id for thread in (await ada.conversation("invoice:1", status="open")).threads] == [kept.id]
    assert [thread.id for thread in (await ada.conversation("invoice:1", status="resolved")).threads] == [done.id]


async def test_a_page_that_may_not_insert_html_gets_nodes(http):
    thread = (await http.post("/v1/threads", json={"record": "invoice:1", "body": "**x**"})).json()

    view = (await http.get("/v1/conversation", params={"record": "invoice:1", "render": "nodes"})).json()

    [comment] = view["threads"][0]["comments"]
    assert "html" not in comment
    assert comment["nodes"] == [["p", {}, ["strong", {}, "x"]]]
    assert thread["comments"][0]["html"] == "<p><strong>x</strong></p>\n" or "<strong>x</strong>" in thread["comments"][0]["html"]


async def test_a_record_without_a_grant_is_not_found(visit):
    ada = visit("ada", {"invoice:1": "read"})

    assert (await ada.conversation("invoice:1")).viewer.level == "read"
    with pytest.raises(NotFound):
        await ada.conversation("invoice:2")


async def test_what_one_may_not_see_leaves_no_page_short_for_whoever_looks_first_or_again(http, bearer):
    ada, bo = bearer("ada"), bearer("bo")

    async def opens(number, **more):
        draft = {"record": "invoice:1", "body": f"{number}", **more}
        return (await http.post("/v1/threads", json=draft, headers=ada)).json()["id"]

    shown = [await opens(0)]
    for number in range(7):
        await opens(number, visibility="restricted", members=["ada"])
    shown += [await opens(8), await opens(9)]

    async def seen(who, **params):
        return (await http.get("/v1/conversation", params={"record": "invoice:1", "limit": 2, **params}, headers=who)).json()

    assert len((await seen(ada, limit=20))["threads"]) == 10
    for _ in range(2):
        page = await seen(bo)
        assert [thread["id"] for thread in page["threads"]] == [shown[2], shown[1]]
        following = await seen(bo, cursor=page["next"])
        assert ([thread["id"] for thread in following["threads"]], following["next"]) == ([shown[0]], None)


async def test_what_somebody_saw_is_said_again_only_while_it_is_so(service, host, visit):
    await host.people.describe([{"id": "bo", "name": "Bo"}])
    await host.records.describe("invoice:0", title="All of them")
    await host.records.describe("invoice:1", title="One", parent="invoice:0", access={"everyone": "read"})
    ada, bo, gus = visit("ada", {"*": "manage"}), visit("bo"), visit("gus", guest=True)
    thread, hidden = await ada.threads.open("invoice:1", "Which?"), await ada.threads.open("invoice:1", "Whose?")
    await ada.threads.open("invoice:9", "Where?")

    async def told():
        views = [await who.conversation("invoice:1") for who in (host, ada, bo, gus)]
        return [view.model_dump(exclude={"cursor"}) for view in views]

    async def show_that(step, *, changes=True):
        before = await told()
        assert before == await told()
        await step()
        now = await told()
        service.app.state.pages = conversation.pages()
        assert now == await told()
        assert (now != before) is changes

    await show_that(lambda: bo.records.watch("invoice:1", "all"))
    await show_that(lambda: bo.records.watch("invoice:1", "none"))
    await show_that(lambda: ada.records.watch("invoice:0", "none"))
    await show_that(lambda: host.records.describe("invoice:1", parent=None))
    await show_that(lambda: bo.threads.read(thread.id, 1))
    await show_that(lambda: bo.threads.comment(thread.id, "This one. <@ada>"))
    await show_that(lambda: ada.threads.comment(thread.id, "That one."))
    await show_that(lambda: ada.threads.set_visibility(hidden.id, "restricted", members=["ada"]))
    await show_that(lambda: ada.threads.comment(hidden.id, "Mine."))
    await show_that(lambda: ada.threads.watch(hidden.id, "none"))
    await show_that(lambda: host.people.describe([{"id": "bo", "name": "Bo the Second"}]))
    await show_that(lambda: ada.threads.open("invoice:9", "Who?"), changes=False)
    await show_that(lambda: host.records.rename("invoice:1", "invoice:2"))
    await show_that(lambda: ada.threads.open("invoice:2", "When?"))
    await show_that(lambda: host.records.merge("invoice:9", "invoice:2"))
    await show_that(lambda: host.people.erase("bo"))


async def test_what_somebody_saw_is_not_theirs_with_less_of_a_grant(visit):
    await visit("ada", {"*": "manage"}).threads.open("invoice:1", "Which?")
    levels = [(await visit("ada", {"*": level}).conversation("invoice:1")).viewer.level for level in ("manage", "read")]

    assert levels == ["manage", "read"]
    with pytest.raises(NotFound):
        await visit("ada", {"order:*": "read"}).conversation("invoice:1")


async def test_what_nobody_has_seen_since_it_changed_is_looked_up_in_a_snapshot_and_only_there(service, world, visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open("invoice:1", "Which?")
    caller = Caller(world.workspace, name="ada", person_id="ada", role="member", grants={"*": "comment"})
    state, asked = service.app.state, record_page.Asked("invoice:1", None, None, None, 20, "html")

    def glance(through):
        look = through(state.database.together(world.workspace))
        return on_the_services_loop(service, conversation.at_once(look, state.kept, state.pages, caller, asked))

    looks = []
    await ada.conversation("invoice:1")
    await bo.threads.comment(thread.id, "One more.")
    unseen = await glance(lambda look: looks.append(Counting(look)) or looks[0])
    await bo.conversation("invoice:1")
    painted = await glance(lambda look: look)

    assert (unseen, len(looks[0].asked)) == (None, 1)
    assert orjson.loads(orjson.dumps(painted.shown()))["threads"][0]["comment_count"] == 2


async def test_what_is_as_it_was_is_one_statement(service, world, visit):
    ada = visit("ada")
    for number in range(3):
        await ada.threads.open("invoice:1", f"no. {number}")
    seen = await ada.conversation("invoice:1")
    caller = Caller(world.workspace, name="ada", person_id="ada", role="member", grants={"*": "comment"})
    state, asked = service.app.state, record_page.Asked("invoice:1", None, None, None, 20, "html")

    async def look(through=lambda reading: reading):
        async with state.database.reading(world.workspace) as reading:
            painted = await conversation.at_once(through(reading), state.kept, state.pages, caller, asked)
        return [thread["id"] for thread in orjson.loads(orjson.dumps(painted.shown()))["threads"]]

    looks = []
    first = await on_the_services_loop(service, look())
    again = await on_the_services_loop(service, look(lambda reading: looks.append(Counting(reading)) or looks[0]))
    await ada.threads.comment(seen.threads[0].id, "One more.")
    await visit("bo").conversation("invoice:1")
    changed = await on_the_services_loop(service, look())

    assert first == again == changed == [thread.id for thread in seen.threads]
    assert len(looks[0].asked) == 1
