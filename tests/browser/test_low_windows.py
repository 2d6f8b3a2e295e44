"""In a low window, or one that is enlarged four times, all of a discussion scrolls together under the head's bar."""

import pytest
from playwright.sync_api import expect

SIZES = [(360, 225), (320, 256), (568, 320), (667, 375), (1440, 420)]
IN_VIEW = "it => { const { top, bottom } = it.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
SHOWS = """panel => {
  const { left, width } = panel.shadowRoot.querySelector('.ap-bar').getBoundingClientRect();
  const at = y => panel.shadowRoot.elementFromPoint(left + width / 2, y)?.closest('article, [data-new]');
  return Array.from({ length: innerHeight }, (_, y) => at(y)).filter(Boolean).length;
}"""

SCROLLED = """async (messages, top) => {
  messages.parentElement.scrollTo(0, top);
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""
"""Scrolls, and waits until whoever listens to that has heard it."""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_messages_show_and_all_else_is_reached_by_scrolling(visit, opened, width, height):
    page = visit("/crm?as=jonas", viewport={"width": width, "height": height})
    panel = opened(page, 'apropos-pin[field="q3/vt-400"]')
    expect(panel.get_by_role("article").last).to_be_visible()
    bar, send = panel.locator(".ap-bar"), panel.get_by_role("button", name="Send", exact=True)
    messages = panel.get_by_role("region", name="Messages")
    expect(messages).to_have_css("overflow-y", "visible")
    assert panel.evaluate(SHOWS) > 60

    messages.evaluate(SCROLLED, 0)
    expect(panel.get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)
    assert bar.evaluate(IN_VIEW)
    messages.evaluate("it => it.parentElement.scrollTo(0, 1e6)")
    assert bar.evaluate(IN_VIEW)
    assert send.evaluate(IN_VIEW)
    panel.get_by_role("textbox").fill("From afar, and large")
    expect(send).to_have_attribute("aria-disabled", "false")
    assert send.evaluate(IN_VIEW)


def test_what_comes_while_one_reads_its_end_shows_in_a_low_window_too(visit, opened, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Is it loud?\n\n" * 12, field="priority")
    page = visit(f"{case.address}ines", viewport={"width": 667, "height": 375})
    panel = opened(page, case.pin)
    expect(panel.get_by_role("article")).to_be_visible()
    messages = panel.get_by_role("region", name="Messages")
    messages.evaluate(SCROLLED, 1e6)
    host.acting_as("tomasz").threads.comment(thread.id, "It is.")
    expect(panel.get_by_role("article").filter(has_text="It is.")).to_be_in_viewport()
    messages.evaluate(SCROLLED, 0)
    host.acting_as("tomasz").threads.comment(thread.id, "Very.")
    panel.get_by_role("button", name="1 new").click()
    expect(panel.get_by_role("article").filter(has_text="Very.")).to_be_in_viewport()
    expect(panel.get_by_role("button", name="1 new")).to_have_count(0)
