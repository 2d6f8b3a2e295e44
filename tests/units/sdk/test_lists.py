"""Lists are fetched as needed; what did not change is not sent again; what is too much for one request becomes several."""

import json

import httpx

from apropos import Apropos
from apropos.testing import FakeApropos


def watched():
    """A client of a fake service, and the requests that it made."""
    service, asked = FakeApropos(), []

    def pass_on(request):
        answer = service.transport.handle_request(request)
        asked.append((request, answer.status_code))
        return answer

    return Apropos("http://apropos.test", key="apk_1", transport=httpx.MockTransport(pass_on)), asked


def test_a_list_is_fetched_page_by_page_and_no_further_than_it_is_read():
    ap, asked = watched()
    thread = ap.threads.open("order:1", "0")
    for number in range(1, 250):
        ap.threads.comment(thread.id, str(number))
    asked.clear()

    comments = ap.threads.comments(thread.id)
    first = next(comments)
    assert (first.body, len(asked)) == ("0", 1)
    ap.threads.comment(thread.id, "while reading")
    bodies = [comment.body for comment in comments]

    assert bodies == [*map(str, range(1, 250)), "while reading"]
    assert [request.url.params["limit"] for request, _ in asked if request.method == "GET"] == ["100"] * 3


def test_a_conversation_that_did_not_change_is_not_sent_again():
    ap, asked = watched()
    ap.threads.open("order:1", "Why?")

    first, second = ap.conversation("order:1"), ap.conversation("order:1")
    ap.threads.open("order:1", "And then?")
    third = ap.conversation("order:1")

    assert second is first
    assert [thread.comments[0].body for thread in third.threads] == ["And then?", "Why?"]
    assert [status for request, status in asked if request.method == "GET"] == [200, 304, 200]


def test_what_is_kept_for_one_person_is_not_shown_to_another():
    ap, asked = watched()
    ap.conversation("order:1")
    asked.clear()

    theirs = ap.acting_as("ada").conversation("order:1")

    assert theirs.viewer.person_id == "ada"
    assert "if-none-match" not in asked[0][0].headers


def test_many_records_are_described_and_counted_500_at_a_time():
    ap, asked = watched()

    described = ap.records.describe_many({"record": f"order:{number}", "fields": {"amount": number}} for number in range(1001))
    counted = ap.counts(record.record for record in described)

    sizes = [len(json.loads(request.content)["records"]) for request, _ in asked]
    assert sizes == [500, 500, 1, 500, 500, 1]
    assert (described[-1].record, described[-1].fields["amount"].value, len(counted)) == ("order:1000", 1000, 1001)
    assert len(ap.records.get_many(record.record for record in described[:250])) == 250
