"""A long discussion opens in place: what one reads stays as it is, and only what is new is drawn."""

import pytest
from playwright.sync_api import expect

MANY = 40
SHOWN = 4
"""The first message and the last three."""
WATCH = """panel => {
    const articles = () => [...panel.shadowRoot.querySelectorAll("article")];
    const before = new Set(articles());
    return { kept: () => articles().filter((each) => before.has(each)).length };
}"""


@pytest.fixture
def long(host, case):
    ines = host.acting_as("ines")
    thread = ines.threads.open(case.record, "Message 1", field="priority")
    for number in range(2, MANY + 1):
        ines.threads.comment(thread.id, f"Message {number}")
    return thread


def test_what_shows_stays_while_more_is_unfolded_and_comes(visit, host, case, opened, long):
    panel = opened(visit(f"{case.address}ines"), case.pin)
    articles = panel.get_by_role("article")
    expect(articles).to_have_count(SHOWN)
    articles.first.hover()  # what it takes to act comes now
    expect(panel.get_by_role("toolbar", name="Message actions").first).to_be_visible()

    watch = panel.evaluate_handle(WATCH)
    panel.get_by_role("button", name=f"{MANY - SHOWN} messages").click()
    expect(articles).to_have_count(MANY)
    assert watch.evaluate("watch => watch.kept()") == SHOWN

    watch = panel.evaluate_handle(WATCH)
    host.acting_as("amara").threads.comment(long.id, "One more")
    expect(articles.last).to_contain_text("One more")
    assert watch.evaluate("watch => watch.kept()") == articles.count() - 1


def test_it_is_called_by_its_first_message_and_opens_at_the_first_that_is_new_though_both_come_later(visit, host, case, opened):
    ines = host.acting_as("ines")
    thread = ines.threads.open(case.record, "Message 1", field="priority")
    said = [
        ines.threads.comment(thread.id, f"Message {number}", kind="question" if number == 8 else "comment")
        for number in range(2, 76)
    ]
    ines.comments.accept(said[6].id, said[7].id)
    host.acting_as("amara").threads.read(thread.id, 21)
    page = visit(f"{case.address}amara", viewport={"width": 1300, "height": 560})
    panel = opened(page, case.pin)
    expect(panel.get_by_role("region", name="Messages").get_by_text("Message 21", exact=True)).to_be_in_viewport()
    expect(panel.get_by_role("separator", name="new")).to_be_in_viewport()
    assert panel.get_by_role("heading").inner_text() == "Message 1"


@pytest.fixture
def unread(host, case):
    """Amara has read 10 of 260 messages."""
    ines, amara = host.acting_as("ines"), host.acting_as("amara")
    thread = ines.threads.open(case.record, "Message 1", field="priority")
    for number in range(2, 261):
        ines.threads.comment(thread.id, f"Message {number}")
        if number == 10:
            amara.threads.read(thread.id, host.threads.get(thread.id).seq)
    return thread


@pytest.mark.usefixtures("unread")
def test_all_that_is_unread_shows_however_much_it_is_and_opens_at_the_first(visit, case, opened):
    panel = opened(visit(f"{case.address}amara", viewport={"width": 1300, "height": 560}), case.pin)
    expect(panel.get_by_role("separator", name="250 new")).to_be_in_viewport()
    expect(panel.get_by_role("article")).to_have_count(1 + 250)
    expect(panel.get_by_text("Message 11", exact=True).last).to_be_in_viewport()
    expect(panel.locator(".ap-fold")).to_contain_text("9 messages")


def test_nothing_is_read_while_older_unread_messages_are_still_to_come(visit, host, case, opened, endpoint, unread):
    page = visit(f"{case.address}amara", expecting_failure=True, viewport={"width": 1300, "height": 560})
    read = []
    page.on("request", lambda request: request.url.endswith("/read?render=nodes") and read.append(request))
    page.route(f"{endpoint}/v1/threads/{unread.id}/comments?*", lambda route: route.abort())
    panel = opened(page, case.pin)
    expect(panel.get_by_text("Message 260", exact=True)).to_be_attached()
    panel.locator(".ap-scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    page.wait_for_timeout(2_000)  # twice as long as one looks at what is read
    assert read == []
    page.unroute_all()
    for shown in (71, 121, 171, 221, 260):
        panel.locator(".ap-fold").click()
        expect(panel.get_by_role("article")).to_have_count(shown)
    panel.locator(".ap-scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    expect(page.locator(case.pin).get_by_role("button", name="Priority: 1 discussion, open", exact=True)).to_be_attached()
    assert host.acting_as("amara").threads.get(unread.id).viewer.unread == 0
