"""A service that answers nonsense, and a picture that is too much: a plain sentence, a way on, and the text kept."""

import re

import pytest
from playwright.sync_api import expect

NONSENSE = {
    "a page": {"status": 200, "content_type": "text/html", "body": "<h1>Welcome to the guest network</h1>"},
    "half an answer": {"status": 200, "content_type": "application/json", "body": '{"data": [{"id": "thr_'},
    "an answer to something else": {"status": 200, "content_type": "application/json", "body": '{"ok": true}'},
    "an error": {"status": 500, "content_type": "text/plain", "body": "upstream died"},
}
PASTE = """(field, [name, type, size]) => {
    const data = new DataTransfer()
    if (size) data.items.add(new File([new Uint8Array(size)], name, { type }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }))
}"""


@pytest.fixture
def thread(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


@pytest.mark.usefixtures("thread")
@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_in_place_of_a_discussion_is_said_and_tried_again(visit, endpoint, case, opened, answer):
    page = visit(f"{case.address}ines", expecting_failure=True)
    expect(page.locator(case.pin).get_by_role("button")).to_be_visible()
    page.route(f"{endpoint}/v1/conversation*", lambda route: route.fulfill(**NONSENSE[answer]))
    panel = opened(page, case.pin)
    again = panel.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute_all()
    again.click()
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_in_place_of_earlier_messages_is_said_and_tried_again(visit, host, endpoint, case, opened, thread, answer):
    for number in range(40):
        last = host.acting_as("tomasz").threads.comment(thread.id, f"Message {number}")
    host.acting_as("ines").threads.read(thread.id, last.seq)
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    fold = panel.get_by_role("button", name=re.compile("messages"))
    page.route(f"{endpoint}/v1/threads/*/comments?*", lambda route: route.fulfill(**NONSENSE[answer]))
    fold.click()
    said = panel.locator(".ap-fail").get_by_text("That did not work.")
    expect(said).to_be_visible()
    page.unroute_all()
    fold.click()
    expect(panel.get_by_text("Message 7", exact=True)).to_be_attached()
    expect(said).to_have_count(0)


@pytest.mark.usefixtures("thread")
@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_in_place_of_people_is_said_and_whoever_types_on_finds_them(visit, endpoint, case, opened, answer):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    field = panel.get_by_role("textbox")
    page.route(f"{endpoint}/v1/people*", lambda route: route.fulfill(**NONSENSE[answer]))
    field.press_sequentially("Ask @Luk")
    note = panel.locator(".ap-pop").get_by_text("People could not be looked for just now. Type on to try again.")
    expect(note).to_be_visible()
    page.unroute_all()
    field.press_sequentially("a")
    expect(panel.get_by_role("option", name="Lukas Brandt")).to_be_visible()
    expect(note).to_have_count(0)
    expect(field).to_have_value("Ask @Luka")


@pytest.mark.usefixtures("thread")
def test_a_picture_of_twenty_megabytes_and_one_that_is_too_large_are_pasted(visit, case, opened):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    field = panel.get_by_role("textbox")
    field.press_sequentially("With a picture")
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    field.evaluate(PASTE, ["large.png", "image/png", 26 * 2**20])
    expect(panel.get_by_text("large.png is 26 MB. The limit is 25 MB.").first).to_be_visible()
    expect(field).to_have_value("With a picture")
    panel.get_by_role("button", name="Remove large.png").click()
    field.evaluate(PASTE, ["mould.png", "image/png", 20 * 2**20])
    expect(panel.get_by_role("button", name="Remove mould.png")).to_be_visible()
    expect(field).to_have_value("With a picture")


@pytest.mark.usefixtures("thread")
def test_too_long_a_text_is_said_and_read_out_each_time_somebody_sends_it(visit, case, opened):
    panel = opened(visit(f"{case.address}ines"), case.pin)
    field, alert = panel.get_by_role("textbox"), panel.get_by_role("alert")
    field.fill("x" * 12_430)
    expect(panel.get_by_text("This may have 10,000 characters; it has 12,430.", exact=True)).to_be_visible()
    for _ in range(2):
        expect(alert).to_have_text("")
        field.press("Control+Enter")
        expect(alert).to_have_text("Not sent. This may have 10,000 characters; it has 12,430.")
    expect(field).to_have_value("x" * 12_430)


def test_a_name_of_128_characters_that_turns_the_direction_stays_in_its_place(visit, host, case, opened):
    host.people.describe({"id": "odd", "name": "\u202egnp.exe\u202c " + "Ö" * 118})
    host.acting_as("odd").threads.open(case.record, "Who am I?", field="priority", goal="Know it")
    page = visit(f"{case.address}ines", viewport={"width": 320, "height": 640})
    article = opened(page, case.pin).get_by_role("article")
    expect(article).to_contain_text("Who am I?")
    assert article.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_long_name_is_cut_nowhere_but_in_a_list_where_that_shows(visit, host, case, opened):
    host.people.describe({"id": "long", "name": "W" * 128})
    long, ines = host.acting_as("long"), host.acting_as("ines")
    thread = long.threads.open(case.record, "Who am I?", field="priority", goal="Know it")
    long.comments.withdraw(long.threads.comment(thread.id, "Nobody").id)
    question = ines.threads.comment(thread.id, "Who?", kind="question")
    ines.threads.comment(thread.id, "Between")
    ines.comments.accept(question.id, long.threads.comment(thread.id, "I am").id)
    ines.actions.add(thread.id, "Find out", assignee="long")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    for shown in (".ap-tomb", ".ap-event", ".ap-event .ap-btn", ".ap-todo"):
        one = panel.locator(shown)
        expect(one).to_contain_text("W" * 128)
        assert one.evaluate("one => one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 1"), shown
    panel.get_by_role("textbox").press_sequentially("@WWW")
    name = panel.get_by_role("option").locator("b")
    expect(name).to_have_text("W" * 128)
    assert name.evaluate("name => name.clientWidth < name.parentElement.clientWidth + 1 && name.scrollWidth > name.clientWidth")
