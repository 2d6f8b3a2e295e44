"""Beginning a discussion in the demo: one line is enough, a template fills the rest, everything can be changed."""

from playwright.sync_api import expect

COMMISSIONING = 'apropos-pin[field="q3/commissioning"]'
SERVICE = 'apropos-pin[field="q2/commissioning"]'


def opened(page, pin):
    button = page.locator(pin).get_by_role("button")
    button.click()
    button.click(trial=True)  # the panel stands where it leaves the value, and moves no more from under a press
    return page.locator("apropos-panel")


def test_a_template_says_what_a_discussion_is_for(visit):
    panel = opened(visit("/crm?as=ines"), COMMISSIONING)
    panel.get_by_role("button", name="Where does this figure come from?").click()
    expect(panel.get_by_role("textbox")).to_have_value("Where does this figure come from?")
    expect(panel.get_by_text("Jonas Ekberg sponsors")).to_be_visible()
    panel.get_by_role("button", name="Send and start").click()

    expect(panel.get_by_role("heading", name="Agree a figure before the forecast lock")).to_be_visible()
    expect(panel.get_by_text("Jonas Ekberg sponsors")).to_be_visible()


def test_what_a_template_filled_in_can_be_changed(visit):
    panel = opened(visit("/crm?as=ines"), SERVICE)
    panel.get_by_role("button", name="More", exact=True).click()
    panel.get_by_label("Template").select_option("Delivery risk")
    goal = panel.get_by_label("Goal, in one sentence")
    expect(goal).to_have_value("Say what may slip and who should know")
    goal.fill("Say what may slip in May")
    panel.get_by_label("Sponsor").select_option("priya")
    panel.get_by_role("textbox", name="Start a discussion").fill("The training may slip.")
    panel.get_by_role("button", name="Send and start").click()

    expect(panel.get_by_role("heading", name="Say what may slip in May")).to_be_visible()
    expect(panel.get_by_text("Priya Raman sponsors")).to_be_visible()
