"""How keys work is everybody's own choice, and what a screen reader is told is said once."""

import pytest
from playwright.sync_api import expect

HEARD = """(panel) => {
    window.heard = [];
    const region = panel.shadowRoot.querySelector("[role=status]");
    new MutationObserver(() => region.textContent && window.heard.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def ines(host):
    ines = host.acting_as("ines")
    yield ines
    ines.preferences.choose(enter_sends=None, letter_keys=None)


@pytest.fixture
def thread(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


@pytest.fixture
def panel(visit, case, opened, thread):
    """The discussion, as Ines sees it."""

    def come():
        page = visit(f"{case.address}ines", expecting_failure=True)
        panel = opened(page, case.pin)
        expect(panel.get_by_role("heading", name=thread.goal)).to_be_visible()
        with page.expect_response(lambda answer: answer.url.endswith("/v1/preferences")):
            panel.get_by_role("textbox").focus()
            page.keyboard.press("Shift")
        expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
        return panel

    return come


def bodies(host, case):
    return [comment.body for thread in host.conversation(case.record).threads for comment in thread.comments]


def test_enter_sends_for_who_likes_it_so(panel, host, case, ines):
    ines.preferences.choose(enter_sends=True)
    shown = panel()
    field = shown.get_by_role("textbox")
    field.press_sequentially("On")
    field.press("Shift+Enter")
    field.press_sequentially("Monday")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "composed": True})
    expect(field).to_have_value("On\nMonday")
    field.press("Enter")
    expect(field).to_have_value("")
    expect(shown.get_by_role("article").filter(has_text="Monday")).to_be_visible()
    expect(shown.get_by_text("Sending")).to_have_count(0)
    assert bodies(host, case) == ["When?", "On\nMonday"]


def test_enter_begins_a_line_for_everybody_else(panel, host, case):
    field = panel().get_by_role("textbox")
    field.press_sequentially("On")
    field.press("Enter")
    expect(field).to_have_value("On\n")
    assert bodies(host, case) == ["When?"]


def test_letters_do_nothing_in_a_discussion_for_who_likes_it_so(panel, host, ines, thread):
    ines.preferences.choose(letter_keys=False)
    shown = panel()
    message = shown.get_by_role("article").filter(has_text="When?")
    message.focus()
    for key in ("e", "a", "q", "r"):
        message.press(key)
    expect(message).to_be_focused()
    expect(shown.get_by_text("Reply to")).to_have_count(0)
    message.press("Enter")
    expect(message).not_to_be_focused()
    comment = host.threads.get(thread.id).comments[0]
    assert comment.seen_by == []
    assert comment.reactions == []


def test_letters_work_in_a_discussion_for_everybody_else(panel):
    shown = panel()
    message = shown.get_by_role("article").filter(has_text="When?")
    message.focus()
    message.press("q")
    expect(shown.get_by_text("Reply to Tomasz")).to_be_visible()
    expect(shown.get_by_role("textbox")).to_be_focused()


def test_both_are_chosen_where_the_keys_are_listed_and_kept_at_once(visit, ines):
    page = visit("/inbox?as=ines")
    row = page.get_by_role("listitem").first.get_by_role("button").first
    row.focus()
    row.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    letters = keys.get_by_role("checkbox", name="Single letters")
    enter = keys.get_by_role("checkbox", name="Enter sends")
    expect(letters).to_be_checked()
    expect(enter).not_to_be_checked()
    for box in (letters, enter):
        with page.expect_response(lambda answer: answer.url.endswith("/v1/preferences")):
            box.click()
    expect(letters).not_to_be_checked()
    liked = ines.preferences.get()
    assert (liked.enter_sends, liked.letter_keys) == (True, False)
    keys.get_by_role("button", name="OK").click()
    row.press("?")
    row.press("x")
    expect(keys).to_have_count(0)
    expect(page.locator("[data-selected]")).to_have_count(0)
    page.get_by_role("button", name="all keys").click()
    keys.get_by_role("checkbox", name="Single letters").click()
    keys.get_by_role("button", name="OK").click()
    row.press("x")
    expect(page.locator("[data-selected]")).to_have_count(1)


def test_that_a_draft_is_saved_is_said_once(panel):
    shown = panel()
    shown.evaluate(HEARD)
    field = shown.get_by_role("textbox")
    for text in ("On", " Monday"):
        field.press_sequentially(text)
        expect(shown.get_by_text("Draft saved").last).to_be_visible()
        field.page.wait_for_timeout(600)
    field.press("Control+Enter")
    field.page.wait_for_function("heard.includes('Sent')")
    assert field.page.evaluate("heard") == ["Draft saved", "Sent"]


def test_that_a_draft_is_saved_does_not_talk_over_who_was_found(panel):
    shown = panel()
    shown.evaluate(HEARD)
    field = shown.get_by_role("textbox")
    field.press_sequentially("@To")
    expect(shown.get_by_text("Draft saved")).to_be_visible()
    field.page.wait_for_function("heard.length")
    assert "found" in field.page.evaluate("heard")[0]


def test_what_is_sent_again_is_said_to_be_sent_and_the_focus_stays(panel, host, case):
    shown = panel()
    field = shown.get_by_role("textbox")
    field.page.route("**/comments?render=nodes", lambda route: route.fulfill(status=500, body="{}"))
    field.fill("On Monday")
    field.press("Control+Enter")
    retry = shown.get_by_role("button", name="Retry")
    expect(retry).to_be_visible()
    field.page.unroute_all()
    shown.evaluate(HEARD)
    retry.focus()
    retry.press("Enter")
    expect(field).to_be_focused()
    field.page.wait_for_function("heard.includes('Sent')")
    assert bodies(host, case) == ["When?", "On Monday"]


def test_where_one_answers_says_what_a_slash_is_for_and_a_menu_that_it_quotes(panel):
    shown = panel()
    hint = "Reply, or type / for question, decision, action"
    expect(shown.get_by_role("textbox")).to_have_attribute("placeholder", hint)
    message = shown.get_by_role("article").filter(has_text="When?")
    message.hover()
    message.get_by_role("button", name="More").click()
    shown.get_by_role("menuitem", name="Reply with quote").click()
    expect(shown.get_by_text("Reply to Tomasz")).to_be_visible()
