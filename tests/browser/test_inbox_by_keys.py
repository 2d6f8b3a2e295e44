"""The inbox worked through by its keys alone: whatever goes from the page, the next key still has where to begin."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

NAMES = ["One", "Two", "Three", "Four"]
people = itertools.count(1)


@pytest.fixture
def inbox(strange, host, case):
    """The inbox of somebody who has four things in it, the newest first, with the focus on that one."""
    person = f"kim{next(people)}"
    page = strange("<main><apropos-inbox></apropos-inbox></main>", person=person)
    expect(page.get_by_role("heading", name="Nothing needs you")).to_be_visible()
    ines = host.acting_as("ines")
    for name in reversed(NAMES):
        thread = ines.threads.open(case.record, f"<@{person}>, look at {name}", goal=name)
        expect(title(page, name)).to_be_visible()
    ines.actions.add(thread.id, "Tell them", assignee=person, due_at=datetime.now(UTC) + timedelta(days=1))
    expect(row(page, "One").get_by_role("button", name="Done")).to_be_visible()
    title(page, "One").focus()
    return page


def press(inbox, *keys):
    """Press one key after the other."""
    for key in keys:
        inbox.keyboard.press(key)


def title(page, name):
    return page.get_by_role("button", name=name, exact=True)


def row(page, name):
    return page.get_by_role("listitem").filter(has=title(page, name))


def test_j_and_k_move(inbox):
    for key, name in [("j", "Two"), ("ArrowDown", "Three"), ("k", "Two"), ("ArrowUp", "One"), ("k", "One")]:
        inbox.keyboard.press(key)
        expect(title(inbox, name)).to_be_focused()


def test_after_a_reply_that_was_left_or_sent_the_entry_has_the_focus(inbox):
    press(inbox, "j", "r", "Escape")
    expect(title(inbox, "Two")).to_be_focused()
    press(inbox, "r", "Tab", "Enter")
    expect(inbox.get_by_role("textbox")).to_have_count(0)
    expect(title(inbox, "Two")).to_be_focused()
    inbox.keyboard.press("r")
    inbox.keyboard.type("It is well")
    inbox.keyboard.press("Control+Enter")
    expect(inbox.get_by_role("group").filter(has_text="Sent")).to_be_visible()
    expect(title(inbox, "Two")).to_be_focused()
    inbox.keyboard.press("j")
    expect(title(inbox, "Three")).to_be_focused()


def test_after_an_entry_is_put_away_or_off_the_next_has_the_focus_and_after_the_last_the_heading(inbox):
    inbox.keyboard.press("s")
    expect(inbox.get_by_role("menuitem").first).to_be_focused()
    press(inbox, "Escape", "s", "End", "Enter")
    expect(inbox.get_by_label("A date")).to_be_focused()
    with inbox.expect_response("**/snooze*"):
        inbox.keyboard.press("Enter")
    expect(title(inbox, "One")).to_have_count(0)
    expect(title(inbox, "Two")).to_be_focused()
    expect(inbox.get_by_role("group").filter(has_text="Put off until")).to_be_visible()
    inbox.keyboard.press("d")
    expect(title(inbox, "Two")).to_have_count(0)
    expect(title(inbox, "Three")).to_be_focused()
    expect(inbox.get_by_role("group").filter(has_text="Done.")).to_be_visible()
    for _ in range(9):
        inbox.keyboard.press("Tab")
        if inbox.get_by_role("button", name="Undo").evaluate("undo => undo.getRootNode().activeElement === undo"):
            break
    inbox.keyboard.press("Enter")
    expect(title(inbox, "Two")).to_be_visible()
    for name, after in [("Three", "Four"), ("Four", "Two")]:
        expect(title(inbox, name)).to_be_focused()
        inbox.keyboard.press("d")
        expect(title(inbox, after)).to_be_focused()
    inbox.keyboard.press("d")
    expect(inbox.get_by_role("heading", name="For you")).to_be_focused()


def test_g_goes_to_each_shelf_and_its_first_entry(inbox):
    for key, shelf, first in [("m", "Mentions", "One"), ("f", "Followed", None), ("d", "Due", None), ("a", "Assigned", "One")]:
        press(inbox, "g", key)
        heading = inbox.get_by_role("heading", name=shelf, exact=True)
        expect(heading).to_be_visible()
        expect(title(inbox, first) if first else heading).to_be_focused()
    press(inbox, "g", "a")
    expect(title(inbox, "One")).to_be_focused()


def test_what_shows_over_the_list_gives_the_focus_back(inbox):
    press(inbox, "j", "?")
    expect(inbox.get_by_role("dialog").get_by_text("Reply")).to_be_visible()
    inbox.keyboard.press("Escape")
    expect(inbox.get_by_role("dialog")).to_have_count(0)
    expect(title(inbox, "Two")).to_be_focused()
    press(inbox, "x", "j", "x")
    expect(inbox.get_by_text("2 selected")).to_be_visible()
    inbox.keyboard.press("e")
    expect(row(inbox, "Two").get_by_role("button", name="Seen")).to_have_count(0)
    expect(row(inbox, "Three").get_by_role("button", name="Seen")).to_have_count(0)
    expect(title(inbox, "Three")).to_be_focused()
    inbox.keyboard.press("/")
    expect(inbox.get_by_role("searchbox")).to_be_focused()
    press(inbox, "Escape", "j")
    expect(title(inbox, "One")).to_be_focused()


def test_seen_is_taken_back_where_it_is_told_and_by_its_key(inbox):
    seen = row(inbox, "Two").get_by_role("button", name="Seen")
    with inbox.expect_response("**/seen*"):
        press(inbox, "j", "e")
    expect(seen).to_have_count(0)
    with inbox.expect_response(lambda answer: answer.request.method == "DELETE" and "/seen" in answer.url):
        inbox.get_by_role("button", name="Undo").click()
    expect(seen).to_be_visible()
    expect(inbox.get_by_role("group").filter(has_text="Seen")).to_have_count(0)
    title(inbox, "Two").focus()
    for said, shown in (("read", 0), ("unread", 1)):
        with inbox.expect_response(f"**/inbox/{said}"):
            inbox.keyboard.press("e")
        expect(seen).to_have_count(shown)


def test_an_action_that_is_done_is_open_again_where_that_is_taken_back(inbox, host, case):
    newest = next(host.threads.list(record=case.record))
    person = host.threads.get(newest.id).actions[0].assignee
    only = host.acting_as("ines").threads.open(case.record, "Not for you yet", goal="Only that")
    host.acting_as("ines").actions.add(only.id, "Tell them too", assignee=person)
    for name in ("One", "Only that"):
        done = row(inbox, name).get_by_role("button", name="Done", exact=True)
        done.click()
        expect(title(inbox, name)).to_have_count(0)
        inbox.get_by_role("button", name="Undo").click()
        expect(done).to_be_visible()


def test_keys_of_the_discussion_beside_the_list_are_its_own(inbox):
    press(inbox, "j", "Enter")
    message = inbox.get_by_role("article")
    expect(message).to_have_accessible_name(re.compile("Ines"))
    message.focus()
    inbox.keyboard.press("j")
    expect(message).to_be_focused()
    inbox.keyboard.press("r")
    expect(inbox.locator("apropos-thread").get_by_role("textbox")).to_be_focused()


def test_somebody_elsewhere_keeps_the_focus_when_an_entry_goes(inbox):
    inbox.evaluate("() => document.querySelector('main').append(document.createElement('input'))")
    inbox.locator("main > input").focus()
    inbox.evaluate("() => document.activeElement.blur()")
    row(inbox, "One").get_by_role("button", name="Seen").dispatch_event("click")
    inbox.get_by_role("button", name=re.compile("^Unread")).dispatch_event("click")
    expect(title(inbox, "One")).to_have_count(0)
    expect(inbox.locator("body")).to_be_focused()


def test_tab_goes_on_from_an_entry_to_what_can_be_done_with_it(inbox):
    inbox.keyboard.press("j")
    reached = []
    for _ in range(6):
        inbox.keyboard.press("Tab")
        reached.append(
            inbox.evaluate("""() => {
            const one = document.activeElement.shadowRoot?.activeElement
            return one?.closest('[data-id]') ? one.getAttribute('aria-label') ?? one.textContent : ''
        }""")
        )
    assert [name for name in reached if name in ("Seen", "Later", "Done with it")] == ["Seen", "Later", "Done with it"]
    assert reached[-1] == ""  # and out of the list
    title(inbox, "Two").focus()
    row(inbox, "Two").get_by_role("button", name="Seen").press("Enter")
    expect(row(inbox, "Two").get_by_role("button", name="Seen")).to_have_count(0)
    expect(title(inbox, "Two")).to_be_focused()


def test_that_nobody_answers_is_said_over_the_list(visit):
    page = visit("/inbox?as=jonas", expecting_failure=True)
    inbox = page.locator("apropos-inbox")
    expect(inbox.get_by_role("heading", name="For you")).to_be_visible()
    page.context.set_offline(True)
    inbox.get_by_role("button", name="Mentions").click()
    expect(inbox.locator(".ap-note")).to_have_text("You are offline.")
    page.context.set_offline(False)
    expect(inbox.locator(".ap-note")).to_have_count(0)


def test_whoever_was_signed_out_signs_in_again(visit):
    page = visit("/inbox?as=jonas", expecting_failure=True, prepare=lambda page: page.route("**/apropos-token*", signed_out))
    expect(page.locator("apropos-inbox").get_by_role("button", name="Sign in again")).to_be_visible()


def signed_out(route):
    route.fulfill(status=401, body="{}", content_type="application/json")
