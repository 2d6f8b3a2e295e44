"""What can go wrong, as one tree. Every call says which of these it raises beyond the common ones.

    AproposError
    ├── Unreachable               no answer came, after every retry
    ├── SignatureInvalid          this was not signed by the service with that secret, or too long ago
    ├── CursorLost                live delivery cannot go on from there: read the conversation anew
    └── ApiError                  the service refused; nothing was done
        ├── Unauthenticated  401  the key or token is missing, wrong, revoked or too old
        ├── Forbidden        403  the caller may see this, but not do that with it
        ├── NotFound         404  there is nothing here that the caller can see
        ├── Conflict         409  it does not fit what is there now; `code` says why: `thread_is_resolved`,
        │   │                     `thread_is_archived`, `id_conflict`, `decision_is_recorded`, `question_is_answered`
        │   └── ConfirmationRequired  others would newly see it; `newly_visible_to` says who
        ├── NoLongerKept     410  that place in the log is older than what is kept of it; `kept_since` says from when
        ├── VersionConflict  412  it was changed meanwhile; `current` is what is there now
        ├── TooLarge         413  the request is larger than allowed
        ├── Invalid          422  members are missing, unknown or wrong; `errors` lists them
        ├── RateLimited      429  too many requests; `retry_after` says when to come back
        └── Unavailable      502, 503, 504, 507  the service cannot take this now

A `code` never changes its meaning; `detail` is a sentence for people and may.
"""

from collections.abc import Mapping
from typing import Any, Final


class AproposError(Exception):
    """Anything that this SDK raises about the service."""


class Unreachable(AproposError):
    """No answer came. What was asked may have been done; asking the same thing again is safe."""


class CursorLost(AproposError):
    """Live delivery cannot go on from this cursor. Read `conversation(record)` and listen after its `cursor`."""

    def __init__(self, record: str) -> None:
        """`record` is the one to read anew."""
        super().__init__(f"Too much happened on {record} since that cursor; read its conversation and go on from there.")
        self.record = record


class SignatureInvalid(AproposError):
    """The service did not sign this with that secret, or not lately: believe nothing of it."""


class ApiError(AproposError):
    """The service refused. `code` names the problem for programs, `detail` says what to do about it.

    `errors` is `[{"path", "message"}]` of a request with wrong members; `facts` are the other members of the problem
    document; `request_id` finds the request in the service's log.
    """

    def __init__(self, status: int, document: Mapping[str, Any], *, request_id: str | None = None) -> None:
        """`document` is a problem document. Source: RFC 9457."""
        self.status = status
        self.code: str = str(document.get("code") or f"http_{status}")
        self.title: str = str(document.get("title") or self.code)
        self.detail: str = str(document.get("detail") or self.title)
        self.errors: list[dict[str, Any]] = list(document.get("errors") or ())
        self.facts: dict[str, Any] = {name: value for name, value in document.items() if name not in _MEMBERS}
        self.request_id = request_id
        super().__init__(status, document)

    def __str__(self) -> str:
        """One line: what is wrong, its code and status, and the request to look for."""
        asked = f", request {self.request_id}" if self.request_id else ""
        return f"{self.detail} ({self.code}, {self.status}{asked})"


class Unauthenticated(ApiError):
    """The key or token is missing, wrong, revoked or too old."""


class Forbidden(ApiError):
    """The caller may see this, but may not do that with it."""


class NotFound(ApiError):
    """There is nothing here that the caller can see."""


class Conflict(ApiError):
    """The request does not fit what is there now; `code` says why."""


class ConfirmationRequired(Conflict):
    """Others would newly see this. Send it again with `confirm` equal to `newly_visible_to` if they shall."""

    @property
    def newly_visible_to(self) -> list[str]:
        """People's ids, and `all:members` or `all:guests` for everybody or every guest who has access to the record."""
        return [str(one) for one in self.facts.get("newly_visible_to", ())]


class NoLongerKept(ApiError):
    """That place in the log is older than what the service keeps. What came after it was missed: read what you need anew."""

    @property
    def kept_since(self) -> str | None:
        """The time (RFC 3339) of the oldest event that is kept; `events.follow` without `after` begins there."""
        return self.facts.get("kept_since")


class VersionConflict(ApiError):
    """It was changed meanwhile; `current` is what is there now, a `Thread`, `Comment` or `Workspace`."""

    current: Any = None


class TooLarge(ApiError):
    """The request is larger than allowed."""


class Invalid(ApiError):
    """Members of the request are missing, unknown or wrong; `errors` lists them."""


class RateLimited(ApiError):
    """Too many requests; come back in `retry_after` seconds."""

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait; `None` when the service did not say."""
        return self.facts.get("retry_after")


class Unavailable(ApiError):
    """The service cannot take this now. Nothing was done, or asking again is safe."""


_MEMBERS: Final = frozenset({"type", "title", "status", "detail", "code", "errors"})
_BY_STATUS: Final[Mapping[int, type[ApiError]]] = {
    401: Unauthenticated, 403: Forbidden, 404: NotFound, 409: Conflict, 410: NoLongerKept, 412: VersionConflict, 413: TooLarge,
    422: Invalid, 429: RateLimited, 502: Unavailable, 503: Unavailable, 504: Unavailable,
    507: Unavailable,
}  # fmt: skip


def refused(status: int, document: Mapping[str, Any], *, request_id: str | None = None) -> ApiError:
    """Return the error that this status and problem document mean."""
    kind = ConfirmationRequired if document.get("code") == "confirmation_required" else _BY_STATUS.get(status, ApiError)
    return kind(status, document, request_id=request_id)
