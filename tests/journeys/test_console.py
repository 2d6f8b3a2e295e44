"""Sessions of the console: who is let in, for how long, and what they may not do there either."""

import asyncio
import re
import secrets

import httpx
import pytest
from aiohttp import web

from apropos_service.console.commands import LINK, SESSION, make_link
from apropos_service.console.door import ROUTERS
from calling import http_client
from conftest import token_for
from hosting import site
from listening import until
from programs import apropos

ROUTES = sorted((method, route.path) for router in ROUTERS for route in router.routes for method in route.methods)
OPEN = {("GET", "/console/files/{name}"), ("GET", "/console/enter/{link}"), ("POST", "/console/enter")}
"""What is answered to anybody: the way in, and styles."""


@pytest.fixture
async def browser(world):
    """Somebody's browser, which follows where it is sent and keeps cookies."""
    async with http_client(world.url, follow_redirects=True) as client:
        yield client


@pytest.fixture
def link(service, world):
    """Make a link for the operator of this name, and return its secret."""

    async def make(name="anna"):
        secret, state = secrets.token_urlsafe(16), service.app.state
        hash_ = state.vault.fingerprint(secret)
        work = state.database.write(world.workspace, lambda tx: make_link(tx, hash_, name))
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, service.loop))
        return secret

    return make


async def token_of(browser, path="/console"):
    """Return what every form of this session carries."""
    return re.search(r'name="form" value="([^"]+)"', (await browser.get(path)).text)[1]


async def test_an_operator_is_let_in_by_a_link_once_and_is_known_by_name(browser, host, link):
    secret = await link()
    entered = await browser.post("/console/enter", data={"link": secret})
    assert (entered.status_code, "Operator anna" in entered.text) == (200, True)

    async with http_client(browser.base_url) as other:
        again = await other.post("/console/enter", data={"link": secret})
    assert (again.status_code, "was used" in again.text, again.cookies) == (401, True, httpx.Cookies())
    told = [one async for one in host.audit.list(types=["console.entered", "console.link_made"])]
    assert (told[0].type, told[0].by.kind, told[0].by.name) == ("console.entered", "operator", "anna")


async def test_two_who_use_a_link_at_the_same_time_get_one_session(world, link):
    secret = await link()

    async def use():
        async with http_client(world.url) as client:
            return (await client.post("/console/enter", data={"link": secret})).status_code

    assert sorted(await asyncio.gather(*(use() for _ in range(8)))) == [303, *[401] * 7]


async def test_a_link_and_a_session_end(service, browser, link):
    secret = await link()
    with service.ahead(LINK + 1):
        assert (await browser.post("/console/enter", data={"link": secret})).status_code == 401
    await browser.post("/console/enter", data={"link": await link("bo")})
    assert (await browser.get("/console/keys")).status_code == 200
    with service.ahead(SESSION + 1):
        assert (await browser.get("/console/keys")).status_code == 401


async def test_signing_out_ends_the_session_everywhere(browser, link):
    await browser.post("/console/enter", data={"link": await link()})
    kept = dict(browser.cookies)
    await browser.post("/console/leave", data={"form": await token_of(browser)})
    assert dict(browser.cookies) == {}
    browser.cookies.update(kept)

    assert (await browser.get("/console")).status_code == 401


async def test_an_admin_comes_with_their_token_and_may_what_it_allows(browser, world, host, visit):
    admin = token_for(world, "root", {}, role="admin", name="Root")
    hidden = await visit("ada").threads.open("order:1", "Not for root", visibility="restricted", members=["ada"])
    seen = await visit("ada").threads.open("order:1", "For all of the house")
    await browser.post("/console/enter", data={"token": admin})

    shown = (await browser.get("/console/discussions")).text
    assert (seen.id in shown, hidden.id in shown) == (True, False)
    assert (await browser.get(f"/console/discussions/{hidden.id}")).status_code == 404
    form = await token_of(browser)
    closed = await browser.post(f"/console/discussions/{seen.id}", data={"form": form, "do": "close", "summary": "So"})
    assert "The discussion is closed" in closed.text
    assert (await host.threads.get(seen.id)).outcome.by == "root"
    done, *_ = [one async for one in host.audit.list(thread_id=seen.id)]
    assert (done.type, done.by.kind, done.actor.name, done.origin) == ("thread.resolved", "person", "Root", "127.0.0.1")
    entered, *_ = [one async for one in host.audit.list(types=["console.entered"])]
    assert (entered.actor.id, entered.origin) == ("root", "127.0.0.1")

    for path in ("/keys", "/signing-keys", "/settings", "/callback", "/webhooks"):
        assert (await browser.get(f"/console{path}")).status_code == 403
    assert (await browser.post("/console/keys", data={"form": form, "name": "x", "scope": "full"})).status_code == 403
    assert len([key async for key in host.workspace.keys.list()]) == 1


@pytest.mark.parametrize(
    ("role", "forged"), [("moderator", False), (None, False), ("admin", True)], ids=["moderator", "member", "forged"]
)
async def test_nobody_else_comes_in_with_a_token(browser, world, role, forged):
    token = token_for(world, "mo", {"*": "manage"}, role=role)
    token = token[:-4] + "AAAA" if forged else token

    entered = await browser.post("/console/enter", data={"token": token})

    assert (entered.status_code, dict(browser.cookies)) == (401, {})


async def test_a_session_ends_with_the_key_that_signed_its_token(browser, world, host):
    await browser.post("/console/enter", data={"token": token_for(world, "root", {}, role="admin")})
    assert (await browser.get("/console/people")).status_code == 200
    [key] = [one async for one in host.workspace.signing_keys.list()]
    await host.workspace.signing_keys.remove(key.id)

    assert (await browser.get("/console/people")).status_code == 401


@pytest.mark.parametrize("route", [one for one in ROUTES if one not in OPEN], ids=" ".join)
async def test_without_a_session_nothing_is_answered_and_without_its_form_nothing_is_done(browser, host, link, route):
    path = route[1].format(thread_id="thr_01k0000000e00g0r40g30e209g", webhook_id="whk_01k0000000e00g0r40g30e209g")
    assert (await browser.request(route[0], path)).status_code == 401
    await browser.post("/console/enter", data={"link": await link()})
    if route[0] == "POST":
        before = [one.id async for one in host.audit.list()]
        form = await token_of(browser)
        for data, headers in (({}, {}), ({"form": "guessed"}, {}), ({"form": form}, {"Sec-Fetch-Site": "cross-site"})):
            assert (await browser.post(path, data={"name": "stolen", **data}, headers=headers)).status_code == 403
        assert [one.id async for one in host.audit.list()] == before


async def test_a_page_lets_nothing_in_that_is_not_ours(browser, link, visit):
    thread = await visit("ada").threads.open(
        "order:<script>alert(1)</script>", "<img src=x onerror=alert(1)> <script>alert(1)</script>"
    )
    await browser.post("/console/enter", data={"link": await link()})

    answer = await browser.get(f"/console/discussions/{thread.id}")

    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert ("unsafe" in policy, "default-src 'none'" in policy, "frame-ancestors 'none'" in policy) == (False, True, True)
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    tags = " ".join(re.findall(r"<[a-z][^>]*>", answer.text))
    assert re.findall(r"\sstyle=|\son[a-z]+=|<style|<script(?! src=)", tags) == []


async def test_another_workspace_is_another_world(service, browser, visit):
    thread = await visit("ada").threads.open("order:1", "theirs")
    elsewhere = service.workspace("elsewhere")
    await browser.post("/console/enter", data={"token": token_for(elsewhere, "root", {}, role="admin")})

    for path in ("/console", "/console/records", "/console/discussions", "/console/people", "/console/audit"):
        answer = await browser.get(path)
        assert (answer.status_code, "theirs" in answer.text, thread.id in answer.text) == (200, False, False)
    assert (await browser.get(f"/console/discussions/{thread.id}")).status_code == 404


def test_apropos_console_prints_a_link_that_opens_it(service, world):
    settings = service.app.state.settings
    where = ("--database-url", settings.database, "--data-dir", str(settings.data_dir))
    printed = apropos("console", "--workspace", world.workspace, "--public-url", world.url, *where).stdout.strip()

    with httpx.Client(follow_redirects=True, timeout=60) as browser:
        assert "Sign in" in browser.get(printed).text
        entered = browser.post(f"{world.url}/console/enter", data={"link": printed.rpartition("/")[2]})
        assert (entered.status_code, "Overview" in entered.text) == (200, True)
    refused = apropos("console", "--workspace", "wsp_nope", *where, check=False)
    assert (refused.returncode, "no workspace wsp_nope" in refused.stderr) == (2, True)


async def test_the_callback_is_tried_now(browser, host, link):
    await browser.post("/console/enter", data={"link": await link()})
    form = await token_of(browser)
    saved = await browser.post("/console/callback", data={"form": form, "access_url": "http://127.0.0.1:1/who-may"})
    assert "whsec_" in saved.text
    tried = await browser.post("/console/callback/try", data={"form": form, "person": "ada", "record": "order:1", "level": "read"})

    assert (tried.status_code, "No: " in tried.text) == (200, True)
    assert (await host.workspace.settings()).access_url == "http://127.0.0.1:1/who-may"


async def test_a_webhook_is_made_tested_sent_again_and_removed(browser, host, link, visit):
    async with site() as door:
        door.says["/hook"] = lambda *_: web.Response(status=503, text="not now")
        await browser.post("/console/enter", data={"link": await link()})
        form = await token_of(browser)
        made = await browser.post("/console/webhooks", data={"form": form, "url": f"{door.url}/hook", "types": "", "records": ""})
        assert "whsec_" in made.text
        [hook] = [one async for one in host.webhooks.list()]
        assert "whsec_" not in (await browser.get("/console/webhooks")).text
        address = f"/console/webhooks/{hook.id}"
        assert "on its way" in (await browser.post(address, data={"form": form, "do": "test"})).text

        async def tried():
            page = (await browser.get(address, params={"state": "failing"})).text
            return page if "not now" in page else None

        page = await until(tried)
        delivery = re.search(r'name="delivery" value="(dlv_[0-9a-z]+)"', page)[1]
        again = await browser.post(address, data={"form": form, "do": "redeliver", "delivery": delivery})
        assert "being sent again" in again.text
        assert "Nothing was owed" in (await browser.get(address, params={"state": "delivered"})).text
        await visit("ada").threads.open("order:1", "x")
        replayed = await browser.post(address, data={"form": form, "do": "replay", "after": "2020-01-01", "before": ""})
        assert "sent again" in replayed.text
        assert "Off" in (await browser.post(address, data={"form": form, "do": "disable"})).text
        assert "is gone" in (await browser.post(address, data={"form": form, "do": "remove"})).text

    told = [one.type async for one in host.audit.list() if one.by.kind == "operator"]
    assert {
        "webhook.created",
        "webhook.tested",
        "delivery.redelivered",
        "webhook.replayed",
        "webhook.changed",
        "webhook.removed",
    } <= {*told}


async def test_an_operator_erases_a_person_who_types_their_id(browser, host, visit, link):
    thread = await visit("ada <b>", name="Ada <i>").threads.open("order:1", "My words")
    await browser.post("/console/enter", data={"link": await link()})
    where = {"person_id": "ada <b>"}
    shown = (await browser.get("/console/people/erase", params=where)).text
    assert '<b class="ap-num">1</b> messages' in shown
    form = await token_of(browser)

    wrong = await browser.post("/console/people/erase", data={"form": form, "typed": "bo", **where})
    assert (wrong.status_code, "nothing was erased" in wrong.text) == (422, True)
    assert (await host.threads.get(thread.id)).comments[0].body == "My words"

    done = await browser.post("/console/people/erase", data={"form": form, "typed": "ada <b>", **where})
    assert "The person is erased" in done.text
    assert (await host.threads.get(thread.id)).comments[0].body == ""
    assert (await browser.get("/console/people/erase", params=where)).status_code == 404


async def test_an_admin_erases_nobody(browser, world, visit):
    await visit("ada").threads.open("order:1", "My words")
    await browser.post("/console/enter", data={"token": token_for(world, "root", {}, role="admin", name="Root")})
    for answer in (
        await browser.get("/console/people/erase", params={"person_id": "ada"}),
        await browser.post("/console/people/erase", data={"form": await token_of(browser), "person_id": "ada", "typed": "ada"}),
    ):
        assert answer.status_code == 403


async def test_deliveries_are_sent_again_by_choice_and_by_filter(browser, host, link, visit, settled):
    async with site() as door:
        door.says |= {"/good": 204, "/bad": lambda *_: web.Response(status=503, text="not now")}
        good, bad = [await host.webhooks.create(f"{door.url}{path}", types=["comment.posted"]) for path in ("/good", "/bad")]
        ada = visit("ada")
        thread = await ada.threads.open("order:1", "x")
        for _ in range(3):
            await ada.threads.comment(thread.id, "y")
        await settled()

        async def standing(hook, state):
            found = [one async for one in host.webhooks.deliveries(hook.id)]
            return found if len(found) >= 3 and {one.state for one in found} == {state} else None

        delivered = await until(lambda: standing(good, "delivered"))
        failing = await until(lambda: standing(bad, "failing"))
        await browser.post("/console/enter", data={"link": await link()})
        form = await token_of(browser)

        chosen = {"form": form, "do": "redeliver_chosen", "delivery": [one.id for one in delivered[:2]]}
        assert "They are being sent again" in (await browser.post(f"/console/webhooks/{good.id}", data=chosen)).text
        nothing = {"form": form, "do": "redeliver_chosen"}
        assert "Nothing was chosen" in (await browser.post(f"/console/webhooks/{good.id}", data=nothing)).text
        every = {"form": form, "do": "redeliver_all", "state": "failing", "type": "comment.posted"}
        await browser.post(f"/console/webhooks/{bad.id}", data=every)
        none = {"form": form, "do": "redeliver_all", "state": "failed"}
        assert "Nothing was chosen" in (await browser.post(f"/console/webhooks/{bad.id}", data=none)).text

    told = [one.data["webhook"] async for one in host.audit.list(types=["delivery.redelivered"])]
    assert (told.count(good.id), told.count(bad.id)) == (2, len(failing))


async def test_a_key_says_when_it_was_used_last(browser, world, host, link):
    made = await host.workspace.keys.create("nightly", scope="read")
    assert made.used_at is None
    async with http_client(world.url, made.key) as nightly:
        assert (await nightly.get("/v1/threads")).status_code == 200

    async def used():
        return next(one.used_at for one in [key async for key in host.workspace.keys.list()] if one.id == made.id)

    at = await until(used)
    await browser.post("/console/enter", data={"link": await link()})
    assert at.strftime("%-d %b %Y, %H:%M") in (await browser.get("/console/keys")).text
