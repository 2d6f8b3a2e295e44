"""What a finger presses is 44 px each way, and no two of them take each other's presses; nothing is clipped."""

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
PRESSED = "button:not(.ap-item-t), input:not([hidden]), [role=menuitem]"
SMALL = """(root, pressed) => [...root.querySelectorAll(pressed)].filter(each => each.checkVisibility()).filter(each => {
  each.scrollIntoView({ block: 'center' });
  const { left, right, top, bottom, width, height } = each.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const reach = { x: Math.max(21, width / 2 - 1), y: Math.max(21, height / 2 - 1) };
  const takes = (x, y) => { const hit = root.elementFromPoint(x, y); return each.contains(hit) || hit?.contains(each); };
  return ![[x - reach.x, y], [x + reach.x, y], [x, y - reach.y], [x, y + reach.y]].every(([x, y]) => takes(x, y));
}).map(each => `${each.className} ${each.ariaLabel ?? each.textContent}`)"""


def small(element):
    return element.evaluate(f"(it, pressed) => ({SMALL})(it.shadowRoot, pressed)", PRESSED)


@pytest.mark.parametrize("density", ["comfortable", "compact"])
def test_everything_in_a_discussion_is_pressed_with_a_finger(visit, density):
    page = visit("/crm?as=jonas", **PHONE)
    page.evaluate("density => document.querySelector('apropos-app').setAttribute('density', density)", density)
    page.locator('apropos-pin[field="q3/vt-400"]').get_by_role("button").tap()
    panel = page.locator("apropos-panel")
    panel.get_by_role("article").last.tap()
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    assert small(panel) == []
    panel.locator(".ap-bar").get_by_role("button", name="More", exact=True).tap()
    expect(panel.get_by_role("menuitem").first).to_be_visible()
    assert panel.get_by_role("menuitem").evaluate_all("all => all.every(each => each.offsetHeight >= 44)")


def test_everything_in_the_inbox_is_pressed_with_a_finger(visit):
    page = visit("/inbox?as=jonas", **PHONE)
    expect(page.get_by_role("listitem").first).to_be_visible()
    assert small(page.locator("apropos-inbox")) == []


@pytest.mark.parametrize("language", ["de", "pt", "nl", "pl", "fr"])
def test_how_far_it_came_is_not_clipped_in_longer_languages(visit, opened, language):
    page = visit("/crm?as=jonas")
    page.evaluate("lang => document.querySelector('apropos-app').setAttribute('lang', lang)", language)
    panel = opened(page, 'apropos-pin[field="q3/vt-400"]')
    step = panel.locator(".ap-track li").last
    expect(step).to_contain_text("3")
    assert panel.locator(".ap-track li").evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")


@pytest.mark.parametrize("width", [375, 320])
def test_what_is_done_with_an_entry_of_the_inbox_stands_together(visit, width):
    page = visit("/inbox?as=jonas", viewport={"width": width, "height": 812})
    rows = page.get_by_role("listitem")
    expect(rows.first).to_be_visible()
    lines = "row => new Set([...row.querySelectorAll('.ap-btn')].map(each => each.offsetTop)).size"
    assert rows.evaluate_all(f"rows => rows.every(row => ({lines})(row) === 1)")
    heading = page.get_by_role("heading", name="For you")
    assert heading.evaluate("it => it.offsetHeight < 2 * parseFloat(getComputedStyle(it).fontSize)")
