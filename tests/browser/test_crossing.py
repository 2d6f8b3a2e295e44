"""The way between the panel and the page: by a key there and back, and at the end to what opened it or stands in its place."""

import pytest
from playwright.sync_api import expect

ROW = '<tr><td>{field}<td style="height: 90px"><apropos-pin record="{record}" field="{field}" label="{field}"></apropos-pin>'
TREE = """() => {
    const place = document.querySelector('main')
    const { innerHTML } = place
    place.innerHTML = '<div></div>'
    place.firstChild.attachShadow({ mode: 'open' }).innerHTML = innerHTML
}"""


@pytest.fixture
def table(strange, case):
    """A page with a pin in each of five rows, the panel open on the fourth, and the badge at its head."""
    rows = "".join(ROW.format(record=case.record, field=field) for field in "abcde")
    page = strange(f'<main><apropos-badge record="{case.record}"></apropos-badge><table>{rows}</table></main>')

    def opened(prepare=None):
        expect(pin(page, "d")).to_have_count(1)
        if prepare:
            page.evaluate(prepare)
        pin(page, "d").focus()
        page.keyboard.press("Enter")
        expect(page.locator("apropos-panel").get_by_role("heading", level=2)).to_be_focused()
        return page

    return opened


def pin(page, field):
    return page.locator(f'apropos-pin[field="{field}"]').get_by_role("button")


def take_away(page, *fields):
    for field in fields:
        page.locator(f'tr:has(apropos-pin[field="{field}"])').evaluate("row => row.remove()")


@pytest.mark.parametrize("key", ["Control+]", "Meta+]"])
def test_the_same_key_goes_to_the_pin_and_back_to_where_one_was(table, key):
    page = table()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    inside = page.locator("apropos-panel").get_by_role("textbox")
    inside.first.focus()
    for _ in range(2):
        page.keyboard.press(key)
        expect(pin(page, "d")).to_be_focused()
        page.keyboard.press(key)
        expect(inside.first).to_be_focused()


def test_from_another_pin_it_goes_into_the_panel_too_and_only_while_that_is_open(table):
    page = table()
    pin(page, "a").focus()
    page.keyboard.press("Control+]")
    expect(page.locator("apropos-panel").get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(pin(page, "d")).to_be_focused()
    page.keyboard.press("Control+]")
    expect(pin(page, "d")).to_be_focused()


def test_the_cell_is_gone_and_the_nearest_pin_of_the_record_gets_the_focus(table):
    page = table()
    take_away(page, "d")
    page.keyboard.press("Control+]")
    expect(pin(page, "e")).to_be_focused()
    page.keyboard.press("Control+]")
    take_away(page, "e")
    page.keyboard.press("Escape")
    expect(pin(page, "c")).to_be_focused()


def test_no_pin_is_left_and_the_badge_gets_it(table):
    page = table()
    take_away(page, *"abcde")
    page.keyboard.press("Escape")
    expect(page.locator("apropos-badge").get_by_role("button")).to_be_focused()


def test_it_is_looked_for_in_the_tree_that_the_opener_was_in(table):
    page = table(TREE)
    take_away(page, "d")
    page.keyboard.press("Escape")
    expect(pin(page, "e")).to_be_focused()


def test_where_the_page_was_scrolled_meanwhile_it_is_the_nearest_on_the_page(table):
    page = table("document.body.style.paddingBottom = '3000px'; scrollTo(0, 200)")
    page.evaluate("scrollTo(0, 0)")
    take_away(page, "d")
    page.keyboard.press("Escape")
    expect(pin(page, "e")).to_be_focused()
