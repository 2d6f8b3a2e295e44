"""What a page says of an element's look is followed when it changes, and nothing that one does there is lost."""

from playwright.sync_api import expect

LOOK = """(element, name) => element.shadowRoot.querySelector('.ap').getAttribute(`data-apropos-${name}`)"""


def test_an_element_that_shows_follows_its_own_theme_and_density(strange, case):
    pin = f'<apropos-pin record="{case.record}" field="a"></apropos-pin>'
    page = strange(f'<apropos-badge record="{case.record}"></apropos-badge>{pin}')
    page.locator("apropos-badge").get_by_role("button").click()
    panel = page.locator("apropos-panel")
    field = panel.get_by_role("textbox")
    field.press_sequentially("Half a")
    for element in (page.locator("apropos-badge"), page.locator("apropos-pin"), panel):
        element.evaluate("each => { each.setAttribute('theme', 'dark'); each.setAttribute('density', 'compact') }")
        assert [element.evaluate(LOOK, name) for name in ("theme", "density")] == ["dark", "compact"]
        element.evaluate("each => each.removeAttribute('theme')")
        assert element.evaluate(LOOK, "theme") is None
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a")
