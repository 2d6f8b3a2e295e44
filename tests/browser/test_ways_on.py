"""Where something cannot be done as it is meant, there is a sentence and a way on; and where one goes by Tab alone, a way in."""

import re

import pytest
from playwright.sync_api import expect

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"  # as in a page without TLS


def small(name):
    return {"name": name, "mimeType": "text/plain", "buffer": b"x"}


def login_page(route):
    route.fulfill(body="<h1>Log in</h1>", content_type="text/html", headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture
def thread(host, case):
    tomasz = host.acting_as("tomasz")
    thread = tomasz.threads.open(case.record, "See [the plan](https://plans.example/1)", field="priority", goal="Say when")
    tomasz.threads.comment(thread.id, "And [the map](https://maps.example/2)")
    return thread


@pytest.mark.usefixtures("thread")
def test_a_link_is_copied_where_the_page_has_no_clipboard(visit, case, opened):
    page = visit(f"{case.address}ines", prepare=lambda page: page.add_init_script(NO_CLIPBOARD))
    panel = opened(page, case.pin)
    expect(panel.get_by_role("article")).to_have_count(2)
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_role("menuitem", name="Copy link").click()
    expect(panel.locator(".ap-toast")).to_have_text("Link copied")
    field = panel.get_by_role("textbox", name="Write a reply")
    field.press("Control+v")
    expect(field).to_have_value(re.compile(r"^http://.+/t/thr_\w{26}$"))


@pytest.mark.usefixtures("thread")
def test_more_files_than_go_with_a_message_are_said_to_stay(visit, case, opened):
    panel = opened(visit(f"{case.address}ines"), case.pin)
    panel.get_by_role("textbox", name="Write a reply").fill("All of it")
    panel.locator("input[type=file]").set_input_files([small(f"{number}.txt") for number in range(12)])
    rows = panel.locator(".ap-uploads li")
    expect(rows).to_have_count(12)
    expect(rows.filter(has_text="At most 10 files go with one message.")).to_have_count(2)
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("article").last.locator(".ap-file")).to_have_count(10)


@pytest.mark.usefixtures("thread")
def test_a_file_that_nonsense_answered_for_is_not_said_to_be_there(visit, case, opened, endpoint):
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    panel.get_by_role("textbox", name="Write a reply").fill("With it")
    page.route(f"{endpoint}/v1/attachments", login_page)
    panel.locator("input[type=file]").set_input_files([small("plan.txt")])
    row = panel.locator(".ap-uploads li")
    expect(row).to_contain_text("The server did not answer.")
    page.unroute(f"{endpoint}/v1/attachments")
    row.get_by_role("button", name="Retry").click()
    expect(row).to_contain_text("1 byte")
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("article").last.get_by_role("button", name="plan.txt", exact=True)).to_be_visible()


@pytest.mark.usefixtures("thread")
def test_tab_comes_to_the_messages_once_and_enter_goes_into_one(visit, case, opened):
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    expect(panel.get_by_role("article").last).to_be_visible()
    page.keyboard.press("F6")
    expect(panel.get_by_role("article").last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(panel.get_by_role("article").last).not_to_be_focused()
    expect(panel.get_by_role("link", name="the plan")).not_to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Seen", exact=True).last).to_be_focused()  # under the messages
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("link", name="the map")).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("toolbar").get_by_role("button").first).to_be_focused()
