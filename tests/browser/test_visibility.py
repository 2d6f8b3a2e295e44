"""Who sees a discussion, changed in the panel: fewer at once, others once they were named."""

from playwright.sync_api import expect

SAID = "Do we tell them why?"


def test_fewer_see_it_at_once(visit, host, case, opened):
    thread = host.acting_as("jonas").threads.open(case.record, SAID, field="priority")
    amara = opened(visit(f"{case.address}amara"), case.pin)
    expect(amara.get_by_text(SAID).first).to_be_visible()
    jonas = opened(visit(f"{case.address}jonas"), case.pin)

    asked(jonas, "Only people you choose")
    jonas.get_by_role("checkbox", name="Priya Raman").check()
    expect(jonas.get_by_role("checkbox", name="Jonas Ekberg")).to_be_disabled()
    jonas.get_by_role("button", name="Change who can see it").click()

    expect(amara.get_by_text(SAID)).to_have_count(0)
    assert host.threads.get(thread.id).members == ["jonas", "priya"]


def test_others_see_it_once_they_were_named(visit, host, case, opened):
    thread = host.acting_as("jonas").threads.open(case.record, SAID, field="priority", visibility="restricted")
    jonas = opened(visit(f"{case.address}jonas", expecting_failure=True), case.pin)  # a refusal, which says who

    asked(jonas, "Guests with access too")
    jonas.get_by_role("button", name="Change who can see it").click()
    confirming = jonas.get_by_role("form", name="Let them see it")
    expect(confirming.get_by_text("They will newly see this discussion")).to_be_visible()
    expect(confirming.get_by_text("All guests with access to this record")).to_be_visible()
    expect(confirming.get_by_role("button", name="Cancel")).to_be_focused()
    assert host.threads.get(thread.id).visibility == "restricted"
    confirming.get_by_role("button", name="Let them see it").click()

    expect(confirming).to_have_count(0)
    amara = opened(visit(f"{case.address}amara"), case.pin)
    expect(amara.get_by_text(SAID).first).to_be_visible()


def test_people_are_found_by_name_however_many_there_are(visit, host, case, opened):
    host.people.describe([{"id": f"zz{number}", "name": f"Zz Crew {number:02}"} for number in range(60)])
    thread = host.acting_as("jonas").threads.open(case.record, SAID, field="priority")
    panel = opened(visit(f"{case.address}jonas"), case.pin)
    asked(panel, "Only people you choose")
    expect(panel.get_by_role("checkbox", name="Priya Raman")).to_be_visible()
    panel.get_by_role("checkbox", name="Priya Raman").check()

    panel.get_by_role("searchbox", name="Find people by name").fill("crew 57")
    panel.get_by_role("checkbox", name="Zz Crew 57").check()
    panel.get_by_role("searchbox").fill("nobody is called so")
    expect(panel.get_by_role("checkbox", name="Amara")).to_have_count(0)
    expect(panel.get_by_role("checkbox", name="Priya Raman")).to_be_checked()
    expect(panel.get_by_role("checkbox", name="Zz Crew 57")).to_be_checked()
    panel.get_by_role("button", name="Change who can see it").click()

    expect(panel.get_by_title("Jonas Ekberg, Priya Raman, Zz Crew 57.")).to_be_visible()
    assert host.threads.get(thread.id).members == ["jonas", "priya", "zz57"]


def test_the_head_says_who_sees_it_where_that_is_not_simply_the_house(visit, host, case, opened):
    restricted = {"visibility": "restricted", "members": ["priya"]}
    host.acting_as("jonas").threads.open(case.record, SAID, field="priority", **restricted)
    jonas = opened(visit(f"{case.address}jonas", expecting_failure=True), case.pin)  # a refusal, which says who
    only = jonas.get_by_title("Only these people see this discussion: Jonas Ekberg, Priya Raman.")
    expect(only).to_have_text("Restricted. Only these people see this discussion: Jonas Ekberg, Priya Raman.")

    asked(jonas, "Guests with access too")
    jonas.get_by_role("button", name="Change who can see it").click()
    jonas.get_by_role("button", name="Let them see it").click()
    expect(jonas.get_by_title("Guests with access see this discussion too.")).to_contain_text("Shared")

    asked(jonas, "Everyone with access but guests")
    jonas.get_by_role("button", name="Change who can see it").click()
    expect(jonas.get_by_title("see this discussion")).to_have_count(0)

    host.people.describe({"id": "gil", "name": "Gil Rowan", "guest": True})
    host.acting_as("gil").threads.open(case.record, "And ours?", field="priority", visibility="shared")
    again = opened(visit(f"{case.address}jonas"), case.pin)
    again.get_by_role("button", name=SAID).click()
    expect(again.get_by_title("Guests do not see this discussion.")).to_contain_text("Internal")


def asked(panel, who):
    """Choose who shall see the discussion."""
    panel.get_by_role("button", name="More", exact=True).first.click()
    panel.get_by_role("menuitem", name="Visibility").click()
    panel.get_by_label("Who can see it").select_option(who)
