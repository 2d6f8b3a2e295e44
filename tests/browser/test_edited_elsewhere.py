"""A message that its author changes on two devices at once: neither text goes unseen."""

import re

import pytest
from playwright.sync_api import expect

CLASH = re.compile(r"This message was changed on another device at \d\d:\d\d\.")


@pytest.fixture
def tomasz(host):
    return host.acting_as("tomasz")


@pytest.fixture
def editing(visit, case, opened, tomasz):
    """Tomasz begins to edit his message, which then changes on another device."""
    thread = tomasz.threads.open(case.record, "Ship on Monday", field="priority", goal="Say when")
    page = visit(f"{case.address}tomasz", expecting_failure=True)
    panel = opened(page, case.pin)
    composer = panel.get_by_role("textbox", name="Write a reply")
    composer.focus()
    composer.press("ArrowUp")
    field = panel.get_by_role("textbox", name="Edit message")
    expect(field).to_have_value("Ship on Monday")
    message = thread.comments[0]
    tomasz.comments.edit(message.id, "Ship on Tuesday")
    tomasz.threads.comment(thread.id, "And tell them")
    expect(panel.get_by_text("And tell them", exact=True)).to_be_visible()
    return panel, field, lambda: tomasz.threads.get(thread.id).comments[0].body


def test_what_came_meanwhile_is_not_overwritten_unseen(editing):
    panel, field, said = editing
    field.fill("Ship on Wednesday")
    field.press("Control+Enter")
    expect(panel.get_by_text(CLASH).first).to_be_visible()
    assert said() == "Ship on Tuesday"
    panel.get_by_role("button", name="Show both").click()
    expect(panel.get_by_text("Ship on Tuesday")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Ship on Tuesday")
    panel.get_by_role("button", name="Keep the other text").click()
    expect(field).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="Ship on Tuesday")).to_be_visible()
    assert said() == "Ship on Tuesday"


def test_whoever_saw_both_may_save_theirs(editing):
    panel, field, said = editing
    field.fill("Ship on Wednesday")
    for _ in ("told", "shown", "saved"):
        field.press("Control+Enter")
        expect(panel.get_by_role("button", name="Sending")).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="Ship on Wednesday")).to_be_visible()
    expect(field).to_have_count(0)
    assert said() == "Ship on Wednesday"


def test_who_left_their_text_as_it_was_changes_nothing(editing):
    panel, field, said = editing
    field.press("Control+Enter")
    expect(field).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="Ship on Tuesday")).to_be_visible()
    assert said() == "Ship on Tuesday"


@pytest.mark.parametrize("key", ["Escape", "Control+Enter"])
def test_an_edit_begun_in_the_composer_ends_there(editing, key):
    panel, field, _ = editing
    field.press(key)
    expect(panel.get_by_role("textbox", name="Write a reply")).to_be_focused()
