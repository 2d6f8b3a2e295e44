"""Somebody who cannot see a discussion is mentioned: said before it is sent, with the ways on."""

from playwright.sync_api import expect


def test_who_cannot_see_it_is_named_before_it_is_sent_and_the_host_is_asked(visit, host, case, opened):
    host.people.describe({"id": "nora", "name": "Nora Vik"})  # who never comes: nobody knows a token of hers
    host.acting_as("amara").threads.open(case.record, "<@nora>, have you seen this?", field="priority")
    host.records.describe(case.record, access={"people": {"amara": "comment", "ines": "comment"}})
    panel = opened(visit(f"{case.address}ines"), case.pin)
    field = panel.get_by_role("textbox")
    field.press_sequentially("Ask @Nora")
    panel.get_by_role("option", name="Nora Vik").click()
    expect(panel.get_by_text("Nora Vik cannot see this discussion.")).to_be_visible()
    field.press("Control+Enter")
    expect(field).to_have_value("Ask @Nora Vik ")

    panel.get_by_role("button", name="Ask for access").click()
    expect(panel.get_by_text("You asked that Nora Vik may see it.")).to_be_visible()
    assert asked(host, case) == [("nora", "ines")]

    panel.get_by_role("button", name="Do not mention Nora Vik").click()
    field.press("Control+Enter")
    expect(panel.get_by_role("article").filter(has_text="Ask @Nora Vik")).to_be_visible()
    expect(panel.get_by_text("cannot see this discussion")).to_have_count(0)


def test_a_group_says_how_many_of_it_cannot_see_this(visit, host, case, opened):
    host.people.groups({"id": "grid", "name": "Grid crew", "members": ["tomasz", "amara", "ines"]})
    host.acting_as("amara").threads.open(case.record, "Who knows?", field="priority")
    host.records.describe(case.record, access={"people": {"amara": "comment", "ines": "comment"}})
    panel = opened(visit(f"{case.address}ines"), case.pin)
    panel.get_by_role("textbox").press_sequentially("@grid")
    expect(panel.get_by_role("option", name="Grid crew")).to_contain_text("3 people · 1 cannot see this")
    panel.get_by_role("option", name="Grid crew").click()
    panel.get_by_role("textbox").press("Control+Enter")

    message = panel.get_by_role("article").filter(has_text="@grid")
    expect(message).to_be_visible()


def test_an_edit_that_is_refused_asks_for_access_or_mentions_nobody(visit, host, case, opened):
    host.people.describe({"id": "nora", "name": "Nora Vik"})
    host.records.describe(case.record, access={"people": {"ines": "comment", "nora": "comment"}})
    host.acting_as("ines").threads.open(case.record, "Who has the keys?", field="priority")
    panel = opened(visit(f"{case.address}ines", expecting_failure=True), case.pin)
    message = panel.get_by_role("article").filter(has_text="Who has the keys?")
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Edit").click()
    field = panel.get_by_role("textbox", name="Edit message")
    field.press_sequentially(" @Nora")
    panel.get_by_role("option", name="Nora Vik").click()
    host.records.describe(case.record, access={"people": {"ines": "comment"}})
    panel.get_by_role("button", name="Save").click()

    expect(panel.get_by_text("Nora Vik cannot see this discussion.")).to_be_visible()
    panel.get_by_role("button", name="Ask for access").click()
    expect(panel.get_by_text("You asked that Nora Vik may see it.")).to_be_visible()
    assert asked(host, case) == [("nora", "ines")]
    panel.get_by_role("button", name="Do not mention Nora Vik").click()
    expect(field).to_be_focused()
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("article").filter(has_text="Who has the keys? @Nora Vik")).to_be_visible()
    expect(panel.get_by_text("cannot see this discussion")).to_have_count(0)


def test_what_was_refused_on_its_way_asks_for_access(visit, host, case, opened):
    host.people.describe({"id": "nora", "name": "Nora Vik"})
    host.records.describe(case.record, access={"people": {"ines": "comment", "nora": "comment"}})
    host.acting_as("ines").threads.open(case.record, "Who has the keys?", field="priority")
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    field = panel.get_by_role("textbox")
    field.press_sequentially("Ask @Nora")
    with page.expect_response(lambda answer: "id=nora" in answer.url):  # it was asked, and she could
        panel.get_by_role("option", name="Nora Vik").click()
    host.records.describe(case.record, access={"people": {"ines": "comment"}})
    field.press("Control+Enter")

    failed = panel.get_by_role("article").filter(has_text="Not sent.")
    expect(failed.get_by_text("Nora Vik cannot see this discussion.")).to_be_visible()
    failed.get_by_role("button", name="Ask for access").click()
    expect(failed.get_by_text("You asked that Nora Vik may see it.")).to_be_visible()
    assert asked(host, case) == [("nora", "ines")]
    host.records.describe(case.record, access={"people": {"ines": "comment", "nora": "read"}})
    failed.get_by_role("button", name="Retry").click()
    expect(panel.get_by_role("article").filter(has_text="Not sent.")).to_have_count(0)
    expect(panel.get_by_role("article").filter(has_text="Ask @Nora Vik")).to_be_visible()


def asked(host, case):
    """Return who asked for whom, on the record."""
    requests = [one.data.request for one in host.events.list(types=["access.requested"], limit=100).data]
    return [(one.person_id, one.asked_by) for one in requests if one.record == case.record]
