"""What becomes of a discussion while somebody writes in it: their words stay and can be copied, and it is said what happened."""

import json

import pytest
from playwright.sync_api import expect

from apropos import person_token

TEXT = "We could ship half on Monday and the rest"
GONE = "This discussion is not here any more."
MISSING = "There is no discussion here that you can see."


@pytest.fixture
def keys(folder):
    given = json.loads((folder / "demo.json").read_text())
    return {"secret": given["signing_secret"], "workspace": given["workspace"]}


@pytest.fixture
def thread(host, case):
    return host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")


@pytest.fixture
def writing(visit, case, opened, thread):
    """Ines writes half a message in it."""
    page = visit(f"{case.address}ines", expecting_failure=True, permissions=["clipboard-read", "clipboard-write"])
    raised = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name=thread.goal)).to_be_visible()
    panel.get_by_role("textbox").press_sequentially(TEXT)
    expect(panel.locator(".ap-draft").get_by_text("Draft saved")).to_be_visible()
    yield panel
    assert raised == []


def erase(host, case, _):
    host.records.erase(case.record)


def restrict(host, _, thread):
    host.acting_as("tomasz").threads.set_visibility(thread.id, "restricted")


def kept(panel):
    field = panel.get_by_role("textbox", name="What you wrote here is kept:")
    expect(field).to_have_value(TEXT)
    panel.get_by_role("button", name="Copy text").click()
    panel.page.wait_for_function("text => navigator.clipboard.readText().then(found => found === text)", arg=TEXT)


@pytest.mark.parametrize("happens", [erase, restrict])
def test_the_words_are_kept(writing, host, case, thread, happens):
    happens(host, case, thread)
    expect(writing.get_by_role("heading", name=GONE)).to_be_visible()
    kept(writing)
    writing.page.reload()
    assert TEXT in writing.page.evaluate("JSON.stringify(localStorage)"), "for as long as nobody discards them"


def test_there_is_a_way_on_where_it_is_gone(writing, host, case):
    erase(host, case, None)
    kept(writing)
    writing.get_by_role("button", name="Discard").click()
    expect(writing.get_by_role("textbox")).to_have_count(0)
    writing.get_by_role("button", name="Start a new discussion").click()
    writing.get_by_role("textbox").fill("Once more")
    writing.get_by_role("button", name="Send and start").click()
    expect(writing.get_by_role("article").filter(has_text="Once more")).to_be_visible()


def test_another_discussion_of_the_place_is_a_way_on(writing, host, case, thread):
    host.acting_as("tomasz").threads.open(case.record, "With whom?", field="priority", goal="Say with whom")
    expect(writing.get_by_role("button", name="All discussions")).to_be_visible()
    restrict(host, case, thread)
    kept(writing)
    writing.get_by_role("button", name="All discussions").click()
    expect(writing.get_by_text("Say with whom").first).to_be_visible()


def lowered(keys, grants):
    """A session of Zoe's, who may write until her host's next token, some seconds later, grants her only that."""
    zoe = {"id": "zoe", "name": "Zoe Kern"}
    first = person_token(**keys, person=zoe, grants={"customer_request:*": "comment"}, expires_in=38)
    second = person_token(**keys, person=zoe, grants=grants)
    return f"""<script type="module">
        import {{ configure }} from "{{endpoint}}/widget/apropos.js"
        const tokens = ["{first}"]
        configure({{ endpoint: "{{endpoint}}", lang: "en", token: async () => tokens.pop() ?? "{second}" }})
    </script>"""


def test_whoever_may_no_longer_see_the_record_keeps_what_they_write_and_what_could_not_be_sent(
    strange, host, case, opened, keys, thread
):
    """The host's next token lets Zoe see nothing; what she sends then is refused, and what she writes stays too."""
    app = lowered(keys, {})
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"></apropos-pin>'
    page = strange(pin, app=app, expecting_failure=True, permissions=["clipboard-read", "clipboard-write"])
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
    panel.get_by_role("textbox").press_sequentially(TEXT)
    expect(panel.get_by_role("heading", name=MISSING)).to_be_visible()
    kept(panel)
    assert host.threads.get(thread.id).comments[0].body == "When?"


ONLY_READ = "You can read here, not write. Ask whoever owns this record."


@pytest.mark.parametrize("begun", [True, False], ids=["in a discussion", "where none is yet"])
def test_whoever_may_only_read_from_now_on_keeps_what_they_write(strange, host, case, opened, keys, begun):
    if begun:
        host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"></apropos-pin>'
    app = lowered(keys, {"customer_request:*": "read"})
    page = strange(pin, app=app, permissions=["clipboard-read", "clipboard-write"])
    panel = opened(page, case.pin)
    panel.get_by_role("textbox").press_sequentially(TEXT)
    expect(panel.get_by_text(ONLY_READ).first).to_be_visible()
    kept(panel)
    panel.get_by_role("button", name="Discard").click()
    expect(panel.get_by_role("textbox")).to_have_count(0)
    assert TEXT not in page.evaluate("JSON.stringify(localStorage)")


def test_a_composer_that_stands_alone_keeps_it_too(strange, case, keys):
    alone = f'<apropos-composer record="{case.record}" field="priority"></apropos-composer>'
    app = lowered(keys, {"customer_request:*": "read"})
    composer = strange(alone, app=app, permissions=["clipboard-read", "clipboard-write"]).locator("apropos-composer")
    composer.get_by_role("textbox").press_sequentially(TEXT)
    expect(composer.get_by_text(ONLY_READ)).to_be_visible()
    kept(composer)


@pytest.mark.parametrize("how", ["merge", "rename"])
def test_a_discussion_that_is_moved_goes_on_with_what_is_written(writing, host, case, thread, how):
    getattr(host.records, how)(case.record, f"{case.record}-now")
    host.acting_as("tomasz").threads.comment(thread.id, "It goes on")
    expect(writing.get_by_role("article").filter(has_text="It goes on")).to_be_visible()
    expect(writing.get_by_role("textbox")).to_have_value(TEXT)
    writing.get_by_role("button", name="Send", exact=True).click()
    expect(writing.get_by_role("article").filter(has_text=TEXT)).to_have_count(1)
    expect(writing.locator("article[data-state=sending]")).to_have_count(0)
    assert [comment.body for comment in host.threads.get(thread.id).comments][-1] == TEXT


def test_a_discussion_that_is_closed_goes_on_with_what_was_written_when_it_is_reopened(writing, host, thread):
    host.acting_as("tomasz").threads.resolve(thread.id, "On Monday")
    expect(writing.get_by_role("heading", name="On Monday")).to_be_visible()
    writing.get_by_role("button", name="Reopen").click()
    writing.get_by_role("button", name="Reopen").last.click()
    expect(writing.get_by_role("textbox", name="Write a reply")).to_have_value(TEXT)


def test_what_was_written_in_a_discussion_that_is_archived_is_kept_until_it_is_discarded(writing, host, case, thread):
    host.threads.archive(thread.id)
    expect(writing.get_by_text("You can read it. To continue, start a new discussion.")).to_be_visible()
    kept(writing)
    page = writing.page
    page.reload()
    page.locator(case.pin).get_by_role("button").click()
    kept(writing)
    writing.get_by_role("button", name="Discard").click()
    expect(writing.get_by_role("textbox")).to_have_count(0)
    page.reload()
    page.locator(case.pin).get_by_role("button").click()
    expect(writing.get_by_role("button", name="Continue in a new discussion")).to_be_visible()
    assert TEXT not in page.evaluate("JSON.stringify(localStorage)")


def test_what_was_written_in_a_discussion_that_is_archived_goes_on_in_a_new_one(writing, host, case, thread):
    host.threads.archive(thread.id)
    kept(writing)
    writing.get_by_role("button", name="Continue in a new discussion").click()
    expect(writing.get_by_role("textbox", name="Start a discussion")).to_have_value(TEXT)
    writing.get_by_role("button", name="Send and start").click()
    expect(writing.get_by_role("article").filter(has_text=TEXT)).to_be_visible()
    expect(writing.get_by_role("textbox", name="Write a reply")).to_have_value("")
    assert TEXT in [each.comments[0].body for each in host.conversation(case.record).threads]
    writing.get_by_role("button", name="All discussions").click()
    writing.get_by_role("button", name="Say when").click()
    expect(writing.get_by_role("button", name="Continue in a new discussion")).to_be_visible()
    expect(writing.get_by_role("textbox")).to_have_count(0)


def test_whoever_is_erased_while_they_write_keeps_their_words_and_goes_on_as_somebody_new(
    strange, host, case, opened, keys, thread
):
    token = person_token(**keys, person={"id": "wanda", "name": "Wanda Wirth"}, grants={"customer_request:*": "comment"})
    app = f"""<script type="module">
        import {{ configure }} from "{{endpoint}}/widget/apropos.js"
        configure({{ endpoint: "{{endpoint}}", lang: "en", token: async () => "{token}" }})
    </script>"""
    host.acting_as("wanda").threads.comment(thread.id, "What I said before")
    panel = opened(strange(f'<apropos-pin record="{case.record}" field="priority"></apropos-pin>', app=app), case.pin)
    panel.get_by_role("textbox").press_sequentially(TEXT)
    expect(panel.get_by_role("article").filter(has_text="What I said before")).to_be_visible()
    host.people.erase("wanda")
    expect(panel.get_by_role("article").filter(has_text="Erased person")).to_be_visible()
    expect(panel.get_by_text("What I said before")).to_have_count(0)
    expect(panel.get_by_role("textbox")).to_have_value(TEXT)
    panel.get_by_role("button", name="Send", exact=True).click()
    expect(panel.get_by_role("article").filter(has_text=TEXT)).to_be_visible()
    expect(panel.locator("article[data-state=sending]")).to_have_count(0)
    last = host.threads.get(thread.id).comments[-1]
    assert (last.body, last.author) == (TEXT, "wanda")
