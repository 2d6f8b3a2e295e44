"""Whoever works by keys keeps their place: after everything one does the focus is where one goes on."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def thread(host, case):
    return host.acting_as("ines").threads.open(case.record, "When?", field="priority", kind="question", goal="Say when")


@pytest.fixture
def panel(visit, host, case, opened, thread):
    """A question with a reply and a decision, as who asked it sees them; what it takes to act is there."""
    host.acting_as("tomasz").threads.comment(thread.id, "On Monday")
    host.acting_as("tomasz").threads.comment(thread.id, "We ship on Monday", kind="decision")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("article")).to_have_count(3)
    panel.page.keyboard.press("F6")
    expect(panel.get_by_role("toolbar")).to_be_visible()
    return panel


def choose(panel, item, of=None):
    place = of or panel
    if of:
        of.focus()
    place.get_by_role("button", name="More", exact=True).first.press("Enter")
    panel.get_by_role("menuitem", name=item, exact=True).press("Enter")


def reply(panel):
    return panel.get_by_role("article", name=re.compile("^Tomasz"))


def decision(panel):
    return panel.get_by_role("article", name=re.compile("^Decision"))


def more(panel):
    return panel.get_by_role("button", name="More", exact=True).first


def test_a_form_that_is_left_or_done_gives_it_back(panel):
    for item in ("Close with an outcome", "Visibility"):
        choose(panel, item)
        panel.locator(".ap-closing").get_by_role("button", name="Cancel").press("Enter")
        expect(more(panel)).to_be_focused()
    choose(panel, "Close with an outcome")
    panel.get_by_role("textbox", name="What came of it").press("Escape")
    expect(more(panel)).to_be_focused()
    choose(panel, "Visibility")
    panel.get_by_role("button", name="Change who can see it").press("Enter")
    expect(more(panel)).to_be_focused()
    panel.page.keyboard.press("Escape")
    expect(panel.get_by_role("heading")).to_have_count(0)


def test_an_answer_takes_it_along_under_its_question_and_back(panel):
    reply(panel).focus()
    panel.get_by_role("button", name="Accept as the answer").first.press("Enter")
    expect(panel.locator(".ap-accepted").get_by_role("article")).to_be_focused()
    panel.get_by_role("button", name="Not the answer after all").press("Enter")
    expect(panel.locator(".ap-accepted")).to_have_count(0)
    expect(reply(panel)).to_be_focused()


def test_a_message_that_becomes_something_else_keeps_it(panel):
    question = panel.get_by_role("article").first
    choose(panel, "Turn into a decision", of=question)
    expect(question).to_have_accessible_name(re.compile("^Decision by Ines"))
    expect(question).to_be_focused()
    choose(panel, "Turn into a comment", of=question)
    expect(question).to_have_accessible_name(re.compile("^Ines"))
    expect(question).to_be_focused()


def test_a_decision_keeps_it_while_one_votes_and_records(panel):
    decision(panel).get_by_role("button", name="I see a problem").press("Enter")
    panel.get_by_role("textbox", name="Which problem").fill("No lorries")
    panel.get_by_role("button", name="Say so").press("Enter")
    expect(decision(panel)).to_contain_text("Ines Marchetti sees a problem: No lorries")
    expect(decision(panel)).to_be_focused()


def test_what_is_to_be_done_keeps_it(panel):
    choose(panel, "Turn into an action", of=reply(panel))
    panel.get_by_role("button", name="Add an action").last.press("Enter")
    box = panel.get_by_role("checkbox", name="On Monday")
    expect(box).to_be_visible()
    expect(reply(panel)).to_be_visible()
    assert panel.evaluate("one => one.shadowRoot.activeElement !== null")
    panel.get_by_role("button", name="Drop: On Monday").press("Enter")
    panel.get_by_role("textbox", name="Why it is dropped").fill("Done by others")
    panel.get_by_role("textbox", name="Why it is dropped").press("Enter")
    expect(panel.get_by_text("Dropped: Done by others")).to_be_visible()
    expect(box).to_be_focused()


def test_whoever_went_elsewhere_stays_there(panel, host, thread):
    choose(panel, "Close with an outcome")
    expect(panel.get_by_role("textbox", name="What came of it")).to_be_focused()
    page = panel.page
    page.evaluate("document.activeElement.blur()")
    host.acting_as("tomasz").threads.resolve(thread.id, "Monday")
    expect(panel.get_by_role("heading", name="Monday")).to_be_visible()
    expect(panel.locator(".ap-closing")).to_have_count(0)
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement === document.body")


def test_letters_and_arrows_go_over_decisions_too(panel):
    page = panel.page
    expect(decision(panel)).to_be_focused()
    page.keyboard.press("k")
    expect(reply(panel)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(decision(panel)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(panel.get_by_role("article").first).to_be_focused()
    page.keyboard.press("u")
    expect(reply(panel)).to_be_focused()
