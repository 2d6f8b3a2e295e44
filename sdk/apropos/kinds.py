"""What becomes of comments of a kind: decisions, and actions, which `apropos.models` shows with their comments and threads."""

from pydantic import AwareDatetime

from ._shape import Model


class Problem(Model):
    """Why somebody does not agree to a decision."""

    person: str
    text: str = ""
    at: AwareDatetime


class Decision(Model):
    """What became of a decision: `state` is `proposed`, `recorded` or `replaced`; `agree` holds people's ids.

    `replaced_by` is the comment of the decision that stands in its place; `review_at` when to look at it again.
    """

    state: str = "proposed"
    agree: list[str] = []
    problems: list[Problem] = []
    replaced_by: str | None = None
    review_at: AwareDatetime | None = None
    recorded_by: str | None = None
    recorded_at: AwareDatetime | None = None


class Action(Model):
    """Something to do. `state` is `open`, `done` or `dropped`, then with a `reason`; `comment_id` is what it came from."""

    id: str
    thread_id: str
    comment_id: str | None = None
    text: str
    assignee: str | None = None
    due_at: AwareDatetime | None = None
    state: str = "open"
    reason: str | None = None
    done_at: AwareDatetime | None = None
    done_by: str | None = None
    created_by: str | None = None
    created_at: AwareDatetime
    version: int = 1
