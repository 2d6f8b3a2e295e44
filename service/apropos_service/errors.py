"""What can go wrong, as one tree. Commands raise; queries return `None` or empty; routes never catch.

    Problem
    ├── Unauthenticated 401      ├── Conflict 409                ├── UnsupportedMediaType 415
    ├── Forbidden 403            │   └── (a feature's own)       ├── ValidationFailed 422
    ├── NotFound 404             ├── VersionConflict 412         ├── RateLimited 429
    ├── MethodNotAllowed 405     ├── TooLarge 413                ├── Overloaded 503
    └── UpgradeRequired 426                                      └──── StorageIsFull 507

A feature's own error lives beside the thing it protects. The class name is the `code`, the docstring the `title`.
"""

import re
from typing import Any, ClassVar


class Problem(Exception):
    """Something is wrong with the request."""

    status: ClassVar[int] = 400
    published: ClassVar[bool] = True
    """Whether the service answers this; else it never leaves, or only the command line says it."""

    def __init__(self, detail: str = "", **facts: Any) -> None:
        """`detail` says what to do about it; `facts` become members of the problem document."""
        super().__init__(detail)
        self.detail = detail
        self.facts = facts

    @property
    def code(self) -> str:
        """The class name in snake case: `ThreadIsResolved` is `thread_is_resolved`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]

    def document(self) -> dict[str, Any]:
        """Return the body of an `application/problem+json` answer. Source: RFC 9457."""
        known = {"type": f"/problems/{self.code}", "title": self.title, "status": self.status}
        return {**known, "detail": self.detail or self.title, "code": self.code, **self.facts}

    def headers(self) -> dict[str, str]:
        """Return the headers that go with the answer; `retry_after` (seconds) becomes `Retry-After`."""
        return {"Retry-After": str(self.facts["retry_after"])} if "retry_after" in self.facts else {}


class Unauthenticated(Problem):
    """The request does not say who is calling, or says it wrongly."""

    status = 401

    def headers(self) -> dict[str, str]:
        """Return the challenge of RFC 6750."""
        return {"WWW-Authenticate": 'Bearer realm="apropos"'}


class Forbidden(Problem):
    """The caller may see this, but may not do that with it."""

    status = 403


class NotFound(Problem):
    """There is nothing here that the caller can see."""

    status = 404


class MethodNotAllowed(Problem):
    """That method does not go with this address."""

    status = 405


class Conflict(Problem):
    """The request does not fit what is there now."""

    status = 409


class IdConflict(Conflict):
    """Something else was already created with this id."""


class InFlight(Conflict):
    """The first request with this idempotency key is still running."""


class VersionConflict(Problem):
    """It was changed meanwhile; the current state is in `current`."""

    status = 412

    def headers(self) -> dict[str, str]:
        """Return the tag of the current state."""
        return {**super().headers(), **tag_of(self.facts.get("current"))}


class TooLarge(Problem):
    """The request is larger than allowed."""

    status = 413


class UnsupportedMediaType(Problem):
    """The body is of a type that is not taken here."""

    status = 415


class ValidationFailed(Problem):
    """The request has members that are missing, unknown or wrong."""

    status = 422

    @classmethod
    def at(cls, path: str, message: str) -> "ValidationFailed":
        """Return the problem with one wrong member, for example `at("record", "...")`."""
        return cls(f"{path}: {message}", errors=[{"path": path, "message": message}])


class IdempotencyMismatch(Problem):
    """This idempotency key was used for a different request."""

    status = 422


class RateLimited(Problem):
    """Too many requests; wait and send again."""

    status = 429

    def headers(self) -> dict[str, str]:
        """Return when to come back. Source: draft-ietf-httpapi-ratelimit-headers."""
        limit, wait = self.facts["limit"], self.facts["retry_after"]
        policy = {"RateLimit-Policy": f'"default";q={limit};w={self.facts["window"]}', "RateLimit": f'"default";r=0;t={wait}'}
        return {**super().headers(), **policy}


class UpgradeRequired(Problem):
    """This address speaks WebSocket: open one here."""

    status = 426

    def headers(self) -> dict[str, str]:
        """Return what to change to. Source: RFC 9110, section 15.5.22."""
        return {"Upgrade": "websocket", "Connection": "Upgrade"}


class Overloaded(Problem):
    """The service cannot take this now; nothing was done, send it again."""

    status = 503


class StorageIsFull(Overloaded):
    """There is no room left to keep this; nothing was done, send it again once the operator made room."""

    status = 507


class Unsure(Overloaded):
    """Who may was decided before the host was asked. Never leaves: the request is run again once it was (`informed.py`)."""

    published = False


Versions = frozenset[int]
"""Which versions of a thing a caller takes what they change to be at: any of them will do."""


def tag_of(shown: Any) -> dict[str, str]:
    """Return the `ETag` of what has a `version`."""
    return {"ETag": f'"{shown["version"]}"'} if isinstance(shown, dict) and "version" in shown else {}


class Stale(Exception):
    """A command was given the version of an earlier state; becomes `VersionConflict` with what is there now."""

    def __init__(self, row: Any, version: Versions) -> None:
        """`row` is what is there now; `version` is what the caller had."""
        super().__init__(f"You changed version {' or '.join(map(str, sorted(version)))}; it is at version {row.version} now.")
        self.row = row


def unless_stale(row: Any, version: Versions | None) -> None:
    """Raise `Stale` when the caller changed another version than the row's; `None` means any."""
    if version is not None and row.version not in version:
        raise Stale(row, version)
