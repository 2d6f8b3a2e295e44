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
