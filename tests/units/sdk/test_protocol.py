"""What is asked, what an answer means and when to ask again, without a network."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from email.utils import format_datetime
from uuid import UUID

import httpx
import pytest

from apropos import ApiError, Field, NotFound, Thread, VersionConflict
from apropos._ids import new_id
from apropos._protocol import backoff, look, path, pause_before_repeating, plain, understood, write
from apropos_service import ids

ANSWER = {"code": "not_found", "title": "Nothing", "status": 404, "detail": "There is nothing here.", "needs": "read"}


def test_an_id_made_here_is_one_that_the_service_accepts():
    made = [new_id("thr") for _ in range(1000)]

    assert all(ids.is_id(one, "thr") for one in made)
    assert len(set(made)) == 1000


def test_an_id_is_a_uuid_of_version_7_with_the_time_of_its_making():
    number = 0
    for character in new_id("cmt").removeprefix("cmt_"):
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(character)
    made = UUID(int=number)

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs(made.int >> 80) - datetime.now(UTC).timestamp() * 1000 < 5000


def test_values_become_json():
    plus_two = timezone(timedelta(hours=2))
    given = {
        "at": datetime(2026, 11, 24, 9, 0, 0, 1500, plus_two), "day": date(2026, 11, 24), "whole": Decimal("1200000.00"),
        "part": Decimal("1.5"), "field": Field(value=1, unit="EUR"), "names": ("a", "b"), "none": None, "yes": True,
    }  # fmt: skip

    assert plain(given) == {
        "at": "2026-11-24T07:00:00.001Z", "day": "2026-11-24", "whole": 1200000, "part": 1.5,
        "field": {"value": 1, "unit": "EUR"}, "names": ["a", "b"], "none": None, "yes": True,
    }  # fmt: skip


def test_a_time_without_a_zone_is_refused_before_it_is_sent():
    with pytest.raises(ValueError, match="no time zone"):
        write("PATCH", path("threads", "thr_1"), {"due_at": datetime(2026, 11, 24)})  # noqa: DTZ001 the point


def test_what_carries_its_own_id_needs_no_idempotency_key():
    assert write("POST", path("threads"), {"id": "thr_1"}).headers == {}
    assert write("PUT", path("threads"), {"level": "all"}).headers.keys() == {"Idempotency-Key"}
    assert write("DELETE", path("comments", "cmt_1"), version=3).headers["If-Match"] == '"3"'


def test_queries_leave_out_none_repeat_lists_and_write_booleans_as_json_does():
    asked = look("/v1/threads", record=["a:1", "b:2"], overdue=True, label=None, limit=5)

    assert asked.query == (("record", "a:1"), ("record", "b:2"), ("overdue", "true"), ("limit", "5"))


def test_segments_of_an_address_are_escaped():
    assert path("comments", "cmt_1", "reactions", "👍/?") == "/v1/comments/cmt_1/reactions/%F0%9F%91%8D%2F%3F"


def test_a_refusal_says_all_that_the_service_said():
    answer = httpx.Response(404, json=ANSWER, headers={"X-Request-Id": "req_1"})

    with pytest.raises(NotFound) as refusal:
        understood(answer, Thread)

    error = refusal.value
    assert (error.status, error.code, error.title, error.request_id) == (404, "not_found", "Nothing", "req_1")
    assert (error.facts, error.errors) == ({"needs": "read"}, [])
    assert str(error) == "There is nothing here. (not_found, 404, request req_1)"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "ApiError"), (401, "Unauthenticated"), (403, "Forbidden"), (409, "Conflict"), (413, "TooLarge"), (422, "Invalid"),
        (429, "RateLimited"), (500, "ApiError"), (502, "Unavailable"), (503, "Unavailable"), (504, "Unavailable"),
    ],
)  # fmt: skip
def test_each_status_is_its_own_error_even_without_a_problem_document(status, name):
    with pytest.raises(ApiError) as refusal:
        understood(httpx.Response(status, text="<html>proxy</html>"), Thread)

    assert type(refusal.value).__name__ == name
    assert refusal.value.code == f"http_{status}"


def test_a_version_conflict_brings_what_is_there_now():
    current = {
        "id": "thr_1", "record": "a:1", "opened_at": "2026-11-24T09:00:00.000Z", "last_activity_at": "2026-11-24T09:00:00.000Z",
        "version": 4, "something_new": 1,
    }  # fmt: skip

    with pytest.raises(VersionConflict) as refusal:
        understood(httpx.Response(412, json={"code": "version_conflict", "current": current}), Thread)

    assert refusal.value.current.version == 4
    assert refusal.value.current.opened_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_an_answer_that_is_no_apropos_is_said_to_be_none():
    with pytest.raises(ApiError) as refusal:
        understood(httpx.Response(200, text="<html>sign in</html>"), Thread)

    assert refusal.value.code == "not_understood"


@pytest.mark.parametrize(
    ("status", "headers", "waits"),
    [
        (200, {}, False), (404, {}, False), (500, {}, False), (409, {}, False), (409, {"Retry-After": "1"}, True),
        (429, {"Retry-After": "2"}, True), (429, {"Retry-After": "3600"}, False), (502, {}, True), (503, {}, True), (504, {}, True),
    ],
)  # fmt: skip
def test_only_what_passes_by_itself_is_asked_again(status, headers, waits):
    pause = pause_before_repeating(0, httpx.Response(status, headers=headers))

    assert (pause is not None) is waits
    assert pause is None or pause >= float(headers.get("Retry-After", 0))


def test_retry_after_may_be_a_date():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)

    pause = pause_before_repeating(0, httpx.Response(503, headers={"Retry-After": soon}))

    assert 8 < pause < 11


def test_pauses_grow_to_eight_seconds_and_are_spread():
    assert all(0.125 <= backoff(0) <= 0.25 for _ in range(50))
    assert all(4 <= backoff(1000) <= 8 for _ in range(50))
    assert len({backoff(3) for _ in range(50)}) > 40
