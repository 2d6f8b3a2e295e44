"""Pins in a page that has its own keys and its own life: Tab, what is marked in the page, and the direction it is read in."""

import pytest
from playwright.sync_api import expect

PIN = '<apropos-pin record="{record}" field="{field}" label="{field}"></apropos-pin>'
GRID = "<table role=grid>{rows}</table><input id=after>"
FOCUSED = """() => {
    const { activeElement: one } = document
    return one.getAttribute('field') ?? one.id ?? one.localName
}"""


@pytest.fixture(autouse=True)
def asked(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


def rows(case, *, stops=True):
    names = ("priority", "credit", "due")
    row = "<tr><td id={field}{stop}>{field} " + PIN
    return "".join(
        row.format(record=case.record, field=name, stop=f" tabindex={-1 if at else 0}" if stops else "")
        for at, name in enumerate(names)
    )


def stops(page, many):
    expect(page.locator("apropos-pin").last.get_by_role("button")).to_be_attached()
    reached = []
    for _ in range(many):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    return reached


def test_in_a_grid_with_keys_of_its_own_tab_comes_to_the_pin_of_the_cell_one_is_in(strange, case):
    page = strange(GRID.format(rows=rows(case)))
    assert stops(page, 3) == ["priority", "priority", "after"]  # the cell, its pin, what is after the grid
    page.locator("td").nth(1).focus()  # as the grid's arrow keys do
    assert stops(page, 2) == ["credit", "after"]
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.localName") == "td"


@pytest.mark.parametrize("role", ["grid", "table"])
def test_where_no_cell_takes_the_focus_each_pin_is_a_stop(strange, case, role):
    page = strange(GRID.format(rows=rows(case, stops=False)).replace("role=grid", f"role={role}"))
    assert stops(page, 4) == ["priority", "credit", "due", "after"]


def test_a_cell_whose_pin_is_gone_is_not_marked_as_open(strange, case, opened):
    page = strange(f"<table><tr><td id=cell>{PIN.format(record=case.record, field='priority')}<td>2</table>")
    expect(opened(page, "apropos-pin").get_by_role("article")).to_be_visible()
    expect(page.locator("#cell")).to_have_attribute("data-apropos-open", "")
    page.evaluate("cell.textContent = 'theirs'")
    assert page.evaluate("cell.outerHTML") == '<td id="cell">theirs</td>'


def test_a_page_that_turns_its_direction_turns_what_shows_too(strange, case, opened):
    page = strange(f"<main>{PIN.format(record=case.record, field='priority')}</main>")
    panel = opened(page, "apropos-pin")
    expect(panel.get_by_role("article")).to_be_visible()
    panel.get_by_role("article").hover()
    edge = panel.get_by_role("separator", name="Width of the panel")
    wide = edge.get_attribute("aria-valuenow")
    panel_box = panel.locator(".ap").first
    assert panel_box.bounding_box()["x"] > 0
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert panel_box.bounding_box()["x"] == 0
    edge.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", str(int(wide) + 16))
    page.evaluate("document.documentElement.dir = 'ltr'")
    assert panel_box.bounding_box()["x"] > 0


def test_a_pin_counts_what_it_says_that_it_counts(visit):
    pin = visit("/crm?as=amara").locator("apropos-pin[field=close_date]").get_by_role("button")
    expect(pin).to_have_text("1")  # though it has two messages, all of them unread
    expect(pin).to_have_accessible_name("Close date: 1 discussion, overdue")
