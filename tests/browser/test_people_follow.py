"""How much people hear is theirs to choose: of a discussion, and of everything on its record."""

import re

import pytest
from playwright.sync_api import expect


def chosen(panel, name):
    """Open the menu of the discussion and choose."""
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_text(name, exact=True).click()


@pytest.mark.parametrize(("name", "level"), [("Hear everything", "all"), ("Hear nothing", "none")])
def test_a_level_is_chosen(visit, host, case, opened, name, level):
    thread = host.acting_as("amara").threads.open(case.record, "Who knows?", field="priority")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    with panel.page.expect_response(re.compile(r"/threads/.*/watch")):
        chosen(panel, name)
    label = "Following. Select to stop" if level == "all" else "Follow this discussion"
    expect(panel.get_by_role("button", name=label)).to_be_visible()

    assert host.acting_as("ines").threads.get(thread.id).viewer.watching == level


def test_all_of_a_record_is_followed_and_no_longer(visit, host, case, opened):
    host.acting_as("amara").threads.open(case.record, "Who knows?", field="priority")
    ines = host.acting_as("ines")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    chosen(panel, "Follow everything on this record")
    expect(panel.get_by_role("button", name="Following. Select to stop")).to_be_visible()
    assert ines.records.watching(case.record).level == "all"

    panel = opened(visit(f"{case.address}ines"), case.pin)
    chosen(panel, "Stop following this record")
    expect(panel.get_by_role("button", name="Follow this discussion")).to_be_visible()
    assert ines.records.watching(case.record).level == "mentions"
