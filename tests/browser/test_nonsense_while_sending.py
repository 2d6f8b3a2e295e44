"""A service, or what stands before it, that answers nonsense to what is sent: nothing is lost or doubled, all plainly said."""

import pytest
from playwright.sync_api import expect

TEXT = "On Monday"
UNDERWAY = "article:is([data-state=sending], [data-state=failed])"
SEEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After, X-Request-Id"}
OURS = "Not sent. Something failed on our side. Nothing you wrote is lost."
SILENT = "Not sent. The server did not answer."


def answers(status, kind, body, **headers):
    given = {**SEEN, "Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda route: route.fulfill(status=status, headers=given, body=body)


def arrives_but_is_cut(route):
    route.fetch()
    route.abort("connectionreset")


JSON = "application/json"
LATER = "Wed, 21 Oct 2026 07:28:00 GMT"
NONSENSE = {
    "an error with its reference": (answers(500, JSON, "{}", X_Request_Id="7f3a-91"), f"{OURS} Reference 7f3a-91."),
    "a gateway's page": (answers(502, "text/html", "<h1>Bad gateway</h1><script>alert(1)</script>"), OURS),
    "an error that is no object": (answers(500, JSON, "null"), SILENT),
    "half an answer": (answers(201, JSON, '{"id": "cmt_'), SILENT),
    "nothing, and that it worked": (answers(200, JSON, ""), SILENT),
    "no content": (answers(204, JSON, ""), SILENT),
    "a page, and that it worked": (answers(200, "text/html", "<h1>Welcome to the guest network</h1>"), SILENT),
    "an empty object": (answers(200, JSON, "{}"), SILENT),
    "an empty list": (answers(200, JSON, "[]"), SILENT),
    "another's comment": (answers(201, JSON, '{"id": "cmt_00000000000000000000000000"}'), SILENT),
    "a way to a login page": (answers(302, "text/html", "", Location="http://127.0.0.1:9/login"), SILENT),
    "too many": (answers(429, JSON, "{}", Retry_After="20"), "Not sent. That was fast. You can send again in 20 s."),
    "too many until a date": (
        answers(429, "text/html", "", Retry_After=LATER),
        "Not sent. That was fast. You can send again in 1 s.",
    ),
    "busy for long": (answers(503, JSON, "{}", Retry_After="30"), OURS),
    "busy for a moment": (answers(503, JSON, "{}", Retry_After="1"), OURS),
    "a cut": (lambda route: route.abort("connectionreset"), SILENT),
}


@pytest.fixture
def talk(visit, host, case, opened):
    """A discussion that Ines has open, in a page that may complain."""
    host.acting_as("tomasz").threads.open(case.record, "When?", field="priority", goal="Say when")
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    expect(panel.get_by_role("heading", name="Say when")).to_be_visible()
    return page, panel


def sends(page, endpoint, answer):
    """From now on this answers whatever is sent; returns the ids that were, which grows."""
    ids = []

    def given(route):
        if route.request.method != "POST":
            return route.continue_()
        ids.append(route.request.post_data_json["id"])
        return answer(route)

    page.route(f"{endpoint}/v1/threads**", given)
    page.route(f"{endpoint}/v1/threads/**", given)
    return ids


def said(host, case):
    return [comment.body for thread in host.conversation(case.record).threads for comment in thread.comments]


@pytest.mark.parametrize("name", NONSENSE)
def test_a_message_stays_says_why_and_arrives_once_when_it_is_sent_again(talk, host, case, endpoint, name):
    page, panel = talk
    answer, words = NONSENSE[name]
    ids = sends(page, endpoint, answer)
    panel.get_by_role("textbox").fill(TEXT)
    panel.get_by_role("button", name="Send").click()
    message = panel.get_by_role("article").filter(has_text=TEXT)
    expect(message.locator(".ap-fail > span")).to_have_text(words, timeout=30_000)  # a way that leads nowhere, twice
    assert 1 <= len(ids) <= 2, "one silent retry"
    assert len(set(ids)) == 1, "under the same id"
    assert said(host, case) == ["When?"]
    page.reload()
    page.unroute_all()
    page.locator(case.pin).get_by_role("button").click()
    message.get_by_role("button", name="Retry").click()
    expect(panel.locator(UNDERWAY)).to_have_count(0)
    expect(message).to_have_count(1)
    assert said(host, case) == ["When?", TEXT]


def test_a_message_that_arrived_though_its_answer_was_cut_is_there_once(talk, host, case, endpoint):
    page, panel = talk
    sends(page, endpoint, arrives_but_is_cut)
    panel.get_by_role("textbox").fill(TEXT)
    panel.get_by_role("button", name="Send").click()
    message = panel.get_by_role("article").filter(has_text=TEXT)
    expect(message).to_have_count(1)
    expect(panel.locator(UNDERWAY)).to_have_count(0)
    assert said(host, case) == ["When?", TEXT]


@pytest.mark.parametrize("name", ["an empty object", "a gateway's page", "a page, and that it worked"])
def test_a_discussion_that_begins_stays_too(visit, host, case, opened, endpoint, name):
    page = visit(f"{case.address}ines", expecting_failure=True)
    panel = opened(page, case.pin)
    answer, words = NONSENSE[name]
    sends(page, endpoint, answer)
    panel.get_by_role("textbox").fill(TEXT)
    panel.get_by_role("button", name="Send and start").click()
    message = panel.get_by_role("article").filter(has_text=TEXT)
    expect(message.locator(".ap-fail > span")).to_have_text(words)
    page.unroute_all()
    message.get_by_role("button", name="Retry").click()
    expect(panel.get_by_role("textbox", name="Write a reply")).to_be_visible()
    assert said(host, case) == [TEXT]


def test_an_answer_in_the_inbox_stays_in_its_row_and_arrives_once(visit, host, case, endpoint):
    host.people.describe({"id": "ines", "name": "Ines Marchetti"})
    thread = host.acting_as("tomasz").threads.open(case.record, "<@ines>, when?", field="priority", goal="Say when")
    page = visit("/inbox?as=ines", expecting_failure=True)
    row = page.get_by_role("listitem").filter(has_text="Say when").first
    row.get_by_role("button").first.press("r")
    ids = sends(page, endpoint, NONSENSE["an empty object"][0])
    row.get_by_role("textbox").fill(TEXT)
    row.get_by_role("button", name="Send").click()
    expect(row.get_by_text("The server did not answer.")).to_be_visible()
    expect(row.get_by_role("textbox")).to_have_value(TEXT)
    page.unroute_all()
    row.get_by_role("button", name="Send").click()
    expect(row.get_by_role("textbox")).to_have_count(0)
    comments = host.threads.get(thread.id).comments
    assert [(comment.id, comment.body) for comment in comments[1:]] == [(ids[0], TEXT)]
