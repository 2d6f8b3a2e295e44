"""The panel as a guest in the host's page: its width, its keys, where the focus goes."""

import re

from playwright.sync_api import expect

FIGURE = 'apropos-pin[field="q3/vt-400"]'
WIDTH = "document.querySelector('apropos-panel').shadowRoot.querySelector('.ap').getBoundingClientRect().width"


def test_its_edge_is_dragged_and_the_width_stays(visit, opened):
    page = visit("/crm?as=ines", viewport={"width": 1440, "height": 800})
    page.evaluate("addEventListener('apropos-resize', (event) => { document.title = event.detail.width })")
    panel = opened(page, FIGURE)
    panel.get_by_role("textbox").hover()
    edge = panel.get_by_role("separator", name="Width of the panel")
    box = edge.bounding_box()
    page.mouse.move(box["x"] + 4, 400)
    page.mouse.down()
    page.mouse.move(box["x"] - 76, 400, steps=4)
    page.mouse.up()
    expect(page).to_have_title("480")
    page.reload()
    opened(page, FIGURE)
    page.wait_for_function(f"{WIDTH} === 480")


def test_its_edge_is_moved_by_keys_within_its_limits(visit, opened):
    page = visit("/crm?as=ines", viewport={"width": 1440, "height": 800})
    panel = opened(page, FIGURE)
    panel.get_by_role("textbox").hover()
    edge = panel.get_by_role("separator", name="Width of the panel")
    edge.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", "416")
    edge.press("End")
    expect(edge).to_have_attribute("aria-valuenow", "560")
    edge.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", "560")
    edge.press("Home")
    expect(edge).to_have_attribute("aria-valuenow", "320")


def test_a_whole_discussion_by_keyboard(visit, host, case):
    """Open, read, mark, answer with a quote, leave: without a pointer."""
    thread = host.acting_as("tomasz").threads.open(case.record, "First thing", field="priority")
    host.acting_as("amara").threads.comment(thread.id, "Second thing")
    page = visit(f"{case.address}ines")
    pin = page.locator(case.pin).get_by_role("button")
    pin.focus()
    page.keyboard.press("Enter")
    panel = page.locator("apropos-panel")
    expect(panel.get_by_role("heading", name="First thing")).to_be_focused()

    page.keyboard.press("F6")
    second = panel.get_by_role("article").filter(has_text="Second thing")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    first = panel.get_by_role("article").filter(has_text="First thing")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    expect(second.get_by_text("Seen by you")).to_be_visible()
    page.keyboard.press("a")
    expect(second.get_by_role("button", name="Agree, 1: you")).to_be_visible()
    page.keyboard.press("Enter")
    expect(second.get_by_role("button", name="Agree, 1: you")).to_be_focused()
    page.keyboard.press("Escape")
    expect(second).to_be_focused()

    page.keyboard.press("q")
    field = panel.get_by_role("textbox", name="Write a reply")
    expect(field).to_be_focused()
    page.keyboard.type("Both, then.")
    page.keyboard.press("Control+Enter")
    mine = panel.get_by_role("article").filter(has_text="Both, then.")
    expect(mine.locator("blockquote")).to_have_text("Second thing")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    editing = panel.get_by_role("textbox", name="Edit message")
    expect(editing).to_be_focused()
    page.keyboard.type(" Soon")
    page.keyboard.press("Control+Enter")
    expect(panel.get_by_role("article").filter(has_text=re.compile("Soon"))).to_be_visible()
    expect(field).to_be_focused()

    page.keyboard.press("Shift+F6")
    expect(field).not_to_be_focused()
    page.keyboard.press("F6")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading")).to_have_count(0)
    expect(pin).to_be_focused()


def test_single_letters_are_text_in_a_field_and_never_the_hosts(visit, opened):
    page = visit("/crm?as=ines")
    page.evaluate("window.heard = []; addEventListener('keydown', (event) => heard.push(event.key))")
    panel = opened(page, FIGURE)
    field = panel.get_by_role("textbox")
    field.press_sequentially("jkuea")
    expect(field).to_have_value("jkuea")
    assert page.evaluate("heard") == []
    field.fill("")


def test_the_focus_goes_to_the_record_when_the_cell_is_gone(visit, opened):
    page = visit("/crm?as=ines")
    panel = opened(page, FIGURE)
    expect(panel.get_by_role("textbox")).to_be_visible()
    page.evaluate(f"document.querySelector('{FIGURE}').remove()")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.localName === 'apropos-pin'")


def test_on_a_phone_it_is_a_dialog_that_keeps_the_focus(visit, opened):
    page = visit("/crm?as=ines", viewport={"width": 375, "height": 667})
    panel = opened(page, 'apropos-pin[field="close_date"]')
    dialog = panel.get_by_role("dialog", name="Set a close date that procurement confirms")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "apropos-panel"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_on_a_phone_nothing_is_a_dialog_before_the_focus_is_in_it(visit, opened):
    page = visit("/crm?as=ines", viewport={"width": 375, "height": 667})
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/v1/conversation?**", hold)
    page.evaluate("""() => {
        const look = () => {
            const root = document.querySelector('apropos-panel')?.shadowRoot;
            const isDialog = root?.querySelector('[role=dialog]');
            window.early ||= isDialog && !root.activeElement;
            window.seen ||= isDialog;
            requestAnimationFrame(look);
        };
        look();
    }""")
    panel = opened(page, 'apropos-pin[field="close_date"]')
    expect(panel.locator(".ap-sk").first).to_be_visible()  # and it stays for a moment, so as not to flicker
    waiting[0].continue_()
    dialog = panel.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Set a close date that procurement confirms")).to_be_focused()
    assert page.evaluate("[!!window.seen, !!window.early]") == [True, False]


def test_a_button_that_does_nothing_yet_does_not_light_up(visit, case, opened):
    page = visit(f"{case.address}ines")
    send = opened(page, case.pin).get_by_role("button", name="Send")
    resting = send.evaluate("button => getComputedStyle(button).backgroundColor")
    send.hover()
    expect(send).to_have_attribute("aria-disabled", "true")
    assert send.evaluate("button => button.matches(':hover')")
    assert send.evaluate("button => getComputedStyle(button).backgroundColor") == resting
