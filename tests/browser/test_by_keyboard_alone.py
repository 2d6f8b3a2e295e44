"""A discussion from its pin to its outcome, by somebody who has no mouse."""

import re

from playwright.sync_api import expect

FOCUSED = """() => {
    let found = document.activeElement
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
    return `${found?.getAttribute('aria-label') ?? ''} ${found?.textContent ?? ''}`
}"""
MOST = 60


def tab_to(page, name, key="Tab"):
    for _ in range(MOST):
        page.keyboard.press(key)
        if re.search(name, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"{name!r} is not reached by {key}")


def test_it_is_opened_read_answered_decided_and_closed(visit, host, case):
    host.acting_as("priya").threads.open(case.record, "When do we ship?", field="priority", kind="question", goal="Say when")
    page = visit(f"{case.address}ines")
    panel = page.locator("apropos-panel")
    pin = page.locator(case.pin).get_by_role("button")
    expect(pin).to_have_accessible_name("Priority: 1 unread message")
    tab_to(page, "1 unread message")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Say when")).to_be_focused()
    expect(pin).to_have_accessible_name("Priority: 1 discussion, open")  # it was looked at for a second

    page.keyboard.press("F6")
    question = panel.get_by_role("article").first
    expect(question).to_be_focused()
    page.keyboard.press("e")
    expect(question.get_by_text("Seen by you")).to_be_visible()
    page.keyboard.press("r")
    field = panel.get_by_role("textbox", name="Write a reply")
    expect(field).to_be_focused()
    page.keyboard.type("/d We ship on Monday")
    page.keyboard.press("Control+Enter")
    decision = panel.locator(".ap-decision")
    expect(decision.get_by_text("We ship on Monday")).to_be_visible()
    expect(field).to_be_focused()

    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    tab_to(page, "^ ?Record")
    page.keyboard.press("Enter")
    expect(decision.get_by_text("Recorded by Ines Marchetti")).to_be_visible()

    tab_to(page, "^More", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("menuitem").first).to_be_focused()
    for _ in range(MOST):
        if "Close with an outcome" in page.evaluate(FOCUSED):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    outcome = panel.get_by_role("textbox", name="What came of it, in one line")
    expect(outcome).to_be_focused()
    page.keyboard.type("Monday it is")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Monday it is")).to_be_focused()
    page.keyboard.press("Escape")
    expect(pin).to_be_focused()
    expect(pin).to_have_accessible_name("Priority: discussion resolved with an outcome")
