"""What a person's token says once its signature holds: who, until when, and what they may.

Law: a claim that we use is of the right shape or the token is refused; a claim that we do not know is passed over.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from .policy import Level

Role = Literal["member", "moderator", "admin"]

SKEW: Final = 60.0
"""Seconds by which the host's clock may differ from ours."""
LIFE: Final = 86_400.0
"""The furthest, in seconds, that a token's end may lie ahead."""

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_GRANTED = re.compile(r"\*|[a-z][a-z0-9_-]{0,62}:[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,255}")
_WEB = re.compile(r"https?://.+", re.IGNORECASE | re.ASCII)
_LONGEST_NAME = 128
_LONGEST_JTI = 256
_END_OF_TIME = 1e11
_MOST_GROUPS = 1_000


class TokenRefused(Exception):
    """The token does not hold; `reason` ends the sentence "The token was refused: …"."""

    def __init__(self, reason: str) -> None:
        """`reason` never repeats what the token says."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claims:
    """Who `subject` (a person's id) is and what they may, until `expires_at` (seconds since 1970).

    `person` is their card as far as the token describes it: `name`, `email`, `avatar_url`, `title`, `department`,
    `locale`, `time_zone`, `guest`, `groups`; what may be empty can be `None`.
    """

    subject: str
    expires_at: float
    person: Mapping[str, Any]
    grants: Mapping[str, Level]
    role: Role | None


def read(claims: Mapping[str, Any], *, audience: str, now: float) -> Claims:
    """Return what the claims say. Raises `TokenRefused`; `now` is in seconds since 1970."""
    if not audience or claims.get("aud") != audience:
        raise TokenRefused("`aud` is not this workspace's id")
    if not is_name(claims.get("sub")):
        raise TokenRefused("`sub` is not a person's id of 1 to 128 characters")
    _check(claims.get("jti"), _line(_LONGEST_JTI), "`jti` is not a line of text")
    role = _check(claims.get("role"), _one_of("member", "moderator", "admin"), "`role` is not member, moderator or admin")
    return Claims(claims["sub"], _times(claims, now), _person(claims.get("person")), _grants(claims.get("grants")), role)


def is_name(value: Any) -> bool:
    """Tell whether this can be a person's or a group's id or name: a line of 1 to 128 characters."""
    return _line(_LONGEST_NAME)(value) and bool(value.strip())


def _times(claims: Mapping[str, Any], now: float) -> float:
    for name in ("exp", "nbf", "iat"):
        if (name == "exp" or name in claims) and not _is_time(claims.get(name)):
            raise TokenRefused(f"`{name}` is not a time in seconds since 1970")
    expires_at = float(claims["exp"])
    if now >= expires_at + SKEW:
        raise TokenRefused("it has expired; get a new one")
    if expires_at > now + LIFE + SKEW:
        raise TokenRefused("`exp` is more than 24 hours ahead")
    if max(claims.get("nbf", 0), claims.get("iat", 0)) > now + SKEW:
        raise TokenRefused("it is not valid yet; compare the clocks")
    return expires_at


def _grants(value: Any) -> Mapping[str, Level]:
    grants = _object(value, "grants")
    if not all(map(_GRANTED.fullmatch, grants)):
        raise TokenRefused('`grants` has a name that is not "type:key", "type:*" or "*"')
    if not all(map(_one_of("read", "comment", "manage"), grants.values())):
        raise TokenRefused("`grants` has a level that is not read, comment or manage")
    return grants


def _person(value: Any) -> Mapping[str, Any]:
    given = _object(value, "person")
    card = {name: None if given[name] == "" else given[name] for name in _CARD if name in given}
    for name, content in card.items():
        _check(content, _CARD[name], f"`person.{name}` is of another shape")
    return {name: content for name, content in card.items() if content is not None or name in _MAY_BE_EMPTY}


def _object(value: Any, name: str) -> Mapping[str, Any]:
    return _check(value, lambda value: isinstance(value, dict), f"`{name}` is not an object") or {}


def _check(value: Any, holds: Callable[[Any], object], reason: str) -> Any:
    if value is not None and not holds(value):
        raise TokenRefused(reason)
    return value


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _END_OF_TIME


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in words


def _line(longest: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and _UNWRITABLE.search(value) is None


_CARD: Final[Mapping[str, Callable[[Any], object]]] = {
    "name": is_name,
    "email": _line(320),
    "avatar_url": lambda value: _line(2000)(value) and _WEB.fullmatch(value),
    "title": _line(128),
    "department": _line(128),
    "locale": _line(35),
    "time_zone": _line(64),
    "guest": lambda value: isinstance(value, bool),
    "groups": lambda value: isinstance(value, list) and len(value) <= _MOST_GROUPS and all(map(is_name, value)),
}
_MAY_BE_EMPTY = frozenset({"email", "avatar_url", "title", "department", "locale", "time_zone"})
