"""How people settle something in the screens of the demo: mention, accept, decide, act."""

from playwright.sync_api import expect

DRIVES = 'apropos-pin[field="q3/vsd-75"]'
CABINETS = 'apropos-pin[field="q2/cabinets"]'
SERVICE = 'apropos-pin[field="q4/service"]'


def opened(page, pin):
    page.locator(pin).get_by_role("button").click()
    return page.locator("apropos-panel")


def say(panel, text):
    panel.get_by_role("textbox").press_sequentially(text)
    panel.get_by_role("button", name="Send").click()


def tools(message, name):
    message.hover()
    message.get_by_role("button", name=name, exact=True).click()


def test_somebody_is_mentioned_by_a_few_letters_and_the_keyboard(visit):
    panel = opened(visit("/crm?as=ines"), DRIVES)
    panel.get_by_role("textbox").press_sequentially("Right, @Tomasz")
    expect(panel.get_by_role("option", name="Tomasz Wolny")).to_be_visible()
    panel.get_by_role("textbox").press("Enter")
    expect(panel.get_by_role("textbox")).to_have_value("Right, @Tomasz Wolny ")
    panel.get_by_role("textbox").press_sequentially("?")
    panel.get_by_role("textbox").press("Control+Enter")

    message = panel.get_by_role("article").filter(has_text="Right,")
    expect(message.get_by_text("@Tomasz Wolny")).to_be_visible()


def test_an_answer_is_accepted_and_stands_under_its_question(visit):
    page = visit("/crm?as=tomasz")
    panel = opened(page, DRIVES)
    say(panel, "/q Do the drives need a breaker each?")
    question = panel.get_by_role("article").filter(has_text="breaker each")
    expect(question.get_by_text("Question")).to_be_visible()
    say(panel, "One for three.")
    tools(panel.get_by_role("article").filter(has_text="One for three."), "Accept as the answer")

    answer = panel.locator(".ap-accepted")
    expect(answer.get_by_text("One for three.")).to_be_visible()
    expect(answer.get_by_text("Accepted by Tomasz Wolny")).to_be_visible()
    tools(answer.get_by_role("article"), "Not the answer after all")
    expect(answer).to_have_count(0)


def test_a_decision_is_proposed_voted_on_and_recorded(visit):
    ines, amara = opened(visit("/crm?as=ines"), CABINETS), opened(visit("/crm?as=amara"), CABINETS)
    say(ines, "/d Order three cabinets with the new breaker.")
    theirs = amara.locator(".ap-decision")
    expect(theirs.get_by_text("Proposed decision")).to_be_visible()
    theirs.get_by_role("button", name="I see a problem").click()
    theirs.get_by_label("Which problem, in one line").fill("The breaker is late")
    theirs.get_by_role("button", name="Say so").click()
    mine = ines.locator(".ap-decision")
    expect(mine.get_by_text("Amara Osei sees a problem: The breaker is late")).to_be_visible()
    theirs.get_by_role("button", name="Agree").first.click()
    expect(mine.get_by_text("sees a problem")).to_have_count(0)
    mine.get_by_role("button", name="Record").click()

    expect(theirs.get_by_text("Recorded by Ines Marchetti")).to_be_visible()


def test_an_action_is_added_done_and_dropped(visit):
    ines, tomasz = opened(visit("/crm?as=ines"), SERVICE), opened(visit("/crm?as=tomasz"), SERVICE)
    say_action(ines, "Ask legal for the index clause")
    say_action(ines, "Send the draft")
    ines.get_by_role("checkbox", name="Ask legal for the index clause").check()
    todo = tomasz.get_by_role("region", name="Action items")
    expect(todo.get_by_text("1 of 2")).to_be_visible()
    todo.get_by_role("button", name="Drop: Send the draft").click()
    todo.get_by_label("Why it is dropped").fill("Legal sends it")
    todo.get_by_role("button", name="Drop", exact=True).click()

    expect(ines.get_by_text("Dropped: Legal sends it")).to_be_visible()
    expect(ines.get_by_text("1 of 1", exact=True)).to_be_visible()


def say_action(panel, text):
    panel.get_by_role("textbox").press_sequentially(f"/a {text}")
    panel.get_by_role("button", name="Add an action").last.click()
    expect(panel.get_by_role("checkbox", name=text)).to_be_visible()
