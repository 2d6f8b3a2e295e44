"""People see who else is here, at which value, and who is writing; quietly, and not those who hide."""

import pytest
from playwright.sync_api import expect

INES, TOMASZ, AMARA = "Ines Marchetti", "Tomasz Wolny", "Amara Osei"
TURN = """(isHidden) => {
    Object.defineProperty(document, 'hidden', {value: isHidden, configurable: true})
    document.dispatchEvent(new Event('visibilitychange'))
}"""
QUIETLY = "it => it.checkVisibility() && !it.closest('[role=status], [role=log], [role=alert], [aria-live]')"


def company(panel):
    return panel.get_by_role("button", name="Here now:")


@pytest.fixture
def come(visit, host, case, opened):
    """Let somebody open the discussion: `come("ines")`. Tomasz asked something there."""
    host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")
    return lambda person: opened(visit(f"{case.address}{person}"), case.pin)


def test_people_see_each_other_until_one_leaves(come):
    ines = come("ines")
    expect(ines.get_by_text("When?")).to_be_visible()
    expect(company(ines)).to_have_count(0)
    tomasz = come("tomasz")
    expect(ines.get_by_role("button", name=f"Here now: {TOMASZ}")).to_be_visible()
    expect(tomasz.get_by_role("button", name=f"Here now: {INES}")).to_be_visible()
    expect(ines.get_by_role("article").locator(".ap-av[data-here]")).to_be_visible()

    tomasz.get_by_role("button", name="Close panel").click()
    expect(company(ines)).to_have_count(0)
    expect(ines.get_by_role("article").locator(".ap-av[data-here]")).to_have_count(0)


def test_somebody_whose_page_is_hidden_is_not_here(come):
    ines, tomasz = come("ines"), come("tomasz")
    expect(company(ines)).to_be_visible()
    tomasz.page.evaluate(TURN, True)
    expect(company(ines)).to_have_count(0)
    tomasz.page.evaluate(TURN, False)
    expect(company(ines)).to_be_visible()


def test_somebody_whose_page_shows_nobody_yet_is_not_here_while_it_is_hidden(come, visit, case, opened):
    ines, page, held = come("ines"), visit(f"{case.address}tomasz"), []
    page.route("**/chunks/*/presence.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks what it is given, and a builtin cannot be
    with page.expect_request("**/chunks/*/presence.js"):
        tomasz = opened(page, case.pin)
    expect(company(ines)).to_be_visible()
    page.evaluate(TURN, True)
    expect(company(ines)).to_have_count(0)
    page.evaluate(TURN, False)
    expect(company(ines)).to_be_visible()
    page.evaluate(TURN, True)
    for route in held:
        route.continue_()
    expect(company(tomasz)).to_be_visible()
    expect(company(ines)).to_have_count(0)
    page.evaluate(TURN, False)
    expect(company(ines)).to_be_visible()


def test_one_looks_up_where_each_of_them_is(come, visit, case, host):
    host.acting_as("tomasz").threads.open(case.record, "And who?", field="due")
    ines = come("ines")
    come("tomasz")
    amara = visit(f"{case.address}amara")
    amara.locator("apropos-badge").get_by_role("button").click()
    button = ines.get_by_role("button", name="Here now:")
    expect(button).to_have_attribute("aria-label", f"Here now: {TOMASZ}, {AMARA}")
    button.click()
    rows = ines.get_by_role("list", name="Here now").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=TOMASZ)).to_contain_text("Here")
    expect(rows.filter(has_text=AMARA)).to_contain_text("On this record")
    ines.page.keyboard.press("Escape")
    expect(rows).to_have_count(0)
    expect(ines.get_by_text("When?")).to_be_visible()
    expect(button).to_be_focused()


def test_what_somebody_writes_is_announced_by_nothing_but_a_line_that_goes(come):
    ines, tomasz = come("ines"), come("tomasz")
    for page in (tomasz, ines):  # what shows who writes comes with the first who is there
        expect(company(page)).to_be_visible()
    tomasz.get_by_role("textbox").press_sequentially("On Mon")
    line = ines.get_by_text("Tomasz is writing")
    assert line.evaluate(QUIETLY) is True
    assert [ines.get_by_role(role).inner_text() for role in ("status", "log", "alert")] == ["", "", ""]
    tomasz.get_by_role("textbox").press_sequentially("day")
    tomasz.get_by_role("button", name="Send").click()
    expect(ines.get_by_role("article").filter(has_text="On Monday")).to_be_visible()
    expect(line).to_have_count(0)


def test_who_hides_is_not_seen_and_sees_others(come, host):
    ines, amara = come("ines"), come("amara")
    expect(company(ines)).to_be_visible()
    try:
        amara.get_by_role("button", name="More", exact=True).first.click()
        amara.get_by_text("Hide that I am here").click()
        expect(company(ines)).to_have_count(0)
        assert host.acting_as("amara").preferences.get().hide_presence is True
        amara.get_by_role("textbox").press_sequentially("Nobody sees this")
        expect(amara.get_by_role("button", name=f"Here now: {INES}")).to_be_visible()
        expect(ines.get_by_text("is writing")).to_have_count(0)

        amara.get_by_role("button", name="More", exact=True).first.click()
        amara.get_by_text("Show that I am here").click()
        expect(company(ines)).to_be_visible()
    finally:
        host.acting_as("amara").preferences.choose(hide_presence=False)


def test_a_connection_that_breaks_takes_them_away_and_brings_them_back(visit, case, opened, come):
    ines = come("ines")
    tomasz = opened(visit(f"{case.address}tomasz", expecting_failure=True), case.pin)
    expect(company(ines)).to_be_visible()
    context = tomasz.page.context
    context.set_offline(True)
    expect(company(ines)).to_have_count(0)
    expect(company(tomasz)).to_have_count(0)
    context.set_offline(False)
    expect(company(ines)).to_be_visible()
    expect(company(tomasz)).to_be_visible()
