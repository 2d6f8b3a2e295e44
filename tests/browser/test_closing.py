"""A discussion on a value is closed with what it came to: one line, and the value."""

import pytest
from playwright.sync_api import expect

TYPED = [(None, 1_200_000, "1,200,000"), ("900000.5", 900_000.5, "900,000.50"), ("", None, "")]


@pytest.mark.parametrize(("typed", "kept", "shown"), TYPED)
def test_closing_offers_the_value_that_it_came_to(visit, host, case, opened, typed, kept, shown):
    host.records.describe(case.record, fields={"priority": {"value": 1_200_000, "label": "Amount", "type": "money"}})
    thread = host.acting_as("ines").threads.open(case.record, "How much?", field="priority", goal="Say how much")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("heading", name="Say how much")).to_be_visible()
    panel.get_by_role("button", name="More").first.click()
    panel.get_by_role("menuitem", name="Close with an outcome").click()
    panel.get_by_role("textbox", name="What came of it").fill("That much")
    value = panel.get_by_role("spinbutton", name="Value it came to")
    expect(value).to_have_value("1200000")
    if typed is not None:
        value.fill(typed)
    panel.get_by_role("button", name="Close discussion").click()
    outcome = panel.get_by_role("region", name="Outcome")
    expect(outcome).to_contain_text("That much")
    expect(outcome.get_by_text("Value it came to")).to_have_count(1 if shown else 0)
    expect(outcome).to_contain_text(shown)
    assert host.threads.get(thread.id).outcome.value == kept


@pytest.mark.parametrize(("value", "role"), [("High", "textbox"), (True, "combobox")])
def test_a_value_is_kept_as_the_kind_that_it_is(visit, host, case, opened, value, role):
    host.records.describe(case.record, fields={"priority": {"value": value}})
    thread = host.acting_as("ines").threads.open(case.record, "Which?", field="priority", goal="Say which")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("heading", name="Say which")).to_be_visible()
    panel.get_by_role("button", name="More").first.click()
    panel.get_by_role("menuitem", name="Close with an outcome").click()
    expect(panel.get_by_role(role, name="Value it came to")).to_be_visible()
    panel.get_by_role("button", name="Close discussion").click()
    expect(panel.get_by_role("region", name="Outcome")).to_be_visible()
    assert host.threads.get(thread.id).outcome.value == value
