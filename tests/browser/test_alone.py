"""Parts of a discussion stand alone in a page: where one writes, how one begins, what the record says, who can help."""

import pytest
from playwright.sync_api import expect

FIELD = "priority"


@pytest.fixture
def placed(visit, case):
    """Open the request's screen as somebody, with an element of ours at its end; what it tells is kept in `window.told`."""

    def place(element, person="ines", attributes="", **settings):
        page = visit(f"{case.address}{person}", **settings)
        where = "" if "thread=" in attributes or "record=" in attributes else f'record="{case.record}" field="{FIELD}"'
        page.evaluate(
            """html => {
                window.told = []
                for (const name of ['started', 'posted', 'asked', 'open', 'resolved'])
                    addEventListener(`apropos-${name}`, ({type, detail}) => told.push([type, detail]))
                document.body.insertAdjacentHTML('beforeend', html)
            }""",
            f"<section>{element_of(element, where, attributes)}</section>",
        )
        return page, page.locator(f"apropos-{element}").last

    return place


def element_of(element, where, attributes):
    return f"<apropos-{element} {where} {attributes}></apropos-{element}>"


def told(page, name):
    return [detail for type_, detail in page.evaluate("told.map(([type, {from, ...rest}]) => [type, rest])") if type_ == name]


def test_one_writes_into_a_discussion_from_a_composer_alone(placed, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field=FIELD, kind="question")
    page, composer = placed("composer", attributes=f'thread="{thread.id}"')
    _, reader = placed("thread", "tomasz")
    composer.get_by_role("textbox", name="Write a reply").fill("Until Monday.")
    expect(composer.get_by_role("button", name="Send")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(reader.get_by_role("article", name="Ines Marchetti")).to_contain_text("Until Monday.")
    expect(composer.get_by_role("textbox")).to_be_focused()
    expect(composer.get_by_role("textbox")).to_have_value("")
    expect(composer.get_by_role("article")).to_have_count(0)
    assert told(page, "apropos-posted") == [{"thread": thread.id}]


def test_a_composer_of_a_place_without_a_discussion_begins_one_and_goes_on_in_it(placed, host):
    page, composer = placed("composer")
    composer.get_by_role("textbox", name="Start a discussion").fill("Who decides?")
    composer.get_by_role("button", name="Send and start the discussion").click()
    field = composer.get_by_role("textbox", name="Write a reply")
    field.fill("Jonas, I think.")
    composer.get_by_role("button", name="Send").click()
    expect(composer.get_by_role("article")).to_have_count(0)
    page.wait_for_function("told.filter(([type]) => type === 'apropos-posted').length === 2")
    [begun] = told(page, "apropos-started")
    assert [each.body for each in host.threads.get(begun["thread"]).comments] == ["Who decides?", "Jonas, I think."]


def test_a_composer_of_a_closed_discussion_says_so_and_goes_on(placed, host, case):
    ines = host.acting_as("ines")
    thread = ines.threads.open(case.record, "Can it wait?", field=FIELD)
    ines.threads.resolve(thread.id, "It can.")
    _, composer = placed("composer", attributes=f'thread="{thread.id}"')
    composer.get_by_role("button", name="Reopen").click()
    composer.get_by_role("button", name="Reopen").click()
    expect(composer.get_by_role("textbox", name="Write a reply")).to_be_visible()


def test_what_is_written_without_a_connection_is_kept_and_arrives_once(placed, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field=FIELD)
    page, composer = placed("composer", attributes=f'thread="{thread.id}"', expecting_failure=True)
    composer.get_by_role("textbox").fill("It can,")
    expect(composer.get_by_text("Draft saved")).to_have_count(2)
    page.context.set_offline(True)
    composer.get_by_role("textbox").fill("It can, until Monday.")
    composer.get_by_role("button", name="Send").click()
    expect(composer.get_by_role("article")).to_contain_text("It can, until Monday.")
    page.context.set_offline(False)
    expect(composer.get_by_role("article")).to_have_count(0)
    assert [each.body for each in host.threads.get(thread.id).comments] == ["Can it wait?", "It can, until Monday."]


def test_a_start_form_begins_a_discussion_beside_others_and_leads_to_it(placed, host, case):
    host.acting_as("tomasz").threads.open(case.record, "Something else?", field=FIELD)
    page, start = placed("start")
    start.get_by_role("textbox", name="Start a discussion").fill("Which one first?")
    start.get_by_role("button", name="Send and start the discussion").click()
    start.get_by_role("button", name="Open it").click()
    panel = page.locator("apropos-panel")
    expect(panel.get_by_role("heading", name="Which one first?")).to_be_visible()
    [begun] = told(page, "apropos-started")
    assert told(page, "apropos-open") == [begun]
    expect(start.get_by_role("textbox")).to_have_value("")


def test_a_start_form_takes_the_template_that_it_is_told(placed, host):
    names = ("Plain request", "Escalation")
    host.templates.describe([{"record_type": "customer_request", "name": name, "goal": f"Goal of {name}"} for name in names])
    try:
        _, start = placed("start", attributes='template="Escalation"')
        start.get_by_role("button", name="More").click()
        expect(start.get_by_label("Template")).to_have_value("Escalation")
    finally:
        for name in names:
            host.templates.remove("customer_request", name)


def test_a_value_says_what_it_was_and_is_as_the_host_changes_it(placed, host, case):
    host.records.describe(case.record, fields={FIELD: {"value": 1200, "label": "Amount", "type": "number"}})
    _, value = placed("value")
    strip = value.get_by_role("group", name="Recorded value")
    expect(strip).to_contain_text("1,200")
    host.acting_as("tomasz").threads.open(case.record, "Is it right?", field=FIELD)
    host.records.describe(case.record, fields={FIELD: {"value": 900, "label": "Amount", "type": "number"}})
    expect(strip).to_contain_text("then 1,200")
    expect(strip).to_contain_text("now 900")
    expect(strip).to_contain_text("300 less than when this discussion began")


def test_a_value_that_nobody_described_says_so(placed):
    _, value = placed("value")
    expect(value.get_by_text("not recorded")).to_be_visible()


def test_people_who_take_part_come_first_and_one_is_asked_with_a_question(placed, host, case):
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field=FIELD)
    page, people = placed("people", attributes='limit="3"')
    rows = people.get_by_role("listitem")
    expect(rows.first).to_contain_text("Tomasz Wolny")
    expect(rows.first).to_contain_text("Takes part in a discussion here")
    expect(people.get_by_text("Ines Marchetti")).to_have_count(0)
    assert rows.count() <= 3
    people.get_by_role("button", name="Ask Tomasz Wolny").click()
    field = people.get_by_role("textbox", name="Write a reply")
    expect(field).to_be_focused()
    expect(field).to_have_value("@Tomasz Wolny ")
    field.press_sequentially("when does the pump leave?")
    people.get_by_role("button", name="Send").click()
    expect(people.get_by_role("button", name="Tomasz Wolny was asked")).to_be_focused()
    said = host.threads.get(thread.id).comments[-1]
    assert (said.kind, said.body, said.mentions) == ("question", "<@tomasz> when does the pump leave?", ["tomasz"])
    assert told(page, "apropos-asked") == [{"person": "tomasz", "thread": thread.id}]


@pytest.mark.parametrize("element", ["composer", "start", "value", "people"])
def test_what_one_may_not_see_is_not_there(placed, element):
    _, it = placed(element, attributes='record="ledger:2027" field="total"', expecting_failure=True)
    expect(it.get_by_text("There is no discussion here that you can see.")).to_be_visible()
    expect(it.get_by_role("button", name="Ask for access")).to_be_visible()


def test_a_record_that_is_erased_takes_what_was_shown_of_it_along(placed, host, case):
    host.records.describe(case.record, fields={FIELD: {"value": 1200, "label": "Amount", "type": "number"}})
    thread = host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field=FIELD)
    _, composer = placed("composer", attributes=f'thread="{thread.id}"', expecting_failure=True)
    _, value = placed("value", expecting_failure=True)
    expect(composer.get_by_role("textbox")).to_be_visible()
    expect(value.get_by_text("1,200")).to_be_visible()
    host.records.erase(case.record)
    expect(composer.get_by_role("textbox")).to_have_count(0)
    expect(value.get_by_text("1,200")).to_have_count(0)


def test_nothing_of_them_loads_before_the_tag_is_there(visit, case):
    page = visit(f"{case.address}ines")
    expect(page.locator(case.pin)).to_be_attached()
    fetched = "performance.getEntriesByType('resource').some(({name}) => /chunks\\/.*(alone|discussion)\\./.test(name))"
    assert page.evaluate(fetched) is False
    page.evaluate("document.body.append(document.createElement('apropos-people'))")
    page.wait_for_function(fetched)
