"""What is internal or restricted never shows where it must not: every event, on every way out, to every kind of caller.

Each scene is played in an internal, a shared and a restricted thread of one record, and writes a word of its own
everywhere that something can be written. Then everybody asks every route that looks, and listens from the beginning.
A new type of event needs a scene (`tests/scenes.py`); a new route that looks must be named in `SHOWS` or `SILENT` here.
"""

import json
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from apropos_service.events.catalog import CATALOG
from calling import http_client
from conftest import token_for
from listening import page
from operations import ROUTES, Known, address, calls, nobodys
from scenes import SCENES, Cast

RECORD = "forecast_line:a/b%2F ü:عربي"
VISIBILITIES = ("internal", "shared", "restricted")
LOOKS = sorted({one for one in ROUTES if one[0] == "GET"} | {("POST", "/v1/counts")})
SHOWS = {
    ("GET", "/v1/conversation"), ("GET", "/v1/events"), ("GET", "/v1/stream"), ("GET", "/v1/threads"),
    ("GET", "/v1/threads/{thread_id}"), ("GET", "/v1/threads/{thread_id}/actions"),
    ("GET", "/v1/threads/{thread_id}/comments"), ("GET", "/v1/comments/{comment_id}/history"),
    ("GET", "/v1/attachments/{attachment_id}"), ("GET", "/v1/live"),
}  # fmt: skip
"""Ways out that give what people wrote to those who may see it: there, the word must be found."""
SILENT = {
    ("GET", "/v1/counts"), ("POST", "/v1/counts"), ("GET", "/v1/keys"), ("GET", "/v1/people"), ("GET", "/v1/records"),
    ("GET", "/v1/records/watch"), ("GET", "/v1/workspace"), ("GET", "/v1/workspace/signing-keys"), ("GET", "/v1/inbox"),
    ("GET", "/v1/attachments"), ("GET", "/v1/templates"), ("GET", "/v1/preferences"), ("GET", "/v1/webhooks"), ("GET", "/v1/audit"),
    ("GET", "/v1/webhooks/{webhook_id}"), ("GET", "/v1/webhooks/{webhook_id}/deliveries"),
}  # fmt: skip
"""Ways out that need not give it: there, only who may not see it is looked at."""
SEES = {
    "host": {"internal", "shared", "restricted"},
    "read key": {"internal", "shared", "restricted"},
    "describe key": set(),
    "insider": {"internal", "shared", "restricted"},
    "member": {"internal", "shared"},
    "manager": {"internal", "shared"},
    "admin": {"internal", "shared"},
    "guest": {"shared"},
    "guest inside": {"shared", "restricted"},
    "elsewhere": set(),
    "stranger": set(),
    "stranger's host": set(),
    "nobody": set(),
}
"""Who sees threads of which visibility on the record. The law is this table; `access/policy.py` has to agree."""
PAGED = {"/v1/conversation", "/v1/events", "/v1/threads", "/v1/people", "/v1/inbox", "/v1/audit"}
NOT_IN_A_THREAD = {kind for kind in CATALOG if kind.startswith(("record.", "person.", "access.", "webhook."))}
DESCRIBED = ("describe key", "/v1/records")
"""Whoever may describe a record sees how it is described."""
READS_HISTORY = {"host", "insider", "manager", "admin"}


@dataclass
class Told:
    """What was written, by `(event, visibility)`; which ids are of which visibility; a thread and a comment of each."""

    beginning: str
    record: str = RECORD
    words: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)
    end: str = ""

    def found(self, text):
        """Return what of all that was written is in a text."""
        return {key for key, word in self.words.items() if word in text}

    def may_find(self, who):
        """Return all that somebody must be able to find."""
        return {key for key in self.words if key[1] in SEES[who]}

    def leaked(self, text, who):
        """Return what of a text somebody must not be told: words, and ids of threads and comments."""
        ids = {one for one, visibility in self.ids.items() if visibility not in SEES[who] and one in text}
        return (self.found(text) - self.may_find(who)) | ids


@pytest.fixture
async def told(host, visit, settled):
    """Every scene, played in a thread of each visibility; and what readers made of it."""
    ada, bo = visit("ada", {"*": "manage"}), visit("bo")
    await host.people.groups({"id": "everybody", "name": "Everybody", "members": ["mo", "gus", "eve", "ada", "bo", "gil"]})
    hook = await host.webhooks.create("http://127.0.0.1:9/", description="hears of everything")
    played = Told((await host.events.list()).next)
    for visibility in VISIBILITIES:
        about = {"visibility": visibility, "field": "q3/amount"}
        about |= {"members": ["bo", "gil"]} if visibility == "restricted" else {}
        for number, kind in enumerate(sorted(set(SCENES) - NOT_IN_A_THREAD)):
            word = played.words[kind, visibility] = f"Kanarienvogel{VISIBILITIES.index(visibility)}{number:02}z"
            cast = Cast(host, ada, bo, ("ada", "bo"), RECORD, f"{word} <@group:everybody> <@group:{word}>", about=about)
            await cast.open()
            await SCENES[kind](cast)
        file = await ada.attachments.upload(RECORD, word.encode(), f"{word}.txt")
        opened = await cast.open(attachments=[file.id])
        played.known[visibility] = Known(
            opened.id, opened.comments[0].id, RECORD, "key_x", "key_x", "act_x", file.id, webhook=hook.id
        )
    async for thread in host.threads.list(record=RECORD):
        played.ids[thread.id] = thread.visibility
        played.ids |= {comment.id: thread.visibility async for comment in host.threads.comments(thread.id)}
    played.end = (await ada.threads.open(RECORD, "the end", visibility="shared")).comments[0].id
    await settled()
    return played


@pytest.fixture
async def bearers(service, world, host):
    """What each kind of caller shows."""
    other, everywhere = service.workspace("stranger"), {"*": "comment"}
    keys = {f"{scope} key": (await host.workspace.keys.create(scope, scope=scope)).key for scope in ("read", "describe")}
    return {
        "host": world.key,
        **keys,
        "insider": token_for(world, "ada", everywhere),
        "member": token_for(world, "mo", everywhere),
        "manager": token_for(world, "mia", {"*": "manage"}),
        "admin": token_for(world, "root", {}, role="admin"),
        "guest": token_for(world, "gus", everywhere, guest=True),
        "guest inside": token_for(world, "gil", everywhere, guest=True),
        "elsewhere": token_for(world, "eve", {"invoice:*": "manage", f"{RECORD} else": "manage"}),
        "stranger": token_for(other, "ada", {"*": "manage"}, role="admin"),
        "stranger's host": other.key,
        "nobody": "",
    }


def test_every_route_that_looks_is_named():
    missing = set(LOOKS) - SHOWS - SILENT

    assert not missing, f"say in tests/laws/test_leaks.py whether these give what people wrote (SHOWS) or not (SILENT): {missing}"
    assert set(LOOKS) >= SHOWS | SILENT, "there is no such route any more"
    assert set(SCENES) == set(CATALOG), "write a scene in tests/scenes.py"


async def test_nothing_internal_gets_out(world, bearers, told):
    assert set(bearers) == set(SEES)
    for who, bearer in bearers.items():
        async with http_client(world.url, bearer) as http:
            for way in LOOKS:
                if "{" in way[1]:
                    await must_be_hidden_by_id(told, http, way, who)
                else:
                    text = await EARS.get(way[1], ask)(told, http, way)
                    must_show_no_more_than_allowed(told, text, way, who)
            await must_count_no_more_than_allowed(told, http, who)
            await must_find_no_more_than_allowed(told, http, who)


async def test_nothing_of_a_record_gets_out_to_whom_it_is_not_granted(world, bearers, host, visit):
    ada, bo = visit("ada"), visit("bo")
    beginning, played = (await host.events.list()).next, []
    for kind in sorted(NOT_IN_A_THREAD):
        cast = Cast(host, ada, bo, ("ada", "bo"), f"{RECORD} {kind}", f"Kanarienvogel {kind}")
        await host.records.describe(cast.record, title=cast.text)
        await SCENES[kind](cast)
        played.append(Told(beginning, cast.record, words={(kind, "internal"): cast.text}))

    for who in (who for who, sees in SEES.items() if not sees):
        async with http_client(world.url, bearers[who]) as http:
            for told in played:
                for way in (way for way in LOOKS if "{" not in way[1] and (who, way[1]) != DESCRIBED):
                    assert told.leaked(await EARS.get(way[1], ask)(told, http, way), who) == set(), (who, way)


async def test_a_cursor_tells_nothing_of_what_one_may_not_see(world, host, bearers):
    async with http_client(world.url, bearers["guest"]) as http:
        seen = []
        for _ in range(12):  # the log grows from one digit to two
            twice = [await http.get("/v1/conversation", params={"record": RECORD}) for _ in range(2)]
            seen += [answer.json()["cursor"] for answer in twice]
            await host.threads.open(RECORD, "not for guests", visibility="internal")

    assert len(set(seen)) == len(seen), "equal cursors would tell that nothing happened"
    assert len({len(cursor) for cursor in seen}) == 1, "longer ones would tell how much did"


def must_show_no_more_than_allowed(told, text, way, who):
    """Fail where somebody finds what they must not, or not all that they may."""
    assert told.leaked(text, who) == set(), (who, way)
    if way in SHOWS:
        may_ask = way[1] != "/v1/events" or who in ("host", "read key")
        assert told.found(text) == (told.may_find(who) if may_ask else set()), (who, way)


async def must_count_no_more_than_allowed(told, http, who):
    """Fail where a number tells that there is more than one may see."""
    answer = await http.get("/v1/counts", params={"record": told.record})
    if answer.is_success:
        mine = [of for one, of in told.ids.items() if one.startswith("thr_") and of in SEES[who]]
        assert answer.json()["data"][told.record]["total"] == len(mine) + bool(SEES[who]), who


async def must_find_no_more_than_allowed(told, http, who):
    """Fail where a search finds more than one may see, less, or tells by its answer that there would be more."""
    answer = await http.get("/v1/threads", params={"q": "kanarienvogel", "limit": 100})
    if answer.is_success:
        found, said = answer.json()["data"], answer.text
        while answer.json()["next"]:
            answer = await http.get("/v1/threads", params={"q": "kanarienvogel", "limit": 100, "cursor": answer.json()["next"]})
            found, said = found + answer.json()["data"], said + answer.text
            assert answer.json()["data"], "a page with nothing on it tells that there is something"
        assert told.leaked(said, who) == set(), who
        mine = {one for one, of in told.ids.items() if one.startswith("thr_") and of in SEES[who]}
        assert {one["id"] for one in found} == mine, who
        hidden = {visibility: word for (_, visibility), word in told.words.items() if visibility not in SEES[who]}
        for word in [*hidden.values(), "nobody wrote this"]:
            page = await http.get("/v1/threads", params={"q": word, "limit": 1})
            assert page.json() == {"data": [], "next": None}, who


async def must_be_hidden_by_id(told, http, way, who):
    """Fail where an id is answered to somebody who must not know that it exists, or not answered to who may."""
    only_others = who == "describe key" or (calls(nobodys())[way].host and who != "stranger's host")
    hidden = 403 if only_others else 404  # what only servers may, or others than those that describe, is said to be so
    for visibility, known in told.known.items():
        answer = await http.request(way[0], address(way[1], known))
        sees = visibility in SEES[who]
        assert told.leaked(answer.text, who) == set(), (who, way, visibility)
        if way in SHOWS:
            assert answer.is_success == (sees and ("history" not in way[1] or who in READS_HISTORY)), (who, way, visibility)
        if not sees:
            assert answer.status_code == (401 if who == "nobody" else hidden), (who, way, visibility)


async def ask(told, http, way):
    """Return all that a route says, page after page."""
    call = calls(Known("", "", told.record, "", "", "", [known.attachment for known in told.known.values()]))[way]
    query, said = {**call.query, **({"limit": 100} if way[1] in PAGED else {})}, ""
    while True:
        answer = await http.request(way[0], way[1], params=query, json=call.json)
        said += answer.text
        found = answer.json() if answer.is_success else {}
        if not found.get("next") or found.get("data") == []:
            return said
        query["after" if way[1] == "/v1/events" else "cursor"] = found["next"]


async def hear_stream(told, http, way):
    """Return all that a stream says from the beginning of the log to its end, or what refuses it."""
    said, where = "", {"record": told.record, "after": told.beginning}
    async with http.stream("GET", way[1], params=where) as answer:
        if not answer.is_success:
            return (await answer.aread()).decode()
        async with aclosing(answer.aiter_text()) as pieces:
            async for piece in pieces:
                said += piece
                if told.end in said:
                    return said
                if "event: resync" in said and "event: subscribed" in said:
                    break  # whose cursor is unknown to them hears only what comes
    return said + (await read_anew(told, http) if "event: resync" in said else "")


async def hear_socket(told, http, _):
    """Return all that a page is told from the beginning of the log to its end, or until it is refused."""
    said, frame = "", {}
    async with page(str(http.base_url).rstrip("/")) as socket:
        await socket.say({"token": http.headers.get("authorization", "").removeprefix("Bearer ")})
        await socket.say({"subscribe": [{"record": told.record, "after": told.beginning}]})
        while told.end not in said and not frame.keys() & {"error", "resync"}:
            frame = await socket.hear()
            said += json.dumps(frame, ensure_ascii=False)
    return said + (await read_anew(told, http) if "resync" in frame else "")


async def read_anew(told, http):
    """Return all that a page reads when it is told to: a discussion came into its sight, or went out of it."""
    return await ask(told, http, ("GET", "/v1/conversation"))


EARS = {"/v1/stream": hear_stream, "/v1/live": hear_socket}
