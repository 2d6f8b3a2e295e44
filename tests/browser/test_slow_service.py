"""A service that takes its time: what one does shows at once, it is said that it is slow, and pressing again does nothing twice."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

LATENCY = 3_000  # milliseconds more that each answer takes


@pytest.fixture
def thread(host, case):
    ines = host.acting_as("ines")
    return ines.threads.open(case.record, "When?", field="priority", goal="Say when")


@pytest.fixture
def talk(visit, case, opened, thread):
    """Ines has it open, with all that it takes to act."""
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name=thread.goal)).to_be_visible()
    panel.get_by_role("textbox").press_sequentially("a")
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    panel.get_by_role("textbox").fill("")
    return page, panel


def slow(page):
    """From now on every answer takes so much longer; returns what is asked to change something, which grows."""
    changes = []
    page.on("request", lambda request: changes.append(request.url) if is_change(request) else None)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    limits = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", limits)
    return changes


@contextmanager
def held(page, address):
    """Let nothing that is asked for at this address arrive until the block ends."""
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route(address, hold)
    yield
    for route in waiting:
        route.continue_()
    page.unroute(address)


def is_change(request):
    return request.method in ("POST", "PATCH", "PUT", "DELETE") and not request.url.endswith(("/counts", "/read?render=nodes"))


def choose(panel, item):
    """Take this from the menu of the first message."""
    message = panel.get_by_role("article").first
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name=item).click()


def impatiently(button):
    """Press it five times, as fast as somebody does."""
    button.evaluate("""async (one) => {
        for (let time = 0; time < 5; time++) {
            one.click()
            await new Promise((resolve) => setTimeout(resolve, 60))
        }
    }""")


@pytest.mark.usefixtures("thread")
def test_loading_says_that_it_is_slow_and_may_be_left(visit, case, opened):
    page = visit(f"{case.address}ines")
    expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
    with held(page, "**/v1/conversation*"):
        panel = opened(page, case.pin)
        expect(panel.locator("[aria-busy=true]")).to_be_visible()
        expect(panel.locator("p").get_by_text("Still loading. Your connection is slow.")).to_be_visible()
        panel.get_by_role("button", name="Close panel").click()
        expect(panel.locator("[aria-busy=true]")).to_have_count(0)
        opened(page, case.pin)
        expect(panel.locator("[aria-busy=true]")).to_be_visible()
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
    expect(panel.locator("[aria-busy=true]")).to_have_count(0)


def test_a_message_shows_at_once_and_is_sent_once(talk, host, thread):
    page, panel = talk
    changes = slow(page)
    field = panel.get_by_role("textbox")
    field.fill("On Monday")
    with held(page, "**/comments*"):
        impatiently(panel.get_by_role("button", name="Send", exact=True))
        expect(panel.locator("article[data-state=sending]").filter(has_text="On Monday")).to_have_count(1)
    field.press_sequentially("And the rest")
    expect(panel.locator("article[data-state=sending]")).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="On Monday")).to_have_count(1)
    expect(field).to_have_value("And the rest")
    assert len(changes) == 1
    assert [comment.body for comment in host.threads.get(thread.id).comments] == ["When?", "On Monday"]


def test_something_to_do_is_added_once_and_what_is_typed_meanwhile_stays(talk, host, thread):
    page, panel = talk
    slow(page)
    field = panel.get_by_role("textbox")
    field.fill("/a Book the lorry")
    with page.expect_response(lambda answer: answer.url.endswith("/actions?render=nodes")):
        impatiently(panel.get_by_role("button", name="Add an action").last)
        field.fill("/c And tell them")
    page.wait_for_timeout(500)
    expect(panel.get_by_role("checkbox", name="Book the lorry")).to_have_count(1)
    expect(field).to_have_value("And tell them")
    assert [action.text for action in host.threads.get(thread.id).actions] == ["Book the lorry"]


def test_the_form_of_something_to_do_adds_it_once(talk, host, thread):
    page, panel = talk
    changes = slow(page)
    choose(panel, "Turn into an action")
    impatiently(panel.get_by_role("button", name="Add an action"))
    expect(panel.get_by_role("button", name="Sending")).to_be_visible()
    expect(panel.get_by_role("button", name="Sending")).to_have_count(0)
    assert len(changes) == 1
    assert [action.text for action in host.threads.get(thread.id).actions] == ["When?"]


def test_an_edit_is_saved_once(talk, host, thread):
    page, panel = talk
    changes = slow(page)
    choose(panel, "Edit")
    panel.get_by_role("textbox", name="Edit message").fill("When, at last?")
    impatiently(panel.get_by_role("button", name="Save"))
    expect(panel.get_by_role("textbox", name="Edit message")).to_have_count(0)
    expect(panel.get_by_role("article").first.get_by_text("When, at last?")).to_be_visible()
    assert len(changes) == 1
    assert host.threads.get(thread.id).comments[0].version == 2


def test_a_discussion_is_begun_once(visit, host, case, opened):
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    panel.get_by_role("textbox").press_sequentially("When?")
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    changes = slow(page)
    with held(page, "**/v1/threads?*"):
        impatiently(panel.get_by_role("button", name="Send and start"))
        expect(panel.locator("article[data-state=sending]").filter(has_text="When?")).to_have_count(1)
    expect(panel.get_by_role("textbox", name="Write a reply")).to_be_visible()
    assert len(changes) == 1
    assert len(host.conversation(case.record).threads) == 1


def test_an_answer_in_the_inbox_is_sent_once(visit, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "<@ines>, when exactly?", goal="Say when exactly")
    page = visit("/inbox?as=ines")
    row = page.get_by_role("listitem").filter(has_text="Say when exactly").first
    row.get_by_role("button").first.press("r")
    row.get_by_role("textbox").fill("On Monday")
    slow(page)
    impatiently(row.get_by_role("button", name="Send"))
    expect(row.get_by_role("button", name="Sending")).to_be_visible()
    expect(row.get_by_role("textbox")).to_have_count(0)
    assert [comment.body for comment in host.threads.get(thread.id).comments][1:] == ["On Monday"]
