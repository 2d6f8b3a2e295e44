"""Menus open and close by their button, however often, and stay within their panel."""

import pytest
from playwright.sync_api import expect

IN_PANEL = """menu => {
    const [panel, list, button] = [menu.closest('.ap-panel'), menu, menu.parentElement.querySelector('[aria-expanded=true]')]
        .map(each => each.getBoundingClientRect())
    return {
        isWithin: list.left >= panel.left && list.right <= panel.right,
        stands: ['left', 'right'].filter(side => Math.abs(list[side] - button[side]) < 1),
    }
}"""
SIDES = {"ltr": ("left", "right"), "rtl": ("right", "left")}


def test_a_menu_opens_and_closes_as_often_as_its_button_is_pressed(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Menus", field="priority")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    more = panel.get_by_role("button", name="More", exact=True).first
    for _ in range(3):
        more.click()
        expect(panel.get_by_role("menuitem", name="Copy link")).to_be_visible()
        expect(more).to_have_attribute("aria-expanded", "true")
        more.click()
        expect(panel.get_by_role("menu")).to_have_count(0)
        expect(more).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("direction", SIDES)
def test_a_menu_stands_at_its_button_and_within_the_panel(visit, host, case, opened, width, direction):
    host.acting_as("tomasz").threads.open(case.record, "Menus", field="priority")
    page = visit(f"{case.address}ines", viewport={"width": width, "height": 800})
    page.evaluate("to => { document.documentElement.dir = to }", direction)
    panel = opened(page, case.pin)
    menu = panel.get_by_role("menu")
    start, end = SIDES[direction]
    for button, side in (("More", end), ("Kind: Comment", start)):
        panel.get_by_role("button", name=button, exact=True).first.click()
        expect(menu.get_by_role("menuitem").or_(menu.get_by_role("menuitemradio")).first).to_be_focused()
        at = menu.evaluate(IN_PANEL)
        assert at["isWithin"]
        assert side in at["stands"]
        page.keyboard.press("Escape")


def test_all_of_a_menu_is_reached_where_it_is_higher_than_the_window(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Menus", field="priority")
    panel = opened(visit(f"{case.address}ines", viewport={"width": 320, "height": 256}), case.pin)
    panel.get_by_role("button", name="More", exact=True).first.click()
    choice = panel.get_by_role("menuitem", name="Print")
    choice.scroll_into_view_if_needed()
    expect(choice).to_be_in_viewport(ratio=1)


def test_a_menu_has_an_edge_and_says_what_is_chosen_where_the_system_chooses_the_colours(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Menus", field="priority")
    panel = opened(visit(f"{case.address}ines", forced_colors="active"), case.pin)
    panel.get_by_role("button", name="More", exact=True).first.click()
    expect(panel.get_by_role("menu")).to_have_css("outline-style", "solid")
    borders = "all => all.map(one => [one.ariaChecked, getComputedStyle(one).borderTopStyle])"
    assert set(map(tuple, panel.get_by_role("menuitemradio").evaluate_all(borders))) == {("true", "solid"), ("false", "none")}
