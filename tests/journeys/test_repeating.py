"""Sending again, at once, or with an old version in hand: one effect, one answer, never a lost update."""

import asyncio
import uuid
from datetime import UTC, datetime

import pytest

from apropos import Conflict, NotFound, VersionConflict
from apropos._ids import new_id
from calling import http_client

FRIDAY = datetime(2027, 11, 26, 17, tzinfo=UTC)
HOSTILE = "forecast_line:a/b%2F ü:عربي"


async def test_the_same_id_and_content_is_what_exists_whatever_became_of_it(http, bearer):
    ada = bearer("ada")
    draft = {"id": new_id("thr"), "record": HOSTILE, "body": "once"}
    comment = {"id": new_id("cmt"), "body": "me too"}

    first = await http.post("/v1/threads", json=draft, headers=ada)
    posted = await http.post(f"/v1/threads/{draft['id']}/comments", json=comment, headers=ada)
    await http.patch(f"/v1/comments/{comment['id']}", json={"body": "edited"}, headers=ada)
    await http.put(f"/v1/threads/{draft['id']}/resolution", json={"summary": "done"}, headers=ada)
    again = await http.post("/v1/threads", json=draft, headers=ada)
    reposted = await http.post(f"/v1/threads/{draft['id']}/comments", json=comment, headers=ada)

    assert (first.status_code, again.status_code) == (201, 200)
    assert (posted.status_code, reposted.status_code) == (201, 200)
    assert (again.json()["status"], again.json()["comment_count"]) == ("resolved", 2)
    assert reposted.json()["body"] == "edited"


async def test_the_same_id_with_other_content_is_a_conflict(visit):
    ada, bo = visit("ada"), visit("bo")
    thread = await ada.threads.open(HOSTILE, "once")
    comment = await ada.threads.comment(thread.id, "c")
    other = await ada.threads.open(HOSTILE, "other")

    for attempt in (
        lambda: ada.threads.open(HOSTILE, "twice", id=thread.id),
        lambda: ada.threads.open("invoice:1", "once", id=thread.id),
        lambda: bo.threads.open(HOSTILE, "once", id=thread.id),
        *(
            lambda said=said: ada.threads.open(HOSTILE, "once", id=thread.id, comment_id=thread.comments[0].id, **said)
            for said in (
                {"title": "t"},
                {"kind": "question"},
                {"goal": "g"},
                {"sponsor": "bo"},
                {"visibility": "shared"},
                {"labels": ["l"]},
                {"metadata": {"m": 1}},
                {"due_at": FRIDAY},
                {"visibility": "restricted", "members": ["bo"]},
            )
        ),
        lambda: ada.threads.comment(thread.id, "d", id=comment.id),
        lambda: ada.threads.comment(other.id, "c", id=comment.id),
        lambda: bo.threads.comment(thread.id, "c", id=comment.id),
        lambda: ada.threads.open(HOSTILE, "new", comment_id=comment.id),
    ):
        with pytest.raises(Conflict) as refusal:
            await attempt()
        assert refusal.value.code == "id_conflict"

    assert (await ada.threads.get(thread.id)).comment_count == 2


async def test_an_id_of_another_workspace_or_of_what_one_may_not_see_is_not_found(service, visit):
    elsewhere = service.workspace("elsewhere")
    ada, guest = visit("ada"), visit("guest", guest=True)
    hidden = await ada.threads.open(HOSTILE, "internal")
    shared = await ada.threads.open(HOSTILE, "shared", visibility="shared")

    for attempt in (
        lambda: guest.threads.open(HOSTILE, "x", id=hidden.id),
        lambda: guest.threads.comment(shared.id, "x", id=hidden.comments[0].id),
        lambda: guest.threads.open(HOSTILE, "x", comment_id=hidden.comments[0].id),
    ):
        with pytest.raises(NotFound):
            await attempt()
    async with http_client(service.url, elsewhere.key) as stranger:
        own = (await stranger.post("/v1/threads", json={"record": HOSTILE, "body": "own"})).json()
        thread = await stranger.post("/v1/threads", json={"id": hidden.id, "record": HOSTILE, "body": "internal"})
        comment = await stranger.post(f"/v1/threads/{own['id']}/comments", json={"id": hidden.comments[0].id, "body": "internal"})
    assert (thread.status_code, comment.status_code) == (404, 404)
    assert (await ada.conversation(HOSTILE)).threads != []


async def test_a_key_repeats_the_first_answer(http, bearer):
    headers = {**bearer("ada"), "Idempotency-Key": str(uuid.uuid4())}
    first = await http.post("/v1/threads", json={"record": HOSTILE, "body": "once"}, headers=headers)
    again = await http.post("/v1/threads", json={"record": HOSTILE, "body": "once"}, headers=headers)
    other = await http.post("/v1/threads", json={"record": HOSTILE, "body": "twice"}, headers=headers)
    someone = await http.post("/v1/threads", json={"record": HOSTILE, "body": "once"}, headers={**headers, **bearer("bo")})

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert someone.json()["id"] != first.json()["id"]


async def test_a_key_works_on_every_kind_of_change(http, bearer):
    ada = bearer("ada")
    thread = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=ada)).json()
    path = f"/v1/threads/{thread['id']}"

    for method, address, body in (
        ("PATCH", path, {"goal": "G"}),
        ("PUT", f"{path}/resolution", {"summary": "done"}),
        ("DELETE", f"{path}/resolution", None),
        ("PUT", f"{path}/watch", {"level": "all"}),
        ("POST", f"{path}/comments", {"body": "y"}),
    ):
        headers = {**ada, "Idempotency-Key": str(uuid.uuid4())}
        first = await http.request(method, address, json=body, headers=headers)
        await http.patch(path, json={"title": method}, headers=ada)
        again = await http.request(method, address, json=body, headers=headers)
        assert first.is_success
        assert (again.status_code, again.content) == (first.status_code, first.content)


async def test_twenty_identical_calls_at_once_have_one_effect(http, bearer):
    headers = {**bearer("ada"), "Idempotency-Key": "once"}

    answers = await asyncio.gather(
        *(http.post("/v1/threads", json={"record": HOSTILE, "body": "once"}, headers=headers) for _ in range(20))
    )

    done = [answer for answer in answers if answer.status_code == 201]
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert len(done) + len(waiting) == 20
    assert len({answer.content for answer in done}) == 1
    assert all("retry-after" in answer.headers for answer in waiting)
    view = (await http.get("/v1/conversation", params={"record": HOSTILE})).json()
    assert len(view["threads"]) == 1


async def test_twenty_times_the_same_id_at_once_is_one_comment(http, bearer):
    ada = bearer("ada")
    thread = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=ada)).json()
    draft = {"id": new_id("cmt"), "body": "once"}

    answers = await asyncio.gather(*(http.post(f"/v1/threads/{thread['id']}/comments", json=draft, headers=ada) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    shown = (await http.get(f"/v1/threads/{thread['id']}", headers=ada)).json()
    assert (shown["comment_count"], shown["seq"]) == (2, thread["seq"] + 1)


async def test_a_stale_version_is_answered_with_what_is_there_now(visit):
    ada = visit("ada")
    thread = await ada.threads.open(HOSTILE, "x")
    comment = thread.comments[0]
    await ada.comments.edit(comment.id, "mine", version=comment.version)
    await ada.threads.change(thread.id, goal="mine", version=thread.version)

    with pytest.raises(VersionConflict) as of_comment:
        await ada.comments.edit(comment.id, "yours", version=comment.version)
    with pytest.raises(VersionConflict) as of_thread:
        await ada.threads.resolve(thread.id, "yours", version=thread.version)

    assert of_comment.value.current.body == "mine"
    assert of_thread.value.current.goal == "mine"


async def test_of_two_racing_edits_one_wins_and_one_is_told(http, bearer):
    ada = bearer("ada")
    thread = (await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=ada)).json()

    for version in range(1, 26):
        headers = {**ada, "If-Match": f'"{version}"'}
        racing = [http.patch(f"/v1/threads/{thread['id']}", json={"goal": f"{who} {version}"}, headers=headers) for who in "ab"]
        assert sorted(answer.status_code for answer in await asyncio.gather(*racing)) == [200, 412]


async def test_an_etag_is_the_version(http):
    thread = await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"})
    changed = await http.patch(
        f"/v1/threads/{thread.json()['id']}", json={"goal": "G"}, headers={"If-Match": thread.headers["etag"]}
    )
    nonsense = await http.patch(f"/v1/threads/{thread.json()['id']}", json={"goal": "G"}, headers={"If-Match": "nonsense"})

    assert changed.headers["etag"] == f'"{changed.json()["version"]}"'
    assert nonsense.status_code == 422
