"""The host's page is the host's: what pins do to it, what a dead service does, a phone, the dark."""

import pytest
from playwright.sync_api import expect

SCREENS = ("crm", "expenses", "requests")
PLACES = """() => [...document.querySelectorAll("h1, td, dd, li, form, [data-field]")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.tagName, x, y, width, height].join(" ");
})"""


@pytest.mark.parametrize("screen", SCREENS)
def test_pins_do_not_move_the_hosts_page(visit, demo, screen):
    page = visit(f"/{screen}?as=ines")
    expect(page.locator("apropos-pin").get_by_role("button").first).to_be_visible()
    page.wait_for_timeout(500)
    with_pins = page.evaluate(PLACES)
    page.route("**/widget/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{demo}/{screen}?as=ines")
    assert page.evaluate(PLACES) == with_pins


@pytest.mark.parametrize("screen", SCREENS)
def test_a_service_that_is_down_leaves_the_host_unchanged(visit, demo, screen):
    page = visit(f"/{screen}?as=ines")
    service = page.locator("apropos-app").get_attribute("endpoint")
    without = visit(f"/{screen}?as=ines", expecting_failure=True)
    without.route(f"{service}/**", lambda route: route.abort())
    without.goto(f"{demo}/{screen}?as=ines")
    expect(without.locator("h1")).to_be_visible()
    assert without.evaluate(PLACES) == page.evaluate(PLACES)
    expect(without.locator("apropos-pin").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_screen_without_scrolling_sideways(visit, screen, scheme):
    page = visit(f"/{screen}?as=ines", viewport={"width": 320, "height": 640}, color_scheme=scheme)
    expect(page.locator("apropos-pin").get_by_role("button").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_phone_opens_the_discussion(visit):
    page = visit("/crm?as=ines", viewport={"width": 375, "height": 667})
    page.locator('apropos-pin[field="close_date"]').get_by_role("button").click()
    expect(page.locator("apropos-panel").get_by_role("textbox")).to_be_visible()


def test_what_a_host_has_in_a_pin_shows_until_the_pin_does(strange, endpoint, case):
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"><a href="/notes">Notes</a></apropos-pin>'
    app = '<apropos-app endpoint="{endpoint}" token-url="/strange-token" lang="de"></apropos-app>'

    def silent(page):
        page.route(f"{endpoint}/v1/counts*", lambda route: route.abort())

    page = strange(pin, app=app, prepare=silent, expecting_failure=True)
    page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.endsWith('/de.js'))")
    page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.includes('/v1/counts'))")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_role("link", name="Notes")).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(page.locator(case.pin).get_by_role("button")).to_be_attached()
    expect(page.get_by_role("link", name="Notes")).to_be_hidden()
