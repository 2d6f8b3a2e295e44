"""What one click or one key does in a discussion: a kind after a slash, later, taking away what another wrote."""

from datetime import UTC, datetime

from playwright.sync_api import expect


def tools(message, name):
    message.hover()
    message.get_by_role("button", name=name, exact=True).click()


def test_a_slash_offers_the_kinds_and_the_field_keeps_the_focus(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    field = panel.get_by_role("textbox")
    field.press_sequentially("/")
    expect(panel.get_by_role("option")).to_have_text(["Comment/cShare what others should know", "Question/qYou need an answer",
        "Decision/dPropose what should be so", "Action/aSomething somebody does"])  # fmt: skip
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(panel.get_by_role("option", name="Decision")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(panel.get_by_role("option")).to_have_count(0)
    expect(panel.get_by_role("button", name="Kind: Decision")).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially("We wait")
    field.press("Control+Enter")
    expect(panel.locator(".ap-decision").get_by_text("We wait")).to_be_visible()


def test_a_slash_that_is_meant_as_one_stays(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Which folder?", field="priority")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    field = panel.get_by_role("textbox")
    field.press_sequentially("/")
    expect(panel.get_by_role("option")).to_have_count(4)
    field.press("Escape")
    expect(panel.get_by_role("option")).to_have_count(0)
    field.press_sequentially("srv/orders")
    expect(field).to_have_value("/srv/orders")
    expect(field).to_be_focused()


def test_later_puts_it_off_until_then_and_is_undone(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "<@jonas>, can it wait?", field="priority")
    page = visit(f"{case.address}jonas")
    panel = opened(page, case.pin)
    panel.get_by_role("button", name="Later").click()
    with page.expect_response("**/snooze*"):
        panel.get_by_role("menuitem", name="Tomorrow").click()
    expect(panel.get_by_text("Put off until").first).to_be_visible()
    assert thread.id in put_off(host)
    with page.expect_response("**/snooze*"):
        panel.get_by_role("button", name="Undo").click()
    assert thread.id not in put_off(host)


def test_later_takes_a_date_from_tomorrow_on(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "<@jonas>, is it a date?", field="priority")
    page = visit(f"{case.address}jonas")
    panel = opened(page, case.pin)
    panel.get_by_role("button", name="Later").click()
    panel.get_by_role("menuitem", name="A date").press("Enter")
    day = panel.get_by_label("A date", exact=True)
    expect(day).to_be_focused()
    assert day.input_value() == day.get_attribute("min") > datetime.now(UTC).date().isoformat()
    day.fill("2020-02-29")
    day.press("Enter")
    expect(day).to_be_visible()
    day.press("Escape")
    expect(day).to_have_count(0)
    expect(panel.get_by_role("button", name="Later")).to_be_focused()

    page.keyboard.press("Enter")
    panel.get_by_role("menuitem", name="A date").click()
    day.fill("2031-02-28")
    with page.expect_response("**/snooze*"):
        panel.get_by_role("dialog").get_by_role("button", name="Later").click()
    expect(panel.get_by_text("Put off until Fri 28 Feb").first).to_be_visible()
    assert put_off(host).count(thread.id) == 1


def put_off(host):
    """What Jonas left for later."""
    return [entry.thread.id for entry in host.acting_as("jonas").inbox.page("later").data]


def test_who_manages_takes_away_what_another_wrote_and_says_why(visit, host, case, opened):
    host.records.describe(case.record, access={"people": {"jonas": "manage"}, "everyone": "comment"})
    thread = host.acting_as("tomasz").threads.open(case.record, "The welder was ill that week.", field="priority")
    host.acting_as("tomasz").threads.comment(thread.id, "And the next.")
    theirs = opened(visit(f"{case.address}tomasz"), case.pin)
    panel = opened(visit(f"{case.address}jonas"), case.pin)
    message = panel.get_by_role("article").filter(has_text="And the next.")
    tools(message, "More")
    panel.get_by_role("menuitem", name="Remove").click()
    panel.get_by_label("Why it is removed").fill("Personal data")
    panel.get_by_role("button", name="Remove", exact=True).click()
    expect(panel.get_by_text("Removed by Jonas Ekberg: Personal data")).to_be_visible()
    expect(theirs.get_by_text("Removed by Jonas Ekberg: Personal data")).to_be_visible()
    expect(theirs.get_by_text("And the next.")).to_have_count(0)
    panel.get_by_role("button", name="Undo").click()
    expect(theirs.get_by_text("And the next.")).to_be_visible()


def test_a_long_story_opens_where_one_stopped_reading(visit, host, case, opened):
    jonas, ines = host.acting_as("jonas"), host.acting_as("ines")
    asked = jonas.threads.open(case.record, "How many pumps?", field="priority", kind="question")
    answer = jonas.threads.comment(asked.id, "Thirty.\n\n" + "\n\n".join(f"Reason {number}." for number in range(20)))
    jonas.comments.accept(asked.comments[0].id, answer.id)
    for number in range(12):
        jonas.actions.add(asked.id, f"Move order {number}", comment_id=answer.id)
    ines.threads.read(asked.id, ines.threads.get(asked.id).seq)
    jonas.threads.comment(asked.id, "The mould comes two weeks early.")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_text("Move order 11")).to_be_attached()
    expect(panel.get_by_role("separator", name="1 new")).to_be_in_viewport()
    expect(panel.get_by_text("The mould comes two weeks early.")).to_be_in_viewport()


def test_what_one_writes_first_has_ones_own_name_at_once(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    panel.get_by_role("textbox").fill("It can.")
    page.route("**/comments*", lambda _: None)
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("article", name="Ines Marchetti")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


def test_what_is_sent_before_the_page_knows_how_is_sent_once_it_does(visit, host, case, opened):
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    page = visit(f"{case.address}ines")
    held = []
    page.route("**/chunks/*/acting.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks what it is given, and a builtin cannot be
    with page.expect_request("**/chunks/*/acting.js"):
        panel = opened(page, case.pin)
        field = panel.get_by_role("textbox")
        field.focus()
    page.keyboard.type("It can.")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("It can.")
    for route in held:
        route.continue_()
    expect(panel.get_by_role("article", name="Ines Marchetti")).to_have_count(1)
    expect(field).to_have_value("")
    page.wait_for_function("document.querySelector('apropos-panel').shadowRoot.querySelector('.ap-sending') === null")
    assert [each.body for each in host.acting_as("ines").threads.get(thread.id).comments] == ["Can it wait?", "It can."]
