"""What two people do in the screens of the demo."""

from urllib.parse import quote

from playwright.sync_api import expect

FIGURE = 'apropos-pin[field="q3/vt-400"]'


def opened(page, pin=FIGURE):
    page.locator(pin).get_by_role("button").click()
    return page.locator("apropos-panel")


def say(panel, text):
    panel.get_by_role("textbox").fill(text)
    panel.get_by_role("button", name="Send").click()


def test_a_pin_opens_the_discussion_with_the_value_then_and_now(visit):
    panel = opened(visit("/crm?as=ines"))
    expect(panel.get_by_role("heading", name="Agree the Q3 VT-400 figure before the forecast lock")).to_be_visible()
    expect(panel.get_by_text("1,200,000").first).to_be_visible()
    expect(panel.get_by_text("900,000").first).to_be_visible()


def test_a_message_arrives_in_the_other_persons_window(visit):
    ines, tomasz = opened(visit("/crm?as=ines")), opened(visit("/crm?as=tomasz"))
    say(ines, "Then 34 it is not. Tomasz, agreed?")
    expect(tomasz.get_by_text("Then 34 it is not. Tomasz, agreed?", exact=True)).to_be_visible()


def test_a_draft_survives_a_reload(visit):
    page = visit("/crm?as=ines")
    opened(page).get_by_role("textbox").fill("Half a thought")
    page.wait_for_timeout(800)
    page.reload()
    expect(opened(page).get_by_role("textbox")).to_have_value("Half a thought")


def test_a_message_is_edited_and_then_deleted(visit):
    panel = opened(visit("/crm?as=tomasz"))
    say(panel, "Thirty-one")
    message = panel.get_by_role("article").filter(has_text="Thirty-one")
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Edit").click()
    panel.get_by_role("textbox", name="Edit message").fill("Thirty-two")
    panel.get_by_role("button", name="Save").click()
    changed = panel.get_by_role("article").filter(has_text="Thirty-two")
    expect(changed.get_by_text("edited")).to_be_visible()
    changed.hover()
    changed.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Delete").click()
    expect(panel.get_by_text("Thirty-two")).to_have_count(0)


def test_a_record_may_be_named_in_any_script(visit):
    key = quote("a/b%2F ü:عربي", safe="")
    pin = 'apropos-pin[field="priority"]'
    page = visit(f"/requests?as=ines&key={key}")
    say(opened(page, pin), "Under a name of its own")
    page.reload()
    expect(opened(page, pin).get_by_text("Under a name of its own").first).to_be_visible()


def test_a_value_changed_in_the_host_shows_in_the_discussion(visit):
    page = visit("/expenses?as=ines")
    page.get_by_role("button", name="Correct the amount").click()
    panel = opened(page, 'apropos-pin[field="hotel"]')
    expect(panel.get_by_text("418").first).to_be_visible()
    expect(panel.get_by_text("360").first).to_be_visible()
