"""A workspace is a wall, and what one may not see is what does not exist: every operation, every wrong caller."""

import json
import re
import time

import pytest

from apropos import person_token
from calling import http_client
from conftest import token_for
from listening import until
from operations import ROUTES, Known, address, calls, nobodys

RECORD = "forecast_line:a/b%2F ü:عربي"
CREATES = {("POST", "/v1/threads"), ("POST", "/v1/attachments")}
"""Where an id that nothing has is one to create with."""
OPERATIONS = [one for one in ROUTES if one != ("GET", "/v1/live")]


@pytest.fixture
async def kept(http):
    """Something to hide: what a workspace holds, by id."""
    hook = (await http.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/theirs", "types": ["thread.opened"]})).json()
    file = (await http.post("/v1/attachments", files={"file": ("theirs.txt", b"theirs")}, data={"record": RECORD})).json()
    draft = {"record": RECORD, "body": "theirs", "visibility": "internal", "attachments": [file["id"]]}
    thread = (await http.post("/v1/threads", json=draft)).json()
    action = (await http.post(f"/v1/threads/{thread['id']}/actions", json={"text": "theirs"})).json()
    key = (await http.post("/v1/keys", json={"name": "theirs"})).json()
    signing = (await http.post("/v1/workspace/signing-keys", json={"kind": "secret"})).json()
    wish = {"thread_id": thread["id"], "person_id": "theirs"}
    request = (await http.post("/v1/access/requests", json=wish)).json()

    async def owed():
        return (await http.get(f"/v1/webhooks/{hook['id']}/deliveries")).json()["data"]

    [delivery] = await until(owed)
    ids = [one["id"] for one in (thread, thread["comments"][0], key, signing, action, file, request, hook, delivery)]
    return Known(*ids[:2], RECORD, *ids[2:])


async def ask(http, operation, known, headers):
    method, path = operation
    call = calls(known)[operation]
    if path == "/v1/stream":
        async with http.stream(method, address(path, known), params=call.query, headers=headers) as answer:
            return answer.status_code, "" if answer.is_success else alike((await answer.aread()).decode(), known)
    body = {"json": call.json} if call.form is None else {"data": call.form, "files": {"file": ("mine.txt", b"mine")}}
    answer = await http.request(method, address(path, known), params=call.query, **body, headers=headers)
    return answer.status_code, alike(answer.text, known)


def alike(text, known):
    """Take out of an answer what differs between any two: the ids that were asked for, fresh ids, times, cursors."""
    for name, value in vars(known).items():
        text = text.replace(value, name).replace(json.dumps(value)[1:-1], name).replace(value.partition(":")[2] or value, name)
    text = re.sub(r"(thr|cmt|act|att|ask|rec|key|evt|wsp|req|whk|dlv)_[0-9a-z]{26}", r"\1", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "time", text)
    text = text.replace('"used_at":"time"', '"used_at":null')  # of the very key that asks: noted a moment after its first use
    return re.sub(r'"(cursor|next|secret|key)":"[^"]*"', r'"\1":"opaque"', text)


def test_every_route_is_asked():
    assert set(calls(nobodys())) == set(ROUTES)


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_a_stranger_is_told_the_same_of_what_is_theirs_and_what_never_was(service, http, kept, operation):
    before = (await http.get("/v1/events")).json()
    other = service.workspace("stranger")
    strangers = [{"Authorization": f"Bearer {other.key}"}, {"Authorization": f"Bearer {token_for(other, 'eve', role='admin')}"}]

    for headers in strangers:
        foreign, random = await ask(http, operation, kept, headers), await ask(http, operation, nobodys(), headers)
        creates = operation in {*CREATES, ("POST", "/v1/workspace/signing-keys")}  # the latter is one too many
        assert creates or foreign == random
        if calls(kept)[operation].about:
            assert foreign[0] in (403, 404), foreign
        assert "theirs" not in foreign[1]

    assert (await http.get("/v1/events")).json()["data"] == before["data"]
    assert (await http.get(f"/v1/threads/{kept.thread}")).json()["status"] == "open"


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_whoever_may_not_see_is_told_the_same_of_what_is_hidden_and_what_never_was(http, kept, bearer, operation):
    outsider = bearer("eve", {"invoice:*": "manage"})
    guest = bearer("gus", {"*": "manage"}, guest=True)

    for headers in (outsider, guest):
        hidden, random = await ask(http, operation, kept, headers), await ask(http, operation, nobodys(), headers)
        if operation not in CREATES:
            assert hidden == random or (headers is guest and operation[1] in ("/v1/records", "/v1/conversation")), hidden
        if calls(kept)[operation].about and not calls(kept)[operation].host:
            assert hidden[0] == 404, hidden
        assert "theirs" not in hidden[1]


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_nobody_is_told_anything(service, world, kept, operation):
    stranger = service.workspace()
    forged = person_token(stranger.secret, workspace=world.workspace, person="ada", grants={"*": "manage"}, role="admin")
    bearers = ["", "Bearer", "Bearer nonsense", f"Basic {world.key}", f"Bearer {world.key[:-1]}", f"Bearer {world.key}x",
               f"Bearer {world.secret}", f"Bearer {world.workspace}", f"Bearer {forged}", f"Bearer {expired(world)}"]  # fmt: skip

    async with http_client(world.url) as nobody:
        answers = [await ask(nobody, operation, kept, {"Authorization": one} if one else {}) for one in bearers]

    assert {status for status, _ in answers} == {401}
    assert not any("theirs" in text for _, text in answers)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if calls(nobodys())[one].host], ids=" ".join)
async def test_a_person_is_refused_what_only_a_server_may_before_anything_else(http, kept, bearer, operation):
    ada = bearer("ada", {"*": "manage"}, role="admin")

    assert (await ask(http, operation, kept, ada))[0] == 403
    assert (await ask(http, operation, nobodys(), ada))[0] == 403


def expired(world):
    """A token that was good until two minutes ago, longer than clocks may differ."""
    passed = time.time
    time.time = lambda: passed() - 720
    try:
        return token_for(world, "ada", {"*": "manage"}, role="admin")
    finally:
        time.time = passed
