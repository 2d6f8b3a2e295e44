"""Whatever a page's content security policy forbids, everything works in it, and the policy is never broken."""

import base64
import hashlib
import re

import pytest
from playwright.sync_api import expect

LEAST = "default-src 'none'; script-src {endpoint}; connect-src 'self' {endpoint} {socket}; img-src {endpoint} blob:"
TYPES = "require-trusted-types-for 'script'"
NONCE = "cHVtcHM"
WITH_NONCE = f'<script type="module" nonce="{NONCE}" src="{{endpoint}}/widget/apropos.js"></script>'
INLINE = (
    'import { configure } from "{endpoint}/widget/apropos.js";'
    ' configure({ endpoint: "{endpoint}", token: async () => "{token}", lang: "en", hostName: "Strange" });'
)
NONCED = LEAST.replace("script-src {endpoint}", f"script-src 'nonce-{NONCE}'")
DYNAMIC = NONCED.replace(f"'nonce-{NONCE}'", f"'nonce-{NONCE}' 'strict-dynamic'")
POLICIES = {
    "only what it needs": LEAST,
    "no style at all": f"{LEAST}; style-src 'none'; style-src-attr 'none'; style-src-elem 'none'",
    "trusted types": f"default-src 'self' {{endpoint}} {{socket}}; img-src {{endpoint}} blob:; {TYPES}",
    "no trusted types": f"{LEAST}; style-src 'none'; {TYPES}; trusted-types 'none'",
    "a nonce": f"{NONCED}; style-src 'nonce-{NONCE}'",
    "a hash": LEAST.replace("script-src", "script-src {hash}"),
    "strict-dynamic": f"{DYNAMIC}; base-uri 'none'; {TYPES}",
    "a sandbox without an origin": "sandbox allow-scripts",
}
BODY = """<h1>A page of its own</h1>
<dl><dt>Priority<dd>High <apropos-pin record="{record}" field="priority" label="Priority"></apropos-pin>
<dt>Credit<dd>1,900 <apropos-pin record="{record}" field="credit" label="Credit"></apropos-pin></dl>
<apropos-badge record="{record}"></apropos-badge>
<div id="row"><apropos-panel></apropos-panel></div><div id="place"></div>"""
WATCH = """window.broken = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    broken.push([violatedDirective, blockedURI, sample].join(' ')))"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
PICTURE = {"name": "mould.png", "mimeType": "image/png", "buffer": PIXEL}


@pytest.fixture
def under(strange, case, endpoint, token_of):
    """Open the page under a policy: how it says its session goes with what the policy lets it say."""

    def show(name, **settings):
        policy, script, app = POLICIES[name], {}, {}
        inline = INLINE.replace("{endpoint}", endpoint).replace("{token}", token_of("zoe"))
        if name in {"a hash", "a sandbox without an origin"}:  # the sandbox's origin is nobody's, so its token comes with the page
            script, app = {"script": f'<script type="module">{inline}</script>'}, {"app": ""}
        elif NONCE in policy:
            script = {"script": WITH_NONCE}
        known = f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
        policy = policy.replace("{hash}", known).replace("{socket}", endpoint.replace("http", "ws"))
        body = BODY.replace("{record}", case.record)
        settings.setdefault("prepare", watched)
        return strange(body, policy=policy, **script, **app, **settings)

    return show


def watched(page):
    page.add_init_script(WATCH)


def without_sockets(page):
    watched(page)
    page.route_web_socket(re.compile("/v1/live"), lambda socket: socket.close())


def without_printer(page):
    watched(page)
    page.add_init_script("window.print = () => { document.title = 'Printed' }")


def kept(page):
    assert page.evaluate("broken") == []


@pytest.mark.parametrize("name", POLICIES)
def test_everything_works_under(under, visit, host, case, opened, name):
    host.people.describe({"id": "zoe", "name": "Zoe Kern"})
    tomasz = host.acting_as("tomasz")
    thread = tomasz.threads.open(case.record, "When do we ship?", field="priority", kind="question", goal="Say when")
    tomasz.threads.comment(thread.id, "And, <@zoe>, with whom?")
    tomasz.threads.open(case.record, "<@zoe>, who promised it?", field="promised", kind="question")
    page = under(name)
    panel = opened(page, case.pin)
    settle(panel)
    converse(page, panel)
    tomasz.threads.comment(thread.id, "Monday is fine")
    expect(panel.get_by_role("article").filter(has_text="Monday is fine")).to_be_visible()
    opened(visit(f"{case.address}tomasz"), case.pin)
    expect(panel.get_by_role("button", name="Here now: Tomasz Wolny")).to_be_visible()
    stand(page, panel)
    begin(page, panel)
    wait_there(page)
    kept(page)


@pytest.mark.parametrize("name", ["no trusted types", "a sandbox without an origin"])
def test_the_way_around_a_socket_that_does_not_hold_works_under(under, host, case, opened, name):
    thread = host.acting_as("tomasz").threads.open(case.record, "When do we ship?", field="priority")
    page = under(name, prepare=without_sockets)
    panel = opened(page, case.pin)
    with page.expect_request(re.compile("/v1/stream")):
        expect(panel.get_by_role("textbox")).to_be_visible()
    host.acting_as("tomasz").threads.comment(thread.id, "On Monday")
    expect(panel.get_by_role("article").filter(has_text="On Monday")).to_be_visible()
    kept(page)


def settle(panel):
    """A question answered, a decision recorded, an action done: and what was said of it before."""
    expect(panel.get_by_role("heading", name="Say when")).to_be_focused()
    say(panel, "/d We ship on Monday")
    decision = panel.locator(".ap-decision")
    decision.get_by_role("button", name="Record").click()
    expect(decision.get_by_text("Recorded by Zoe Kern")).to_be_visible()
    write(panel, "/a Book the lorry")
    panel.get_by_role("button", name="Add an action").last.click()
    panel.get_by_role("checkbox", name="Book the lorry").check()
    write(panel, "/a Tell them")
    panel.get_by_role("button", name="Add an action").last.click()
    panel.get_by_role("button", name="Drop: Tell them").click()
    panel.get_by_label("Why it is dropped").fill("They know")
    panel.get_by_label("Why it is dropped").press("Enter")
    expect(panel.get_by_text("Dropped: They know")).to_be_visible()


def converse(page, panel):
    """Mention, attach, react, edit, look back, and close with an outcome."""
    write(panel, "Right, @Tomasz")
    panel.get_by_role("option", name="Tomasz Wolny").click()
    with page.expect_file_chooser() as chosen:
        panel.get_by_role("button", name="Attach a file").click()
    chosen.value.set_files(PICTURE)
    expect(panel.get_by_role("button", name="Remove mould.png")).to_be_visible()
    panel.get_by_role("button", name="Send").click()
    mine = panel.get_by_role("article").filter(has_text="Right,")
    expect(mine.get_by_role("img", name="mould.png")).to_be_visible()
    asked = panel.get_by_role("article").filter(has_text="with whom?").last
    asked.hover()
    asked.get_by_role("button", name="Agree").first.click()
    expect(asked.get_by_role("button", name="Agree, 1: you")).to_be_visible()
    choose(panel, mine, "Edit")
    panel.get_by_role("textbox", name="Edit message").fill("Right, on Monday")
    panel.get_by_role("button", name="Save").click()
    choose(panel, panel.get_by_role("article").filter(has_text="Right, on Monday"), "History")
    dialog = panel.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def stand(page, panel):
    """As a dock in a row of the page, over it, and as a sheet; wherever it stands, it is dressed."""
    page.set_viewport_size({"width": 1440, "height": 800})
    page.evaluate("document.querySelector('#row').style.display = 'flex'")
    for mode in ("dock", "overlay", "sheet"):
        page.evaluate("mode => document.querySelector('apropos-panel').setAttribute('mode', mode)", mode)
        expect(panel).to_have_attribute("data-mode", mode)
        expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
        assert panel.locator(".ap-panel").first.evaluate("one => getComputedStyle(one).fontFamily") != "Times"
    page.evaluate("document.querySelector('apropos-panel').setAttribute('mode', 'overlay')")
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_role("menuitem", name="Close with an outcome").click()
    panel.get_by_role("textbox", name="What came of it, in one line").fill("Monday")
    panel.get_by_role("textbox", name="What came of it, in one line").press("Enter")
    expect(panel.get_by_role("heading", name="Monday")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading")).to_have_count(0)


def begin(page, panel):
    """A discussion with a purpose of its own, from another pin; and the list of the record's, from its badge."""
    page.locator('apropos-pin[field="credit"]').get_by_role("button").click()
    panel.get_by_role("button", name="More", exact=True).click()
    panel.get_by_label("Goal, in one sentence").fill("Agree the credit")
    write(panel, "Is 1,900 enough?")
    panel.get_by_role("button", name="Send and start").click()
    expect(panel.get_by_role("heading", name="Agree the credit")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("apropos-badge").get_by_role("button", name=re.compile("3 discussions")).click()
    expect(panel.get_by_role("button", name="Agree the credit")).to_be_visible()
    panel.get_by_role("button", name="Close panel").click()


def wait_there(page):
    """The inbox: a row put off, all keys, a search, and what is found read beside the list."""
    page.evaluate("document.querySelector('#place').append(document.createElement('apropos-inbox'))")
    inbox = page.locator("apropos-inbox")
    row = inbox.get_by_role("listitem").filter(has=page.get_by_role("button", name="Later")).first
    row.get_by_role("button", name="Later").click()
    expect(inbox.get_by_role("menuitem", name="Tomorrow")).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_role("button").first.press("?")
    dialog = inbox.get_by_role("dialog")
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)
    inbox.get_by_role("button", name="Search").press("/")
    inbox.get_by_role("searchbox").fill("ship")
    inbox.get_by_role("listitem").filter(has_text="Say when").first.get_by_role("button").first.click()
    expect(inbox.locator("apropos-thread").get_by_text("When do we ship?").first).to_be_visible()


def write(panel, text):
    panel.get_by_role("textbox").last.press_sequentially(text)


def say(panel, text):
    write(panel, text)
    panel.get_by_role("button", name="Send").click()


def choose(panel, message, name):
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name=name).click()


def test_a_discussion_is_put_on_paper_where_no_style_is_allowed(under, host, case):
    host.acting_as("tomasz").threads.open(case.record, "Does it print?", field="priority")
    page = under("no style at all", prepare=without_printer)
    page.locator('apropos-pin[field="priority"]').get_by_role("button").click()
    panel = page.locator("apropos-panel")
    panel.get_by_role("article").hover()
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_role("menuitem", name="Print").click()
    expect(page).to_have_title("Printed")  # a function that waits would be evaluated, which the policy forbids
    page.emulate_media(media="print")
    expect(page.locator(".ap-paper").get_by_role("article")).to_have_css("color", "rgb(0, 0, 0)")
    assert not page.evaluate("document.body.checkVisibility()")
    kept(page)
