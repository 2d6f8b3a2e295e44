"""Whatever breaks on the way, a caller's request is done once, or they hear that it was not."""

import json

import httpx
import pytest

from apropos import Apropos, AsyncApropos, RateLimited, Unavailable, Unreachable
from apropos.testing import FakeApropos
from apropos_service.access import actor as acting


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """Nobody waits; how long they would have is kept."""
    waited = []
    monkeypatch.setattr("apropos._sync.transport.time.sleep", waited.append)
    return waited


class Unreliable:
    """A line on which `faults` happen first, one a request: a status, or an error. What passes reaches a fake service."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.asked = []
        self.lose_answers = False
        self._service = FakeApropos().transport

    def __call__(self, request):
        self.asked.append(request)
        if not self.faults:
            return self._service.handle_request(request)
        fault = self.faults.pop(0)
        if self.lose_answers:
            self._service.handle_request(request)
        if isinstance(fault, Exception):
            raise fault
        return fault

    def client(self, **settings):
        return Apropos("http://apropos.test", key="apk_1", transport=httpx.MockTransport(self), **settings)


def test_a_comment_whose_answer_got_lost_is_posted_once():
    line = Unreliable()
    ap = line.client()
    thread = ap.threads.open("order:1", "Why?")
    line.faults, line.lose_answers = [httpx.ReadTimeout("lost")], True

    posted = ap.threads.comment(thread.id, "Because.")

    assert [comment.body for comment in ap.threads.comments(thread.id)] == ["Why?", "Because."]
    sent = [json.loads(request.content) for request in line.asked if request.url.path.endswith("comments") and request.content]
    assert [one["id"] for one in sent] == [posted.id, posted.id]


def test_a_change_whose_answer_got_lost_is_made_once():
    line = Unreliable()
    ap = line.client()
    thread = ap.threads.open("order:1", "Why?")
    line.faults, line.lose_answers = [httpx.Response(502)], True

    changed = ap.threads.change(thread.id, goal="Know", version=thread.version)

    assert (changed.goal, changed.version) == ("Know", thread.version + 1)
    assert len({request.headers["idempotency-key"] for request in line.asked[1:]}) == 1


def test_a_service_that_asks_for_a_pause_gets_it(pauses):
    line = Unreliable(httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(409, headers={"Retry-After": "2"}))

    line.client().records.describe("order:1", title="One")

    assert 7 <= pauses[0] < 8
    assert 2 <= pauses[1] < 3


def test_after_every_retry_the_caller_hears_what_was_wrong(pauses):
    refusing = Unreliable(*[httpx.Response(503) for _ in range(4)])
    silent = Unreliable(*[httpx.ConnectError("refused") for _ in range(3)])

    with pytest.raises(Unavailable):
        refusing.client().workspace.settings()
    with pytest.raises(Unreachable, match=r"http://apropos\.test did not answer"):
        silent.client(retries=2).workspace.settings()

    assert (len(refusing.asked), len(silent.asked), len(pauses)) == (4, 3, 5)


def test_a_pause_longer_than_a_minute_is_the_callers_to_wait(pauses):
    line = Unreliable(httpx.Response(429, json={"code": "rate_limited"}, headers={"Retry-After": "600"}))

    with pytest.raises(RateLimited) as refusal:
        line.client().workspace.settings()

    assert refusal.value.retry_after == 600
    assert pauses == []


def test_a_token_may_be_a_function_that_is_asked_each_time():
    tokens = iter(["first", "second"])
    line = Unreliable(httpx.Response(503))
    ap = Apropos("http://apropos.test/", token=lambda: next(tokens), transport=httpx.MockTransport(line))

    ap.workspace.settings()

    assert [request.headers["authorization"] for request in line.asked] == ["Bearer first", "Bearer second"]


def test_acting_as_somebody_is_said_in_a_header_and_only_by_that_view():
    line = Unreliable()
    ap = line.client()

    ap.acting_as("priya").workspace.settings()
    ap.workspace.settings()

    assert [request.headers.get("apropos-actor") for request in line.asked] == ["priya", None]


@pytest.mark.parametrize("person_id", ["منى", "jürgen", " ada", "100%", "a%2Fb", "a/b;c", "🙂"])
def test_whoever_the_host_acts_as_arrives_whatever_the_script_of_their_id(person_id):
    line = Unreliable()

    line.client().acting_as(person_id).workspace.settings()

    assert acting.read(line.asked[0].headers["apropos-actor"]) == person_id


@pytest.mark.parametrize("person_id", ["", "  ", "a\nb", "a\x00", "\ud800", "x" * 129])
def test_what_is_no_id_is_refused_before_anything_is_sent(person_id):
    with pytest.raises(ValueError, match="no person's id"):
        Unreliable().client().acting_as(person_id)


@pytest.mark.parametrize("how", [{}, {"key": "apk_1", "token": "t"}])
def test_a_client_is_for_one_caller(how):
    with pytest.raises(ValueError, match="Say who calls"):
        Apropos("http://apropos.test", **how)
    with pytest.raises(ValueError, match="Say who calls"):
        AsyncApropos("http://apropos.test", **how)


def test_a_client_says_nothing_of_its_key():
    ap = Unreliable().client()

    assert "apk_1" not in repr(vars(ap))
