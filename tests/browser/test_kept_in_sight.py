"""What a long discussion settled stays in sight, however long ago that was written, and the rest opens in place."""

import pytest
from playwright.sync_api import expect

MANY = 90
LAST = 3
BATCH = 50


@pytest.fixture
def long(host, case):
    """A question, its answer and a decision that stands, before many messages."""
    ines, tomasz = host.acting_as("ines"), host.acting_as("tomasz")
    thread = ines.threads.open(case.record, "When do we ship?", field="priority", kind="question")
    answer = tomasz.threads.comment(thread.id, "On Monday")
    tomasz.threads.comment(thread.id, "I ask the carrier")
    decision = ines.threads.comment(thread.id, "We take the lorry", kind="decision")
    ines.comments.accept(next(iter(ines.threads.comments(thread.id))).id, answer.id)
    ines.comments.record(decision.id)
    for number in range(1, MANY + 1):
        ines.threads.comment(thread.id, f"Message {number}")
    return thread


@pytest.mark.usefixtures("long")
def test_answers_and_decisions_show_over_the_line_that_stands_for_the_rest(visit, case, opened):
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("heading", name="When do we ship?")).to_be_visible()
    expect(panel.locator(".ap-accepted").get_by_role("article")).to_contain_text("On Monday")
    expect(panel.locator(".ap-decision")).to_contain_text("We take the lorry")
    expect(panel.get_by_role("article")).to_have_count(3 + LAST)
    fold = panel.locator(".ap-fold")
    expect(fold).to_contain_text(f"{1 + MANY - LAST} messages")

    fold.click()
    expect(panel.get_by_role("article")).to_have_count(3 + LAST + BATCH)
    expect(fold).to_contain_text(f"{1 + MANY - LAST - BATCH} messages")
    fold.click()
    expect(fold).to_have_count(0)
    shown = panel.get_by_role("article").all_inner_texts()
    assert len(shown) == 4 + MANY
    assert [text.split()[-1] for text in shown[-MANY:]] == [str(number) for number in range(1, MANY + 1)]


def test_a_decision_of_long_ago_that_is_recorded_now_comes_into_sight(visit, host, case, opened):
    ines = host.acting_as("ines")
    thread = ines.threads.open(case.record, "How do we ship?", field="priority")
    decision = ines.threads.comment(thread.id, "We take the lorry", kind="decision")
    for number in range(1, MANY + 1):
        ines.threads.comment(thread.id, f"Message {number}")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("article")).to_have_count(1 + LAST)
    ines.comments.record(decision.id)
    expect(panel.locator(".ap-decision")).to_contain_text("We take the lorry")


def test_a_list_calls_a_long_discussion_by_how_it_began(visit, host, case, opened):
    ines = host.acting_as("ines")
    for opening in ("How do we ship?", "What does it cost?"):
        thread = ines.threads.open(case.record, opening, field="priority")
        for number in range(1, 25):
            ines.threads.comment(thread.id, f"Message {number}")
    panel = opened(visit(f"{case.address}ines"), case.pin)
    expect(panel.get_by_role("button", name="How do we ship?")).to_be_visible()
    expect(panel.get_by_role("button", name="What does it cost?")).to_be_visible()
