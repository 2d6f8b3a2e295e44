"""The console in real Chromium: signed in by a link, each page as it looks, and what an operator does there.

Its policy lets nothing run or style that is written into a page, so a violation would be a complaint of the browser.
"""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

AXE = Path(__file__, "../../../widget/node_modules/axe-core/axe.min.js").resolve()
RUN = """() => axe.run().then(({violations}) =>
    violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 160)).join(' | ')}`))"""
PAGES = (
    "", "/records", "/discussions", "/people", "/keys", "/signing-keys", "/webhooks", "/callback", "/templates", "/settings",
    "/audit",
)  # fmt: skip


@pytest.fixture
def link(endpoint, folder):
    """What `apropos console` prints."""
    command = [sys.executable, "-m", "apropos_service", "console", "--data-dir", str(folder), "--public-url", endpoint]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def window(browser):
    """Open a window; what its console complains about fails the test."""
    windows, complaints = [], []

    def open_window(*, expecting_failure=False, **settings):
        windows.append(browser.new_context(**settings))
        page = windows[-1].new_page()
        page.set_default_timeout(20_000)
        if not expecting_failure:
            page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for one in windows:
        one.close()
    assert complaints == []


@pytest.fixture
def signed_in(window, link):
    """Sign in by a link."""

    def sign_in(**settings):
        page = window(**settings)
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()
        return page

    return sign_in


@pytest.fixture
def newest(host):
    """The type, the right and the facts of what was done last to the workspace itself."""

    def look(*types):
        one = next(iter(host.audit.list(types=types)))
        return one.type, one.by.kind, one.data

    return look


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 375])
def test_every_page_is_accessible_and_fits(signed_in, endpoint, host, case, width, scheme):
    thread = host.acting_as("ines").threads.open(case.record, "Can it wait? <b>bold</b>", kind="question")
    hook = host.webhooks.create("https://93.184.215.14/hook", types=["record.erased"], description="Nowhere")
    page = signed_in(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = []
    for path in (*PAGES, f"/discussions/{thread.id}", f"/webhooks/{hook.id}"):
        assert page.goto(f"{endpoint}/console{path}").status == 200
        page.evaluate(AXE.read_text())
        found += [f"{path}: {each}" for each in page.evaluate(RUN)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: is wider than the window")
    host.webhooks.remove(hook.id)

    assert not found, "\n".join(found)


def test_a_link_works_once_and_is_not_used_up_by_being_looked_at(window, link, endpoint):
    for _ in range(2):
        httpx.get(link).raise_for_status()
    first = window(expecting_failure=True)  # whoever is signed out is answered 401
    first.goto(link)
    first.get_by_role("button", name="Sign in").click()
    expect(first.get_by_role("heading", name="Overview")).to_be_visible()
    [cookie] = first.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/console")

    second = window(expecting_failure=True)
    second.goto(link)
    second.get_by_role("button", name="Sign in").click()
    expect(second.get_by_role("alert")).to_contain_text("was used")
    assert second.context.cookies() == []

    first.get_by_role("button", name="Sign out").click()
    expect(first.get_by_role("heading", name="Console")).to_be_visible()
    assert httpx.get(f"{endpoint}/console", cookies={cookie["name"]: cookie["value"]}).status_code == 401


def test_a_key_is_made_shown_once_rotated_and_revoked_and_the_audit_log_says_the_operator(signed_in, endpoint, newest):
    page = signed_in()
    page.get_by_role("link", name="Server keys").click()
    page.get_by_label("What it is for").fill("Gdańsk shop floor")
    page.get_by_label("It may").select_option("read")
    page.get_by_role("button", name="Make key").click()

    text = page.get_by_role("group", name="New key").get_by_role("code").inner_text()
    headers = {"Authorization": f"Bearer {text}"}
    assert httpx.get(f"{endpoint}/v1/threads", headers=headers).status_code == 200
    assert newest("key.created")[1:] == ("operator", {"name": "Gdańsk shop floor", "scope": "read", "expires_at": None})
    page.goto(f"{endpoint}/console/keys")
    assert text not in page.content()

    page.get_by_role("button", name="Rotate Gdańsk shop floor").click()
    other = page.get_by_role("group", name="New key").get_by_role("code").inner_text()
    assert other != text
    page.goto(f"{endpoint}/console/keys")
    for _ in range(2):
        page.get_by_label("Revoke Gdańsk shop floor", exact=True).first.click()
        page.get_by_role("button", name="Revoke now: Revoke Gdańsk shop floor").first.click()
        expect(page.get_by_role("status").first).to_contain_text("revoked")
    assert {
        httpx.get(f"{endpoint}/v1/threads", headers={"Authorization": f"Bearer {one}"}).status_code for one in (text, other)
    } == {401}
    assert newest("key.revoked")[1] == "operator"


def test_a_discussion_is_found_closed_and_opened_again(signed_in, endpoint, host, case):
    thread = host.acting_as("ines").threads.open(case.record, "Kanarienvogel?", title="About a bird")
    page = signed_in()
    page.goto(f"{endpoint}/console/discussions?record={case.record}")
    page.get_by_role("link", name="About a bird").click()
    expect(page.get_by_text("Kanarienvogel?")).to_be_visible()
    page.get_by_label("What it came to").fill("It flew away")
    page.get_by_role("button", name="Close discussion").click()
    expect(page.get_by_role("status")).to_contain_text("closed")
    assert host.threads.get(thread.id).outcome.summary == "It flew away"
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("status")).to_contain_text("goes on")

    done = next(iter(host.audit.list(thread_id=thread.id)))
    assert (done.type, done.by.kind) == ("thread.reopened", "operator")


def test_it_works_without_scripts_and_by_keyboard_alone(signed_in, endpoint, newest):
    page = signed_in(java_script_enabled=False)
    page.goto(f"{endpoint}/console/templates")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.get_by_label("Type of record").focus()
    page.keyboard.type("customer_request")
    page.keyboard.press("Tab")
    page.keyboard.type("Made by hand")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("described")
    page.get_by_label("Remove Made by hand", exact=True).click()
    page.get_by_role("button", name="Remove now: Remove Made by hand").click()
    expect(page.get_by_role("status")).to_contain_text("gone")
    assert newest("template.removed")[1] == "operator"


def test_a_form_of_another_page_changes_nothing(signed_in, endpoint, demo, host):
    page = signed_in(expecting_failure=True)
    before = [key.id for key in host.workspace.keys.list()]
    page.goto(demo)  # a page of another origin, in the same browser
    page.evaluate(
        """address => {
            const form = document.createElement('form')
            form.method = 'post'
            form.action = address
            form.innerHTML = '<input name="name" value="stolen"><input name="scope" value="full">'
            document.body.append(form)
            form.submit()
        }""",
        f"{endpoint}/console/keys",
    )
    expect(page.get_by_label("Token of a workspace").or_(page.get_by_text("did not come from this console"))).to_be_visible()
    page.goto(f"{endpoint}/console/keys")
    page.evaluate("document.querySelector('form[action=\"/console/keys\"] input[name=form]').value = 'guessed'")
    page.get_by_label("What it is for").fill("stolen")
    page.get_by_role("button", name="Make key").click()
    expect(page.get_by_text("did not come from this console")).to_be_visible()

    assert [key.id for key in host.workspace.keys.list()] == before
