"""How we speak with the service, without a network: what a request is, what an answer means, when to ask again.

Law: every request may be sent twice. One that creates carries its own id, any other that writes an idempotency key.
"""

import random
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, BinaryIO, Final, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from .errors import ApiError, VersionConflict, refused

T = TypeVar("T")
LONGEST_WAIT: Final = 60.0
"""Seconds that we wait when the service asks for it; for longer, the caller hears of it instead."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 8.0
_adapter: Callable[[Any], TypeAdapter[Any]] = lru_cache(maxsize=64)(TypeAdapter)
_WORTH_REPEATING: Final = frozenset({429, 502, 503, 504})


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """Return whom connections trust, read once: it costs more than ten requests, and a client may be made for each."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `patience` is how many seconds the service may take on purpose, beside the usual timeout.

    In place of a `body` of JSON, a `form` may go with a `file`: its name, and what can be read from its beginning again.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    patience: float = 0.0
    form: Mapping[str, str] | None = None
    file: tuple[str, BinaryIO] | None = None


def look(path: str, *, patience: float = 0.0, **query: Any) -> Request:
    """Return a request that changes nothing. What is `None` is not asked; a list repeats its name."""
    return Request("GET", path, _asked(query), patience=patience)


def write(
    method: str, path: str, body: Any = None, *, version: int | None = None, shown_once: bool = False, **query: Any
) -> Request:
    """Return a request that changes something, or only `version` of it: then another version is refused with 412.

    `shown_once` is for an answer with a secret in it: sent again, the request gets the same answer, secret and all.
    """
    content = plain(body)
    known = isinstance(content, dict) and "id" in content and not shown_once
    headers = {} if known else {"Idempotency-Key": str(uuid4())}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return Request(method, path, _asked(query), content, headers)


def path(*segments: str) -> str:
    """Return `/v1/…`, each segment escaped."""
    return "/v1/" + "/".join(quote(segment, safe="") for segment in segments)


def plain(value: Any) -> Any:
    """Return `value` as JSON has it. Raises `ValueError` for a time without a time zone."""
    if isinstance(value, date):
        return rfc3339(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, BaseModel):
        return plain(value.model_dump(exclude_unset=True))
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value


def rfc3339(moment: datetime) -> str:
    """Write a time as `2026-11-24T09:00:00.000Z`. Raises `ValueError` when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; say which moment you mean, for example with tzinfo=UTC")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def understood(answer: httpx.Response, shape: type[T]) -> T:
    """Return what the answer says. Raises the `ApiError` that its status means."""
    if not answer.is_success:
        raise _refusal(answer, shape)
    try:
        said: T = _adapter(shape).validate_json(answer.content or b"null")
    except ValidationError as error:
        detail = f"The answer is not what this SDK knows as {shape.__name__}; is the endpoint an Apropos service?"
        raise ApiError(answer.status_code, {"code": "not_understood", "detail": detail}) from error
    return said


def pause_before_repeating(attempt: int, answer: httpx.Response | None) -> float | None:
    """Return the seconds to wait before sending the same again, or `None` when that would not help.

    `attempt` counts from 0; `answer` is `None` when none came.
    """
    if answer is None:
        return backoff(attempt)
    asked = retry_after(answer)
    if answer.status_code not in _WORTH_REPEATING and not (answer.status_code == httpx.codes.CONFLICT and asked is not None):
        return None
    if asked is None:
        return backoff(attempt)
    return asked + random.uniform(0, _FIRST_PAUSE) if asked <= LONGEST_WAIT else None  # noqa: S311 spreads load, keeps no secret


def backoff(attempt: int) -> float:
    """Return seconds to wait: twice as long each time up to 8, half of it by chance so that callers spread."""
    longest = min(_FIRST_PAUSE * 2.0 ** min(attempt, 16), _LONGEST_PAUSE)
    return longest / 2 + random.uniform(0, longest / 2)  # noqa: S311 spreads load, keeps no secret


def retry_after(answer: httpx.Response) -> float | None:
    """Return the seconds that `Retry-After` asks for, given as a number or as a date. Source: RFC 9110, section 10.2.3."""
    given = answer.headers.get("retry-after", "")
    if given.isdigit():
        return float(given)
    try:
        moment: datetime = parsedate_to_datetime(given)
    except ValueError:
        return None
    wait: float = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(0.0, wait)


def _refusal(answer: httpx.Response, shape: Any) -> ApiError:
    try:
        document = answer.json()
    except ValueError:
        document = None
    facts = document if isinstance(document, dict) else {"detail": answer.reason_phrase}
    wait = retry_after(answer)
    if wait is not None:
        facts = {"retry_after": wait, **facts}
    error = refused(answer.status_code, facts, request_id=answer.headers.get("x-request-id"))
    if isinstance(error, VersionConflict) and facts.get("current") is not None:
        error.current = _adapter(shape).validate_python(facts["current"])
    return error


def _asked(query: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = ((name, one) for name, value in query.items() for one in (value if isinstance(value, list | tuple) else [value]))
    return tuple((name, _text(value)) for name, value in pairs if value is not None)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(plain(value))
