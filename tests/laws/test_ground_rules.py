"""The ground rules of the contract, by bare HTTP: what every operation does with what is unknown, malformed or stale."""

import json
import re

import httpx
import pytest

from apropos._ids import new_id
from calling import http_client
from operations import ROUTES, address, calls, nobodys

HOSTILE = "forecast_line:a/b%2F ü:عربي"
NOBODY = nobodys()
OPERATIONS = [one for one in ROUTES if one != ("GET", "/v1/live")]
WITH_BODY = [one for one in OPERATIONS if isinstance(calls(NOBODY)[one].json, dict)]
WITHOUT_BODY = [one for one in OPERATIONS if one[0] != "GET" and one not in WITH_BODY and one != ("POST", "/v1/attachments")]
MAY_SAY_NOTHING = {("PUT", "/v1/comments/{comment_id}/record")}
"""Which of those with a body may come without."""
ADA = {"Apropos-Actor": "ada"}
JSON = {"Content-Type": "application/json"}


def draft(rest):
    return b'{"record": "invoice:1", "body": "x", ' + rest + b"}"


def wrong(answer):
    """Return the members that a refusal names; it is one in every way."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= document.keys()
    assert (document["type"], document["status"]) == (f"/problems/{document['code']}", 422)
    return [error["path"] for error in document["errors"]]


@pytest.fixture
async def thread(http):
    return (await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers=ADA)).json()


@pytest.mark.parametrize("operation", WITH_BODY, ids=" ".join)
async def test_an_unknown_member_is_refused_by_name(http, operation):
    method, path = operation
    call = calls(NOBODY)[operation]

    answer = await http.request(method, address(path, NOBODY), params=call.query, json={**call.json, "nope": 1}, headers=ADA)

    assert wrong(answer) == ["nope"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_an_unknown_parameter_is_refused_by_name(http, operation):
    method, path = operation
    call = calls(NOBODY)[operation]

    answer = await http.request(method, address(path, NOBODY), params={**call.query, "nope": 1}, json=call.json)

    assert wrong(answer) == ["nope"]


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if "{" in one[1]], ids=" ".join)
async def test_what_the_path_says_is_not_a_parameter_beside_it(http, operation):
    method, path = operation
    call = calls(NOBODY)[operation]
    for name in re.findall(r"{(\w+)}", path):
        if name not in call.query:
            query = {**call.query, name: "x"}
            assert wrong(await http.request(method, address(path, NOBODY), params=query, json=call.json)) == [name]


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
async def test_a_parameter_that_is_given_twice_is_refused_by_name(http, operation):
    method, path = operation
    call = calls(NOBODY)[operation]
    twice = httpx.QueryParams(call.query).add("render", "html").add("render", "nodes")

    assert wrong(await http.request(method, address(path, NOBODY), params=twice, json=call.json)) == ["render"]


async def test_of_parameters_only_lists_are_given_several_times(http):
    for path, query in (
        ("/v1/threads", [("status", "open"), ("status", "resolved")]), ("/v1/threads", [("limit", 1), ("limit", 2)]),
        ("/v1/events", [("types", "comment.posted"), ("types", "thread.opened")]),
    ):  # fmt: skip
        assert wrong(await http.get(path, params=query)) == [query[0][0]]
    for path in ("/v1/records", "/v1/counts"):
        assert (await http.get(path, params=[("record", "invoice:1"), ("record", HOSTILE)])).status_code == 200


async def test_events_of_a_type_that_there_is_not_are_refused(http):
    for types in ("no.such", "comment.posted,no.such", "*"):
        assert wrong(await http.get("/v1/events", params={"types": types})) == ["types"]
    assert (await http.get("/v1/events", params={"types": "comment.posted,thread.opened"})).status_code == 200


@pytest.mark.parametrize("operation", WITHOUT_BODY, ids=" ".join)
async def test_what_is_said_where_no_body_is_taken_is_refused_by_name(http, operation):
    method, path = operation
    call = calls(NOBODY)[operation]

    async def ask(content):
        headers = {**JSON, **ADA}
        return await http.request(method, address(path, NOBODY), params=call.query, content=content, headers=headers)

    assert wrong(await ask(b'{"nope": 1, "reason": "why"}')) == ["nope", "reason"]
    assert wrong(await ask(b"[1]")) == ["body"]
    silent = [(await ask(content)).status_code for content in (b"", b"{}")]
    assert silent[0] == silent[1] != 422


@pytest.mark.parametrize("operation", WITH_BODY, ids=" ".join)
async def test_what_is_no_object_is_refused(http, operation):
    method, path = operation
    nothing = () if operation in MAY_SAY_NOTHING else (b"", b"null")
    for body in (*nothing, b"[]", b'"x"', b"{", b"{}x", b"\xff", b"[" * 100_000):
        asked = {"params": calls(NOBODY)[operation].query, "content": body, "headers": {**JSON, **ADA}}
        assert wrong(await http.request(method, address(path, NOBODY), **asked)) == ["body"], body[:8]


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"])
async def test_a_body_says_that_it_is_json(http, kind):
    answer = await http.post("/v1/threads", content=draft(b'"kind": "comment"'), headers={"Content-Type": kind} if kind else {})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"])
async def test_json_goes_by_several_names(http, kind):
    answer = await http.post("/v1/threads", content=draft(b'"kind": "comment"'), headers={"Content-Type": kind})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("rest", "member"),
    [
        (b'"title": "\\ud800"', "body"), (b'"title": "a\\u0000"', "title"), (b'"metadata": {"\\udfff": 1}', "body"),
        (b'"metadata": {"a": 1e999}', "body"), (b'"metadata": {"a": -Infinity}', "body"), (b'"metadata": {"a": NaN}', "body"),
        (b'"metadata": {"a": ' + b"9" * 5_000 + b"}", "body"), (b'"due_at": 1e9', "due_at"), (b'"due_at": "soon"', "due_at"),
        (b'"due_at": "2026-11-27T17:00:00"', "due_at"), (b'"due_at": "0001-01-01T00:00:00Z"', "due_at"),
        (b'"id": "thr_1"', "id"), (b'"id": 1', "id"), (b'"kind": "shout"', "kind"), (b'"labels": "one"', "labels"),
        (b'"field": "a//b"', "field"), (b'"sponsor": "a\\nb"', "sponsor"), (b'"visibility": "public"', "visibility"),
    ],
    ids=lambda one: repr(one)[:40],
)  # fmt: skip
async def test_what_is_not_right_in_a_body_is_named(http, rest, member):
    assert wrong(await http.post("/v1/threads", content=draft(rest), headers=JSON))[0].startswith(member)


async def test_numbers_of_any_size_are_taken_as_doubles(http):
    fields = b'{"a": 1180591620717411303424, "b": 18446744073709551615, "c": 1e308}'
    content = b'{"records": [{"record": "invoice:1", "fields": ' + fields + b"}]}"

    answer = await http.post("/v1/records", content=content, headers=JSON)

    assert [field["value"] for field in answer.json()["data"][0]["fields"].values()] == [2**70, 2**64 - 1, 1e308]


async def test_deep_metadata_comes_back_as_it_went(http):
    deep = json.loads("[" * 200 + "]" * 200)

    answer = await http.post("/v1/threads", json={"record": HOSTILE, "body": "x", "metadata": {"a": deep, "\u2028": "\u0001"}})

    assert answer.json()["metadata"] == {"a": deep, "\u2028": "\u0001"}


async def test_a_body_over_its_limit_is_too_large_however_it_comes(http):
    async def pieces():
        for _ in range(11):
            yield b" " * 100_000

    for content in (b" " * 1_000_001, pieces()):
        answer = await http.post("/v1/threads", content=content, headers=JSON)
        assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "too_large", 1_000_000)


async def test_what_describes_records_may_be_eight_times_as_large(http):
    records = [{"record": f"invoice:{number}", "fields": {"note": "x" * 1_000}} for number in range(500)]
    padded = json.dumps({"records": records}) + " " * 6_000_000

    assert (await http.post("/v1/records", content=padded, headers=JSON)).status_code == 200
    assert (await http.post("/v1/records", content=padded + " " * 2_000_000, headers=JSON)).status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/nothing", "/v1/threads/", "/v1//threads", "/v1/threads/x/y/z", "/v2/threads"]
)
async def test_an_address_that_leads_nowhere_is_not_found(http, path):
    answer = await http.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("thread_id", ["nonsense", "thr_1", "cmt_ID", "THR_ID", "thr_ID", "%00", "%ff", "..%2f"])
async def test_an_id_that_is_none_is_not_found(http, thread_id):
    thread_id = thread_id.replace("ID", new_id("thr").partition("_")[2])
    answer = await http.get(f"/v1/threads/{thread_id}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_method_that_does_not_go_says_which_do(http, thread):
    address = f"/v1/threads/{thread['id']}"
    refused, asked = await http.delete(address), await http.options(address)

    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    assert refused.headers["allow"] == asked.headers["allow"] == "GET, HEAD, OPTIONS, PATCH"
    assert (asked.status_code, asked.content) == (204, b"")
    assert (await http.options("/v1/nothing")).status_code == 404


async def test_head_is_get_without_the_body(http, thread):
    address = f"/v1/threads/{thread['id']}"
    whole, head = await http.get(address), await http.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("etag", "content-length", "content-type")} == {
        name: whole.headers[name] for name in ("etag", "content-length", "content-type")
    }
    assert (await http.head(f"/v1/threads/{new_id('thr')}")).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "ü", "a" * 1_999, "%00", "AAAA", "=", "../.."])
@pytest.mark.parametrize(
    ("path", "name"), [("/v1/threads", "cursor"), (f"/v1/conversation?record={HOSTILE}", "cursor"), ("/v1/events", "after")]
)
async def test_a_cursor_that_is_not_ours_is_refused(http, path, name, cursor):
    assert wrong(await http.get(httpx.URL(path).copy_add_param(name, cursor))) == [name]


async def test_a_cursor_of_another_list_or_another_workspace_is_refused(service, http, thread):
    for _ in range(2):
        await http.post("/v1/threads", json={"record": HOSTILE, "body": thread["id"]})
    log = (await http.get("/v1/conversation", params={"record": HOSTILE})).json()["cursor"]
    threads = (await http.get("/v1/threads", params={"limit": 1})).json()["next"]
    elsewhere = {"Authorization": f"Bearer {service.workspace().key}"}

    assert (await http.get("/v1/threads", params={"cursor": threads})).status_code == 200
    assert wrong(await http.get("/v1/threads", params={"cursor": log})) == ["cursor"]
    assert wrong(await http.get("/v1/events", params={"after": threads})) == ["after"]
    assert wrong(await http.get("/v1/threads", params={"cursor": threads}, headers=elsewhere)) == ["cursor"]


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "1.5", "", "9" * 5_000])
async def test_a_limit_is_1_to_100(http, limit):
    assert wrong(await http.get("/v1/threads", params={"limit": limit})) == ["limit"]


async def test_a_stale_version_gets_what_is_there_now_and_changes_nothing(http, thread):
    address = f"/v1/threads/{thread['id']}"
    fresh = await http.patch(address, json={"goal": "one"}, headers={"If-Match": f'"{thread["version"]}"'})
    stale = await http.patch(address, json={"goal": "two"}, headers={"If-Match": f'"{thread["version"]}"'})

    assert fresh.headers["etag"] == f'"{fresh.json()["version"]}"'
    assert (stale.status_code, stale.json()["code"], stale.json()["current"]["goal"]) == (412, "version_conflict", "one")
    current = fresh.headers["etag"]
    for tag in ("*", current, f"W/{current}", f'"zzz", {current}', f'{current},"999"', f'"999" , W/{current}'):
        assert (await http.patch(address, json={"goal": "one"}, headers={"If-Match": tag})).status_code == 200
    neither = await http.patch(address, json={"goal": "two"}, headers={"If-Match": '"zzz", "998", "999"'})
    assert (neither.status_code, neither.json()["current"]["goal"]) == (412, "one")
    for tag in ("x", '""', '"-1"', '"²"'.encode(), '"x", "y"', ",", '"' + "9" * 5_000 + '"'):
        assert wrong(await http.patch(address, json={"goal": "one"}, headers={"If-Match": tag})) == ["If-Match"]


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-1.x_Y", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ("a\tb", False)]
)
async def test_a_request_id_is_accepted_or_made_and_always_returned(http, given, kept):
    for path in ("/v1/threads", "/v1/nothing", "/healthz"):
        returned = (await http.get(path, headers={"X-Request-Id": given})).headers["x-request-id"]
        assert returned == given if kept else returned.startswith("req_")


async def test_whoever_asks_too_much_is_told_when_to_come_back(service, world):
    limits = service.app.state.limits
    before, limits._most = limits._most, 3  # noqa: SLF001 the limit of this one test
    try:
        async with http_client(world.url, world.key) as hasty:
            answers = [await hasty.get("/v1/threads") for _ in range(7)]
    finally:
        limits._most = before  # noqa: SLF001

    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "rate_limited"
    assert 1 <= int(refused.headers["retry-after"]) <= 11
    assert refused.headers["ratelimit-policy"] == '"default";q=3;w=10'
    assert refused.headers["ratelimit"] == f'"default";r=0;t={refused.headers["retry-after"]}'


async def test_a_problem_says_nothing_of_who_asks_from_where(http):
    refused = await http.get("/v1/nothing", headers={"Origin": "https://crm.example"})

    assert refused.headers["access-control-allow-origin"] == "*"
    assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("record", ["", "x", ":x", "x:", "X:1", "1x:1", "invoice:" + "x" * 256, "invoice:\x00", "invoice:a\nb"])
async def test_a_name_that_is_no_records_is_refused(http, record):
    assert wrong(await http.get("/v1/conversation", params={"record": record})) == ["record"]
    assert wrong(await http.post("/v1/threads", json={"record": record, "body": "x"})) == ["record"]


@pytest.mark.parametrize("key", ["a/b%2F ü:عربي", "..", "%00", "+ &=?#;", "🙂" * 255, "\u2028\u202e", "'; --", "\\", '"', " "])
async def test_a_key_of_any_script_is_kept_byte_for_byte(http, key):
    record = f"invoice:{key}"
    opened = await http.post("/v1/threads", json={"record": record, "body": "x"})

    shown = (await http.get("/v1/conversation", params={"record": record})).json()

    assert (opened.json()["record"], shown["record"]["key"], len(shown["threads"])) == (record, key, 1)
    assert (await http.get("/v1/counts", params={"record": record})).json()["data"][record]["total"] == 1


@pytest.mark.parametrize("path", ["/widget/apropos.js", "/v1/threads", "/nowhere"])
async def test_pages_of_any_origin_may_ask_and_are_told_so_once(http, path):
    answer = await http.get(path, headers={"Origin": "https://crm.example"})

    assert answer.headers.get_list("access-control-allow-origin") == ["*"]


async def test_an_address_longer_than_any_file_is_not_found(http):
    assert (await http.get(f"/widget/{'0' * 3000}")).status_code == 404
