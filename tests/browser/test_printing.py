"""A discussion prints as a record: from its menu whole and alone, with the page around it after that; nothing of it stays."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

PAPER = "html > div .ap-paper"
CONTROLS = ".ap-btn, textarea, .ap-tools, .ap-quick, .ap-typing, [data-new]"


def asked(page, panel):
    """Ask for paper in the menu, and look at it as it is printed, until the browser says that it has."""
    panel.get_by_role("article").first.hover()
    panel.locator(".ap-bar").get_by_role("button", name="More", exact=True).click()
    panel.get_by_role("menuitem", name="Print").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    return page.locator(PAPER)


def without_printer(page):
    page.add_init_script("window.print = () => { window.printed = true }")


def test_a_discussion_prints_whole_and_alone_and_nothing_of_it_stays(visit, opened, host, case):
    ines = host.acting_as("ines")
    links = "Is [this](https://example.com/pumps) or <https://example.com/lorries> right?"
    thread = ines.threads.open(case.record, links, field="priority")
    for number in range(40):
        ines.threads.comment(thread.id, f"Message {number} of many.")
    page = visit(f"{case.address}ines", prepare=without_printer, color_scheme="dark")
    panel = opened(page, case.pin)
    expect(panel.locator(".ap-fold")).to_be_visible()

    paper = asked(page, panel)
    expect(paper.get_by_role("article")).to_have_count(41)
    expect(paper.get_by_text("Message 17 of many.")).to_be_visible()
    year = f"{datetime.now(UTC):%Y}"
    date = paper.locator("time").first.evaluate("time => getComputedStyle(time, '::after').content")
    assert year in date
    written = [link.evaluate("link => getComputedStyle(link, '::after').content") for link in paper.get_by_role("link").all()]
    assert "https://example.com/pumps" in written[0]
    assert written[1] == "none", "an address that is said stands there once"
    expect(paper.get_by_text(re.compile(rf"Discussion {thread.id}, printed by .*Ines Marchetti.*{year}"))).to_be_visible()
    assert paper.locator(CONTROLS).evaluate_all("all => all.every(each => !each.checkVisibility())")
    for box in ("h2", "article p", ".ap-by b"):
        expect(paper.locator(box).first).to_have_css("color", "rgb(0, 0, 0)")
    assert paper.evaluate("paper => getComputedStyle(paper).page") == "apropos"
    feet = page.evaluate("document.adoptedStyleSheets.flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText).join()")
    assert re.search(rf'bottom-left.*"Discussion {thread.id}, printed by .*Ines Marchetti.*{year}', feet, re.DOTALL)
    assert re.search(r"bottom-right.*counter\(page\)", feet, re.DOTALL)
    assert not page.evaluate("document.body.checkVisibility()")
    assert page.evaluate("document.documentElement.scrollHeight > 2 * innerHeight")

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(paper).to_have_count(0)
    assert page.evaluate("document.body.checkVisibility() && document.adoptedStyleSheets.length === 0")
    expect(panel.get_by_role("textbox")).to_be_visible()


def test_decisions_and_the_outcome_are_boxed_and_actions_are_a_checklist(visit, opened, host, case):
    ines = host.acting_as("ines")
    thread = ines.threads.open(case.record, "What now?", field="priority")
    decision = ines.threads.comment(thread.id, "Lock it.", kind="decision")
    ines.comments.record(decision.id)
    ines.actions.add(thread.id, "Tell Kestrel", due_at=datetime.now(UTC) + timedelta(days=9))
    ines.threads.resolve(thread.id, "It is locked")
    page = visit(f"{case.address}ines", prepare=without_printer)
    paper = asked(page, opened(page, case.pin))
    for box in (".ap-decision", ".ap-outcome", ".ap-todo"):
        expect(paper.locator(box)).to_have_css("border-top", re.compile(r"1px solid rgb\(0, 0, 0\)"))
    expect(paper.get_by_role("checkbox", name="Tell Kestrel")).to_be_visible()


def test_printing_the_page_prints_it_and_then_the_discussion_that_is_open(visit, opened, host, case):
    host.acting_as("tomasz").threads.open(case.record, "Does it print?", field="priority")
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    panel.get_by_role("article").hover()
    page.evaluate("document.querySelector('apropos-panel').shadowRoot.activeElement.blur()")
    page.wait_for_function("dispatchEvent(new Event('beforeprint')) && document.querySelector('html > div')")
    page.emulate_media(media="print")
    expect(page.locator(PAPER).get_by_role("article")).to_be_visible()
    expect(page.locator(PAPER)).to_have_css("break-before", "page")
    assert page.evaluate("document.body.checkVisibility()")
    assert not panel.locator(".ap").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(PAPER)).to_have_count(0)
