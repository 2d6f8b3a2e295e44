"""No violation that axe knows, in any state, as pages look: light, dark, compact, right to left, in forced colours."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__, "../../../widget/node_modules/axe-core/axe.min.js").resolve()
OURS = "apropos-pin, apropos-badge, apropos-panel, apropos-inbox, apropos-composer, apropos-start, apropos-value, apropos-people"
RUN = (
    f"() => axe.run({{include: [...document.querySelectorAll('{OURS}')]}})"
    """
    .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 160)).join(' | ')}`))"""
)
LOOKS = {
    "light": "document.documentElement.style.colorScheme = 'light'",
    "dark": "document.documentElement.style.colorScheme = 'dark'; document.body.style.background = '#131516'",
    "compact": "document.querySelector('apropos-app').setAttribute('density', 'compact')",
    "rtl": "document.documentElement.dir = 'rtl'",
    "forced": "matchMedia('(forced-colors: active)').matches || console.error('not in forced colours')",
}
FIGURE = 'apropos-pin[field="q3/vt-400"]'


@pytest.fixture(params=LOOKS)
def look(request, visit):
    """Visit an address as it looks; `holds(page, state)` finds what axe complains about there."""
    found = []

    def go(address, **settings):
        page = visit(address, **settings | ({"forced_colors": "active"} if request.param == "forced" else {}))
        page.evaluate(LOOKS[request.param])
        page.evaluate(AXE.read_text())
        return page

    def holds(page, state):
        page.wait_for_timeout(300)  # what fades in has its colours then
        found.extend(f"{state}: {each}" for each in page.evaluate(RUN))

    yield go, holds
    assert not found, "\n".join(found)


def test_a_discussion_in_all_its_states(look, opened):
    go, holds = look
    page = go("/crm?as=ines")
    expect(page.locator(FIGURE).get_by_role("button")).to_be_visible()
    holds(page, "pins and badge")
    panel = opened(page, FIGURE)
    expect(panel.get_by_role("textbox")).to_be_visible()
    holds(page, "just opened")
    panel.get_by_role("button", name="Kind:").click()
    expect(panel.get_by_role("menu")).to_be_visible()
    holds(page, "the menu of kinds")
    panel.get_by_role("menuitemradio", name="Decision").or_(panel.get_by_role("menuitem", name="Decision")).click()
    panel.get_by_role("textbox").fill("We keep the buffer")
    expect(panel.get_by_text("Draft saved")).to_have_count(2)
    holds(page, "a decision being written")
    panel.get_by_role("textbox").fill("@to")
    expect(panel.get_by_role("listbox", name="People")).to_be_visible()
    holds(page, "whom to mention")
    page.keyboard.press("Escape")
    panel.get_by_role("textbox").fill("")
    panel.get_by_role("article").last.hover()
    holds(page, "what one does with a message")
    panel.get_by_role("article").last.get_by_role("button", name="More").click()
    holds(page, "a message's menu")
    page.keyboard.press("Escape")
    panel.get_by_role("button", name="More", exact=True).first.click()
    holds(page, "the discussion's menu")
    panel.get_by_role("menuitem", name="Close with an outcome").click()
    expect(panel.get_by_role("button", name="Close discussion")).to_be_visible()
    holds(page, "closing with an outcome")


def test_a_discussion_that_is_over_archived_begun_or_not_there(look, host, case, opened):
    go, holds = look
    ines = host.acting_as("ines")
    first = ines.threads.open(case.record, "Can it wait?", field="priority", kind="question")
    ines.threads.resolve(first.id, "It can.")
    page = go(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    expect(panel.get_by_role("button", name="Reopen")).to_be_visible()
    holds(page, "over")
    panel.get_by_role("button", name="Reopen").click()
    holds(page, "reopening")
    ines.threads.archive(first.id)
    expect(panel.get_by_role("button", name="Reopen")).to_have_count(0)
    holds(page, "archived")
    second = ines.threads.open(case.record, "And then?", field="priority")
    panel.get_by_role("button", name="All discussions").click()
    expect(panel.get_by_role("button", name="And then?")).to_be_visible()
    holds(page, "the list")
    panel.get_by_role("button", name="Start a new discussion").click()
    expect(panel.get_by_role("textbox")).to_be_visible()
    holds(page, "beginning one")
    assert second.id
    page.evaluate("document.querySelector('apropos-panel').setAttribute('thread', 'thr_00000000000000000000000000')")
    expect(panel.get_by_text("There is no discussion here that you can see.")).to_be_visible()
    holds(page, "not there")


def test_beginning_from_a_template(look, opened):
    go, holds = look
    page = go("/crm?as=ines")
    panel = opened(page, 'apropos-pin[field="q4/commissioning"]')
    panel.get_by_role("button", name="More", exact=True).click()
    expect(panel.get_by_label("Sponsor")).to_be_visible()
    holds(page, "all that a discussion may have")


def test_who_is_here_and_who_writes(look, visit, host, case, opened):
    go, holds = look
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    page = go(f"{case.address}ines")
    panel = opened(page, case.pin)
    tomasz = opened(visit(f"{case.address}tomasz"), case.pin)
    panel.get_by_role("button", name="Here now:").click()
    expect(panel.get_by_role("list", name="Here now")).to_be_visible()
    tomasz.get_by_role("textbox").press_sequentially("On Mon")
    expect(panel.get_by_text("Tomasz is writing")).to_be_visible()
    holds(page, "where each of them is, and who writes")


def test_who_sees_a_discussion(look, host, case, opened):
    go, holds = look
    thread = host.acting_as("jonas").threads.open(case.record, "Who knows?", field="priority", visibility="shared")
    page = go(f"{case.address}jonas")
    panel = opened(page, case.pin)
    expect(panel.get_by_title("this discussion")).to_contain_text("Shared")
    holds(page, "the mark of a shared discussion")
    host.acting_as("jonas").threads.set_visibility(thread.id, "restricted")
    expect(panel.get_by_title("this discussion")).to_contain_text("Restricted")
    holds(page, "the mark of a restricted discussion")


def test_the_inbox(look):
    go, holds = look
    page = go("/inbox?as=tomasz")
    row = page.get_by_role("listitem").first
    expect(row).to_be_visible()
    holds(page, "the page")
    row.get_by_role("button", name="Later").click()
    expect(page.get_by_role("menu")).to_be_visible()
    holds(page, "when to bring it back")
    page.keyboard.press("Escape")
    row.get_by_role("button").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    holds(page, "all keys")
    page.keyboard.press("Escape")
    row.get_by_role("button").first.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox")).to_be_visible()
    holds(page, "an answer in place")
    page.keyboard.press("Escape")
    row.get_by_role("button").first.click()
    expect(page.locator("apropos-thread").get_by_role("textbox")).to_be_visible()
    holds(page, "beside the list")


def test_the_inbox_as_a_drawer(look):
    go, holds = look
    page = go("/crm?as=tomasz", viewport={"width": 700, "height": 800})
    page.evaluate("""() => {
        const drawer = document.createElement('apropos-inbox')
        drawer.setAttribute('view', 'drawer')
        document.body.append(drawer)
    }""")
    expect(page.locator("apropos-inbox").get_by_role("listitem").first).to_be_visible()
    holds(page, "the drawer")


def test_what_stands_alone(look, host, case):
    go, holds = look
    host.records.describe(case.record, fields={"priority": {"value": 1200, "label": "Amount", "type": "number"}})
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    host.records.describe(case.record, fields={"priority": {"value": 900, "label": "Amount", "type": "number"}})
    page = go(f"{case.address}ines", expecting_failure=True)
    tags = [
        f'<apropos-{name} record="{case.record}" field="priority"></apropos-{name}>'
        for name in ("composer", "start", "value", "people")
    ]
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", "".join(tags))
    for element in ("composer", "start"):
        expect(page.locator(f"apropos-{element}").get_by_role("textbox")).to_be_visible()
    expect(page.locator("apropos-value").get_by_text("900")).to_be_visible()
    people = page.locator("apropos-people")
    expect(people.get_by_role("listitem").first).to_be_visible()
    holds(page, "there")
    people.get_by_role("button", name="Ask Tomasz Wolny").click()
    people.get_by_role("textbox").press_sequentially("when?")
    holds(page, "asking somebody")
    people.get_by_role("button", name="Send").click()
    expect(people.get_by_role("button", name="Tomasz Wolny was asked")).to_be_visible()
    page.locator("apropos-start").get_by_role("textbox").fill("And then?")
    page.locator("apropos-start").get_by_role("button", name="Send and start").click()
    expect(page.locator("apropos-start").get_by_role("button", name="Open it")).to_be_visible()
    holds(page, "asked and begun")
    page.evaluate(
        "document.querySelectorAll('apropos-composer, apropos-value').forEach(each => each.setAttribute('record', 'ledger:1'))"
    )
    expect(page.get_by_text("There is no discussion here that you can see.")).to_have_count(2)
    holds(page, "not there")
