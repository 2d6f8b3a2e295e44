"""Whether a person's token holds: a JWT that the host signed and the browser carries.

Law: the key says the algorithm, never the token; one token has one spelling; nothing in it is read twice with
different meanings. Pure. Source: RFC 7515, RFC 7519, RFC 8725.
"""

import base64
import json
import re
from collections.abc import Sequence
from typing import Any, Final

from ..ids import is_id
from . import claims
from .claims import SKEW, Claims, TokenRefused
from .verifying import KeyRefused, VerifyingKey, load_jwks, load_pem

__all__ = [
    "SKEW",
    "Claims",
    "KeyRefused",
    "NotSigned",
    "TokenRefused",
    "VerifyingKey",
    "load_jwks",
    "load_pem",
    "peek_audience",
    "peek_kid",
    "verify",
]

LONGEST: Final = 16_384
"""The most characters of a token."""

_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_HEADER_MEMBERS = frozenset({"alg", "kid", "typ"})


class NotSigned(TokenRefused):
    """None of the keys at hand signed it."""


def verify(token: str, keys: Sequence[VerifyingKey], *, audience: str, now: float) -> Claims:
    """Return what the token says, if one of `keys` signed it for `audience` (a workspace's id).

    Raises `TokenRefused`. `now` is in seconds since 1970. A `kid` in the token narrows the keys to those of that name.
    """
    header, payload, signature = _parts(token)
    message = token.rpartition(".")[0].encode()
    if not any(key.signed(message, signature) for key in _candidates(_object(header), keys)):
        raise NotSigned("no key of this workspace signed it")
    return claims.read(_object(payload), audience=audience, now=now)


def peek_audience(token: str) -> str | None:
    """Return the workspace that the token claims to be for, to find its keys; believe nothing of it before `verify`."""
    try:
        audience = _object(_parts(token)[1]).get("aud")
    except TokenRefused:
        return None
    return audience if isinstance(audience, str) and is_id(audience, "wsp") else None


def peek_kid(token: str) -> str | None:
    """Return the name of the key that the token claims to be signed with; believe nothing of it either."""
    try:
        kid = _object(_parts(token)[0]).get("kid")
    except TokenRefused:
        return None
    return kid if isinstance(kid, str) else None


def _parts(token: str) -> tuple[bytes, bytes, bytes]:
    found = _SHAPE.fullmatch(token) if len(token) <= LONGEST else None
    if found is None:
        raise TokenRefused("it is not a signed JWT of at most 16,384 characters")
    return _decode(found[1]), _decode(found[2]), _decode(found[3])


def _decode(text: str) -> bytes:
    try:
        value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        value = b""
    if base64.urlsafe_b64encode(value).rstrip(b"=").decode() != text:
        raise TokenRefused("its base64url is not canonical")
    return value


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text.decode(), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise TokenRefused("it is not made of JSON objects that name each member once")
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _candidates(header: dict[str, Any], keys: Sequence[VerifyingKey]) -> list[VerifyingKey]:
    kid = header.get("kid")
    if not header.keys() <= _HEADER_MEMBERS or not isinstance(kid, str | None) or ("kid" in header and kid is None):
        raise TokenRefused("its header has other members than `alg`, `kid` and `typ`")
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise TokenRefused("its `typ` is not JWT")
    return [key for key in keys if key.algorithm == header.get("alg") and (kid is None or key.kid in (None, kid))]
