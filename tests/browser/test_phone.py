"""On a phone: the sheet is drawn down or closed by the phone's own way back, a row of the inbox is swiped, views lie below."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
INBOX = "<div style='display: grid; height: 100dvh; margin: -8px'><apropos-inbox></apropos-inbox></div>"
STANDS = "panel => Promise.all(panel.shadowRoot.querySelector('.ap').getAnimations().map(each => each.finished)).then(() => true)"
TURNS = """async panel => {
    let turned = 0
    const head = panel.shadowRoot.querySelector('.ap-purpose')
    new MutationObserver(() => turned++).observe(head, { attributeFilter: ['data-condensed'] })
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame)
    return turned
}"""
IN_PANEL = "document.querySelector('apropos-panel').shadowRoot.querySelector"
LIST_IS_OVER_FIELD = f"""() => {{
    const [list, field] = ['[role=listbox]', 'textarea'].map(each => {IN_PANEL}(each).getBoundingClientRect())
    return list.bottom <= field.top
}}"""
WIDE_AS_IT_IS = '<meta name="viewport" content="width=device-width">'


@pytest.fixture
def sheet(visit, host, case, opened):
    """A request with a discussion, open as a sheet."""
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    page = visit(f"{case.address}ines", **PHONE)
    panel = opened(page, case.pin)
    expect(panel.get_by_role("dialog")).to_be_visible()
    assert panel.evaluate(STANDS)
    return page, panel


def finger(page, x, y, to_x, to_y):
    """Draw a finger over the screen in ten steps."""
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        at = {"x": x + (to_x - x) * step / 10, "y": y + (to_y - y) * step / 10}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_sheet_is_drawn_down_to_close_it_and_the_pin_has_the_focus_again(sheet):
    page, panel = sheet
    grip = panel.locator(".ap-grip").bounding_box()
    finger(page, 180, grip["y"] + 8, 180, grip["y"] + 500)
    expect(panel).not_to_be_visible()
    assert page.evaluate("document.activeElement.localName") == "apropos-pin"


def test_a_sheet_that_is_drawn_a_little_comes_back_and_what_was_typed_is_there(sheet):
    page, panel = sheet
    panel.get_by_role("textbox").fill("Not yet said")
    grip = panel.locator(".ap-grip").bounding_box()
    finger(page, 180, grip["y"] + 8, 180, grip["y"] + 60)
    expect(panel.get_by_role("textbox")).to_have_value("Not yet said")
    page.wait_for_function(f"y => {IN_PANEL}('.ap-grip').getBoundingClientRect().y === y", arg=grip["y"])


def test_what_is_read_scrolls_and_does_not_draw_the_sheet(sheet):
    page, panel = sheet
    said = panel.get_by_role("article").bounding_box()
    finger(page, 180, said["y"] + 4, 180, said["y"] + 300)
    expect(panel.get_by_role("dialog")).to_be_visible()


def test_the_head_of_a_sheet_shrinks_once_it_is_scrolled_and_is_whole_again_at_the_top(visit, opened):
    page = visit("/crm?as=jonas", **PHONE)
    panel = opened(page, 'apropos-pin[field="q3/vt-400"]')
    track, since = panel.get_by_role("list", name="Progress"), panel.locator(".ap-value-since")
    messages = panel.get_by_role("region", name="Messages")
    messages.evaluate("each => each.scrollTo(0, 0)")
    expect(since).to_be_visible()
    whole = track.bounding_box()["height"]

    messages.evaluate("each => each.scrollTo(0, 300)")
    expect(since).to_be_hidden()
    assert track.bounding_box()["height"] < whole / 2
    messages.evaluate("each => each.scrollTo(0, 0)")
    expect(since).to_be_visible()


def test_the_systems_way_back_closes_a_sheet_and_leaves_the_hosts_history_alone(sheet):
    """Escape where no key reaches the panel is what a phone's back gesture is: the engine's request to close."""
    page, panel = sheet
    before = page.evaluate("history.length")
    page.evaluate("document.querySelector('apropos-panel').shadowRoot.activeElement?.blur()")
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    assert page.evaluate("history.length") == before


def test_a_row_of_the_inbox_is_swiped_towards_its_end_and_is_seen(strange, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "<@zoe>, please swipe.", field="priority")
    page = strange(INBOX, head=WIDE_AS_IT_IS, **PHONE)
    row = page.get_by_role("listitem").filter(has_text="please swipe")
    row.get_by_role("button", name="Seen").scroll_into_view_if_needed()
    box = row.bounding_box()

    finger(page, 60, box["y"] + 30, 120, box["y"] + 32)
    expect(row.get_by_role("button", name="Seen")).to_be_visible()
    finger(page, 60, box["y"] + 30, 260, box["y"] + 32)
    expect(row.get_by_role("button", name="Seen")).to_have_count(0)
    expect(page.get_by_role("group").filter(has_text="1 seen.")).to_be_visible()
    assert host.threads.get(thread.id).comments[0].seen_by == ["zoe"]


def test_the_views_of_the_inbox_lie_below_with_their_names(strange):
    page = strange(INBOX, head=WIDE_AS_IT_IS, **PHONE)
    views = page.get_by_role("navigation", name="Inbox views")
    mentions = views.get_by_role("button", name=re.compile("^Mentions"))
    expect(mentions.get_by_text("Mentions")).to_be_visible()
    assert views.bounding_box()["y"] > 700
    mentions.click()
    expect(page.get_by_role("heading", name="Mentions")).to_be_visible()


def test_the_list_of_people_stays_over_what_one_writes_when_the_line_below_grows(sheet):
    page, panel = sheet
    field = panel.get_by_role("textbox")
    field.press_sequentially("Could the tests run in parallel, as those of September did? @")
    expect(panel.get_by_role("listbox")).to_be_visible()
    expect(panel.get_by_text("Draft saved")).to_be_visible()
    page.wait_for_function(LIST_IS_OVER_FIELD)


def test_the_list_of_people_stays_over_what_one_writes_when_it_shrinks_to_one(sheet):
    page, panel = sheet
    field = panel.get_by_role("textbox")
    field.press_sequentially("@Toma")
    expect(panel.get_by_role("option")).to_have_count(1)
    page.wait_for_function(LIST_IS_OVER_FIELD)


def test_a_form_of_two_columns_keeps_to_its_width_on_a_phone(visit, opened, case):
    panel = opened(visit(f"{case.address}ines", **PHONE), case.pin)
    panel.get_by_role("button", name="More", exact=True).click()
    expect(panel.get_by_label("Due")).to_be_visible()
    assert panel.locator(".ap-form").evaluate("it => it.scrollWidth <= it.clientWidth")


def test_the_head_of_a_sheet_stands_still_where_all_would_fit_under_a_small_one(visit, host, case, opened):
    """Were it whole again there, something would be out of sight again, and it would shrink again, frame after frame."""
    thread = host.acting_as("tomasz").threads.open(case.record, "A word", field="priority", goal="Stand still")
    host.acting_as("tomasz").threads.comment(thread.id, "And one more")
    page = visit(f"{case.address}ines", **PHONE)
    panel = opened(page, case.pin)
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    for height in range(500, 800, 30):
        page.set_viewport_size({"width": 320, "height": height})
        assert panel.evaluate(TURNS) <= 2, height
