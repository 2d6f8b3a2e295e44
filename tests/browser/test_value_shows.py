"""The value that is spoken of shows beside the panel: it is scrolled there, or the panel stands elsewhere."""

import pytest
from playwright.sync_api import expect

SIZES = [(1440, 900), (1024, 768), (900, 700), (700, 800), (375, 812), (320, 640)]
SCREENS = [("/crm?as=jonas", "q3/vt-400"), ("/expenses?as=ines", "hotel")]
SHOWS = """value => {
  const panel = document.querySelector('apropos-panel');
  const { left, right, top, bottom } = value.getBoundingClientRect();
  const sheet = panel.shadowRoot.querySelector('.ap > .ap-panel').getBoundingClientRect();
  if (panel.dataset.mode === 'sheet') return left >= 0 && right <= innerWidth && top >= 0 && bottom <= sheet.top;
  return [left + 3, right - 3].every(x => value.contains(document.elementFromPoint(x, (top + bottom) / 2)));
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(("address", "field"), SCREENS)
def test_the_value_shows_while_it_is_spoken_of(visit, opened, address, field, width, height):
    page = visit(address, viewport={"width": width, "height": height})
    panel = opened(page, f'apropos-pin[field="{field}"]')
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    page.wait_for_function(SHOWS, arg=page.locator(f'[data-field="{field}"]').element_handle())

    panel.get_by_role("button", name="Close panel").click()
    expect(panel).to_be_hidden()
    assert page.evaluate("document.documentElement.children.length") == 2
    assert page.evaluate("document.activeElement.localName") == "apropos-pin"


def test_what_shows_is_left_where_it_is(visit, opened):
    page = visit("/crm?as=jonas", viewport={"width": 1440, "height": 900})
    with page.expect_response("**/discussion.js"):
        opened(page, 'apropos-pin[field="q3/vt-400"]')
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    expect(page.locator("apropos-panel").get_by_role("article").last).to_be_visible()
    assert not [each for each in fetched if "uncovering" in each]
    assert page.evaluate("[scrollX, scrollY]") == [0, 0]
