"""The fake over time: values that change, comments that are removed, records that come to an end."""

import pytest

from apropos import Conflict, Invalid
from apropos.events import RecordEvent
from apropos.testing import fake


@pytest.fixture
def ap():
    with fake() as client:
        yield client


def test_a_thread_shows_how_its_value_changed_and_what_stays_in_sight(ap):
    thread = ap.threads.open("order:1", "Why?", field="amount", kind="question")
    answer = ap.threads.comment(thread.id, "So")
    ap.comments.accept(thread.comments[0].id, answer.id)
    ap.records.describe("order:1", fields={"amount": 1, "other": 1})
    ap.acting_as("bo").records.describe("order:1", fields={"amount": 2})
    for number in range(20):
        ap.threads.comment(thread.id, f"{number}")

    shown = ap.threads.get(thread.id)

    assert [(line.before and line.before.value, line.after.value, line.by) for line in shown.changes] == [
        (None, 1, None),
        (1, 2, "bo"),
    ]
    assert [(one.number, one.body) for one in shown.highlights] == [(1, "Why?"), (2, "So")]
    assert [one.number for one in ap.threads.comments(thread.id, around=answer.id, page=4)] == list(range(1, 23))
    assert [one.number for one in ap.threads.comments(thread.id, after=answer.id, page=4)] == list(range(3, 23))
    assert [one.number for one in ap.threads.comments_before(thread.id, shown.comments[-1].id, limit=2)] == [20, 21]


def test_what_a_moderator_removed_says_why(ap):
    ada = ap.acting_as("ada")
    comment = ada.threads.open("order:1", "old words").comments[0]
    ada.comments.edit(comment.id, "new words")
    with pytest.raises(Invalid):
        ada.comments.withdraw(comment.id, reason="mine")

    removed = ap.comments.withdraw(comment.id, reason="Not here")
    versions = ap.comments.history(comment.id)

    assert (removed.body, removed.removed.reason, removed.removed.by) == ("", "Not here", None)
    assert [version.body for version in versions] == ["old words", "new words"]
    assert versions[1].difference == [("-", "old"), ("+", "new"), (" ", " words")]
    assert ap.comments.restore(comment.id).body == "new words"


def test_an_archived_record_takes_no_new_threads_and_a_merged_name_erases_nothing(ap):
    thread = ap.threads.open("order:1", "Why?")
    ap.records.describe("order:2", archived=True)
    ap.records.merge("order:1", "order:2")

    with pytest.raises(Conflict) as archived:
        ap.threads.open("order:2", "And?")
    with pytest.raises(Conflict) as merged:
        ap.records.erase("order:1")
    ap.threads.comment(thread.id, "So")
    ap.records.erase("order:2")

    assert (archived.value.code, merged.value.code) == ("record_is_archived", "record_is_merged")
    last = ap.events.list().data
    assert (last[-1].type, last[-1].record) == ("record.erased", None)
    assert all(event.data.record is None for event in last if isinstance(event, RecordEvent))
