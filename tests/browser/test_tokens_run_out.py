"""A token that runs out in the middle of a sentence: the sentence stays, the next token goes on, and what is sent arrives once."""

import json
import time

import pytest
from playwright.sync_api import expect

from apropos import person_token

START, REST = "We could ship half ", "on Monday"
UNDERWAY = "article:is([data-state=sending], [data-state=failed])"
SHORT = 33  # seconds: the widget asks for another thirty before the end, so this one is used for three


class Host:
    """The host's token view: its first token is short, and afterwards it answers what `then` says, one after the other."""

    def __init__(self, keys):
        self.keys, self.asked, self.then, self.raised = keys, 0, [], []

    def answer(self, route):
        self.asked += 1
        say = self.then.pop(0) if self.then and self.asked > 1 else "good"
        if say == "slow":
            time.sleep(2)
        if say in ("good", "slow"):
            return route.fulfill(json={"token": self.sign(SHORT if self.asked == 1 else 600)})
        if say == "cut":
            return route.abort("connectionreset")
        if say == "login":
            return route.fulfill(content_type="text/html", body="<h1>Sign in</h1>")
        return route.fulfill(status=say, body="no")

    def sign(self, lasts):
        keys, ines = self.keys, {"id": "ines", "name": "Ines Marchetti"}
        grants = {"customer_request:*": "manage"}
        return person_token(keys["signing_secret"], workspace=keys["workspace"], person=ines, grants=grants, expires_in=lasts)


@pytest.fixture
def token_view(folder):
    return Host(json.loads((folder / "demo.json").read_text()))


@pytest.fixture
def writing(visit, host, case, opened, token_view):
    """Begin a sentence; what the token view says afterwards is given. Returns the panel when the first token is used up."""
    host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")

    def begin(*then):
        token_view.then = list(then)
        prepare = lambda page: page.route("**/apropos-token*", token_view.answer)  # noqa: E731
        page = visit(f"{case.address}ines", expecting_failure=True, prepare=prepare)
        page.on("pageerror", lambda error: token_view.raised.append(str(error)))
        panel = opened(page, case.pin)
        expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
        panel.get_by_role("textbox").press_sequentially(START)
        page.wait_for_timeout((SHORT - 29) * 1000)
        panel.get_by_role("textbox").press_sequentially(REST)
        return panel

    return begin


def sent(panel):
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("textbox")).to_have_value("")
    return panel.get_by_role("article").filter(has_text=START + REST)


def said(host, case):
    return [comment.body for thread in host.conversation(case.record).threads for comment in thread.comments]


@pytest.mark.parametrize("then", [("good",), ("slow", "slow"), (503,), ("cut",)], ids=str)
def test_the_next_token_goes_on_whether_it_comes_at_once_late_or_at_the_second_try(writing, host, case, token_view, then):
    panel = writing(*then)
    message = sent(panel)
    expect(panel.locator(UNDERWAY)).to_have_count(0)
    expect(message).to_have_count(1)
    assert said(host, case) == ["When?", START + REST]
    assert token_view.asked > 1, "the first was used up"
    assert token_view.raised == []
    host.acting_as("tomasz").threads.comment(host.conversation(case.record).threads[0].id, "Monday it is")
    expect(panel.get_by_role("article").filter(has_text="Monday it is")).to_be_visible()


@pytest.mark.parametrize("no", [401, "login"])
def test_whoever_was_signed_out_is_told_so_and_what_they_sent_goes_out_after_they_sign_in(
    writing, host, case, opened, token_view, no
):
    panel = writing(*[no] * 50)
    message = sent(panel)
    expect(message.get_by_text("Not sent. You were signed out of Counter. Your draft is safe.")).to_be_visible()
    panel.get_by_role("textbox").fill("And the rest later")
    token_view.then = []
    message.get_by_role("button", name="Sign in again").click()
    panel = opened(panel.page, case.pin)
    expect(panel.get_by_role("article").filter(has_text=START + REST)).to_have_count(1)
    expect(panel.locator(UNDERWAY)).to_have_count(0)
    expect(panel.get_by_role("textbox")).to_have_value("And the rest later")
    assert said(host, case) == ["When?", START + REST]
    assert token_view.raised == []


def test_a_token_view_that_is_down_is_no_sign_out(writing, host, case, token_view):
    panel = writing(*[500] * 50)
    message = sent(panel)
    expect(message.get_by_text("Not sent. The server did not answer.")).to_be_visible()
    token_view.then = []
    message.get_by_role("button", name="Retry").click()
    expect(panel.locator(UNDERWAY)).to_have_count(0)
    assert said(host, case) == ["When?", START + REST]


def test_a_callback_of_the_host_that_never_answers_keeps_nobody_waiting_for_ever(strange, host, case, opened, token_of, endpoint):
    host.acting_as("tomasz").threads.open(case.record, "When?", field="priority")
    app = f"""<script type="module">
        import {{ configure }} from "{endpoint}/widget/apropos.js"
        window.isMute = false
        configure({{
            endpoint: "{endpoint}", lang: "en",
            token: () => isMute ? new Promise(() => {{}}) : Promise.resolve("{token_of("zoe", expires_in=SHORT)}"),
        }})
    </script>"""
    pin = f'<apropos-pin record="{case.record}" field="priority" label="Priority"></apropos-pin>'
    page = strange(pin, app=app, expecting_failure=True, prepare=lambda page: page.clock.install())
    panel = opened(page, case.pin)
    panel.get_by_role("textbox").fill(START + REST)
    expect(panel.get_by_role("button", name="Attach a file")).to_be_visible()
    page.evaluate("isMute = true")
    page.clock.run_for(5_000)
    panel.get_by_role("button", name="Send").click()
    message = panel.get_by_role("article").filter(has_text=START + REST)
    expect(message.get_by_text("Sending")).to_be_visible()
    page.clock.run_for(10_500)
    page.clock.run_for(10_500)
    expect(message.get_by_text("Not sent. The server did not answer.")).to_be_visible()
