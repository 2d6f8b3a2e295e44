"""What somebody wrote is kept and arrives once: whatever becomes of the page, the connection, or the place meanwhile."""

import pytest
from playwright.sync_api import expect

TEXT = "Ship it on Monday"


@pytest.fixture
def thread(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


def untouched(page, pin):
    """Open a discussion by a key: a pointer may lie over the panel that comes, which touches it."""
    page.locator(pin).get_by_role("button").press("Enter")
    return page.locator("apropos-panel")


def is_told_until_back(page, panel):
    """Is told that there is no connection, until there is one again."""
    expect(panel.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(panel.get_by_text("You are offline.")).to_have_count(0)


def write(panel, text=TEXT):
    panel.get_by_role("textbox").fill(text)
    return panel.get_by_role("button", name="Send")


def go_offline(page):
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")


def send_without_connection(page, panel):
    """Send it while there is no connection, and see that it waits."""
    button = write(panel)
    expect(button).to_be_enabled()
    go_offline(page)
    button.click()
    expect(panel.get_by_text("Waiting to send")).to_be_visible()


def shows_once(panel, text=TEXT):
    expect(panel.get_by_role("article").filter(has_text=text)).to_have_count(1)
    expect(panel.get_by_text("Waiting to send")).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="Sending")).to_have_count(0)


def said(host, case):
    """Everything that the service has on the record."""
    return [comment.body for thread in host.conversation(case.record).threads for comment in thread.comments]


@pytest.mark.usefixtures("thread")
def test_a_page_that_is_loaded_anew_at_once_keeps_what_was_typed(visit, case, opened):
    page = visit(f"{case.address}ines")
    expect(write(opened(page, case.pin))).to_be_enabled()
    page.reload()
    expect(opened(page, case.pin).get_by_role("textbox")).to_have_value(TEXT)


@pytest.mark.usefixtures("thread")
def test_a_page_that_is_loaded_anew_right_after_sending(visit, host, case, opened):
    page = visit(f"{case.address}ines")
    write(opened(page, case.pin)).click()
    page.reload()
    shows_once(opened(page, case.pin))
    assert said(host, case) == ["When?", TEXT]


@pytest.mark.usefixtures("thread")
def test_a_window_that_is_closed_right_after_sending(visit, host, case, opened):
    page = visit(f"{case.address}ines")
    write(opened(page, case.pin)).click()
    page.close()
    again = page.context.new_page()
    again.goto(page.url)
    shows_once(opened(again, case.pin))
    assert said(host, case) == ["When?", TEXT]


@pytest.mark.usefixtures("thread")
def test_what_is_sent_without_a_connection_arrives_once_there_is_one(visit, host, case, opened):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    send_without_connection(page, panel)
    page.context.set_offline(False)
    shows_once(panel)
    assert said(host, case) == ["When?", TEXT]


def test_what_waited_when_its_page_went_arrives_though_nobody_opens_it(visit, host, case, opened, thread):
    page = visit(f"{case.address}ines", expecting_failure=True)
    send_without_connection(page, opened(page, case.pin))
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    with again.expect_response(lambda answer: answer.url.endswith(f"/threads/{thread.id}/comments?render=nodes")) as sent:
        again.goto(page.url)
    assert sent.value.status == 201
    assert said(host, case) == ["When?", TEXT]


def test_a_discussion_that_waits_to_begin_while_another_appears_there(visit, host, case, opened):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    send_without_connection(page, panel)
    host.acting_as("tomasz").threads.open(case.record, "I was first", field="priority")
    page.context.set_offline(False)
    expect(panel.get_by_text("Waiting to send")).to_have_count(0)
    panel.get_by_role("button", name="All discussions").click()
    expect(panel.get_by_role("button", name=TEXT)).to_have_count(1)
    expect(panel.get_by_role("button", name="I was first")).to_have_count(1)
    assert sorted(said(host, case)) == ["I was first", TEXT]


@pytest.mark.usefixtures("thread")
def test_another_discussion_that_begins_takes_nobody_away_from_theirs(visit, host, case, opened):
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
    host.acting_as("tomasz").threads.open(case.record, "Something else", field="priority")
    expect(panel.get_by_role("button", name="All discussions")).to_be_visible()
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()


@pytest.mark.usefixtures("thread")
def test_who_goes_offline_before_touching_the_discussion_sends_once_back(visit, host, case):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = untouched(page, case.pin)
    field = panel.get_by_role("textbox")
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
    expect(field).to_be_visible()
    go_offline(page)
    field.focus()
    for text in (TEXT, "And tell the customer"):
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
    page.keyboard.type("Not done")
    expect(panel.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    shows_once(panel)
    expect(panel.get_by_text("You are offline.")).to_have_count(0)
    expect(field).to_have_value("Not done")
    expect(field).to_be_focused()
    expect(panel.get_by_role("article").filter(has_text="And tell the customer")).to_have_count(1)
    assert said(host, case) == ["When?", TEXT, "And tell the customer"]


@pytest.mark.usefixtures("thread")
def test_who_goes_offline_before_touching_the_discussion_is_back_without_doing_anything(visit, case):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = untouched(page, case.pin)
    expect(panel.get_by_role("textbox")).to_be_visible()
    go_offline(page)
    panel.get_by_role("textbox").focus()
    is_told_until_back(page, panel)
    expect(panel.get_by_role("button", name="Attach")).to_be_visible()


@pytest.mark.usefixtures("thread")
def test_who_only_reads_is_told_that_there_is_no_connection_and_when_it_is_back(visit, case):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = untouched(page, case.pin)
    expect(panel.get_by_role("textbox")).to_be_visible()
    go_offline(page)
    is_told_until_back(page, panel)


@pytest.mark.usefixtures("thread")
def test_who_only_reads_is_told_that_the_service_went(visit, case):
    def cut_off(page):
        page.route_web_socket("**/v1/live", lambda socket: socket.close())
        page.route("**/detour.js", lambda route: route.abort())

    panel = untouched(visit(f"{case.address}ines", expecting_failure=True, prepare=cut_off), case.pin)
    expect(panel.get_by_text("You are offline.")).to_be_visible()
