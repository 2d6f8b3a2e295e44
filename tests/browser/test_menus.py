"""Menus open and close by their button, however often."""

from playwright.sync_api import expect


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
