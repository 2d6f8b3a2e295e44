"""Where the system chooses the colours, what is pressed has a thicker edge than what is not."""

from playwright.sync_api import expect


def test_a_bell_and_reactions_that_are_pressed_show_it(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "When?", field="priority")
    host.acting_as("tomasz").comments.react(thread.comments[0].id, "🎉")
    panel = opened(visit(f"{case.address}ines", forced_colors="active"), case.pin)
    for button in (panel.get_by_role("button", name="Follow this discussion"), panel.locator(".ap-react")):
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(button).to_have_css("border-top-width", "1px")
        button.click()
    for button in (panel.get_by_role("button", name="Following. Select to stop"), panel.locator(".ap-react")):
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_have_css("border-top-width", "3px")
        expect(button).to_have_css("border-top-style", "solid")
