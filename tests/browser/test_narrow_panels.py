"""In a panel of 320 pixels what can be done with a message covers nobody's name, and none of it is cut."""

import pytest
from playwright.sync_api import expect

NAME = "Konstantin von Hohenberg"


@pytest.mark.parametrize("settings", [{}, {"has_touch": True, "is_mobile": True}], ids=["pointer", "finger"])
def test_the_tools_of_a_message_stand_over_it_and_not_over_its_authors_name(visit, host, case, opened, settings):
    host.people.describe({"id": "konstantin", "name": NAME, "department": "Supply chain"})
    konstantin = host.acting_as("konstantin")
    thread = konstantin.threads.open(case.record, "When do we ship?", field="priority", kind="question")
    for number in range(1, 10):
        konstantin.threads.comment(thread.id, f"Message {number}")
    panel = opened(visit(f"{case.address}ines", viewport={"width": 320, "height": 640}, **settings), case.pin)
    panel.get_by_role("article").last.click()
    expect(panel.get_by_role("toolbar").last).to_be_visible()
    for message in (panel.get_by_role("article").nth(4), panel.get_by_role("article").first):
        message.scroll_into_view_if_needed()
        message.focus()
        tools = message.get_by_role("toolbar")
        expect(tools).to_be_in_viewport(ratio=1)
        name, over = message.locator("b").bounding_box(), tools.bounding_box()
        assert over["y"] + over["height"] <= name["y"] + 2
    panel.locator(".ap-scroll").evaluate("one => one.scrollTo(0, 0)")
    over, feed = tools.bounding_box(), panel.locator(".ap-scroll").bounding_box()
    assert over["y"] >= feed["y"], "the first message has room for them"
