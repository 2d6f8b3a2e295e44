"""What the widget says in an open discussion: the host's own words, changed while somebody reads, and the page's language."""

from playwright.sync_api import expect

ERASED = "erased-in-words"


def test_words_that_a_host_changes_show_in_an_open_discussion(visit, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Who says so?", field="priority")
    page = visit(f"{case.address}ines")
    panel = opened(page, case.pin)
    panel.get_by_role("textbox", name="Write a reply").fill("Half a sentence")
    say = "words => apropos.configure({ endpoint: document.querySelector('apropos-app').getAttribute('endpoint'), words })"
    page.evaluate(say, {"write_reply": "Write to the desk", "send": "Hand in", "follow": "Keep me posted"})
    field = panel.get_by_role("textbox", name="Write to the desk")
    expect(field).to_have_value("Half a sentence")
    expect(panel.get_by_role("button", name="Hand in", exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name="Keep me posted")).to_be_visible()
    field.press("Control+Enter")
    expect(panel.get_by_role("article").filter(has_text="Half a sentence")).to_be_visible()


def test_a_page_that_comes_to_speak_another_language_is_followed(strange, host, case, opened):
    host.acting_as("tomasz").threads.open(case.record, "Which language?", field="priority")
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"></apropos-pin>'
    panel = opened(strange(pin), case.pin)
    panel.get_by_role("textbox", name="Write a reply").fill("Half a sentence")
    panel.page.evaluate("document.documentElement.lang = 'de'")
    expect(panel.get_by_role("textbox", name="Antwort schreiben")).to_have_value("Half a sentence")
    expect(panel.get_by_role("button", name="Senden", exact=True)).to_be_visible()
    expect(panel.page.get_by_role("button", name="Diskussion geöffnet")).to_be_visible()


def test_who_was_erased_is_called_so_in_the_pages_language(strange, host, case, opened):
    gone = host.acting_as(ERASED).threads.open(case.record, "Who was that?", field="priority")
    host.acting_as("tomasz").threads.comment(gone.id, "Somebody who left")
    host.people.erase(ERASED)
    app = '<apropos-app endpoint="{endpoint}" token-url="/strange-token" lang="de"></apropos-app>'
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"></apropos-pin>'
    panel = opened(strange(pin, app=app), case.pin)
    expect(panel.get_by_role("article").first).to_contain_text("Gelöschte Person")
    expect(panel.get_by_text("Erased person")).to_have_count(0)


def test_what_stands_for_a_message_reads_as_it_does_and_calls_people_by_name(visit, opened, host, case):
    host.people.describe({"id": "ines", "name": "Ines Marchetti"})
    tomasz = host.acting_as("tomasz")
    thread = tomasz.threads.open(case.record, "<@ines>, see **the** [list](https://example.com)", field="priority")
    tomasz.threads.comment(thread.id, "Well?", quote_id=thread.comments[0].id)
    page = visit(f"{case.address}ines")
    panel, says = opened(page, case.pin), "@Ines Marchetti, see the list"
    expect(panel.get_by_role("heading", name=says)).to_be_visible()
    expect(panel.get_by_role("complementary", name=says)).to_be_visible()
    expect(panel.get_by_role("blockquote")).to_have_text(says)
    message = panel.get_by_role("article").first
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Reply with quote").click()
    expect(panel.locator(".ap-quote")).to_contain_text(f"Tomasz Wolny: {says}")
    message.hover()
    message.get_by_role("button", name="More").click()
    panel.get_by_role("menuitem", name="Turn into an action").click()
    expect(panel.get_by_label("What is to be done")).to_have_value(says)
    tomasz.threads.open(case.record, "Another", field="priority")
    panel.get_by_role("button", name="Cancel").click()
    panel.get_by_role("button", name="All discussions").click()
    expect(panel.get_by_role("button", name=says)).to_be_visible()
