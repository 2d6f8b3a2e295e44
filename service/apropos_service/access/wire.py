"""Workspaces and keys as callers see them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from ..wire import Draft, Instant, KeyId, Line, PersonId, RecordName, Shape, Text, Time, Url, instant, rfc3339
from .model import Key, SigningKey, Workspace


class WorkspaceShape(Shape):
    """A workspace's settings; `access_secret`, which signs what is asked of `access_url`, only when that is set."""

    id: str
    name: str
    access_url: str | None
    require_outcome: list[str]
    time_zone: str | None
    created_at: Time
    version: int
    access_secret: str | None = None


class WorkspacePatch(Draft):
    """What to change of the settings."""

    name: Line = ""
    access_url: Url | None = None
    require_outcome: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]] = Field(default_factory=list, max_length=500)
    time_zone: Annotated[Text, Field(max_length=64, examples=["Europe/Rome"])] | None = None


class AccessChangedDraft(Draft):
    """Whose access changed, and to what; all of it when neither is named."""

    people: list[PersonId] = Field(default_factory=list, max_length=10_000)
    records: list[RecordName] = Field(default_factory=list, max_length=10_000)


class KeyShape(Shape):
    """A server key; `key`, its text, only when it is made. `used_at` is when it was used last, a minute more or less."""

    id: str
    name: str
    scope: Literal["full", "read", "describe"]
    created_at: Time
    expires_at: Time | None
    revoked_at: Time | None
    used_at: Time | None = None
    key: str | None = None


class KeyDraft(Draft):
    """A server key to make; with an `id` of your own, safe to repeat."""

    id: KeyId | None = None
    name: Line
    scope: Literal["full", "read", "describe"] = "full"
    expires_at: Instant | None = None


class SigningKeyShape(Shape):
    """What person tokens are checked against; `secret` only when it is made. `id` is the token's `kid`."""

    id: str
    kid: str
    kind: Literal["secret", "pem", "jwks"]
    url: str | None
    value: str | None
    created_at: Time
    secret: str | None = None


class SigningKeyDraft(Draft):
    """A signing key to add: a secret is made by the service, a PEM comes in `value`, a JWKS from `url`."""

    id: KeyId | None = None
    kind: Literal["secret", "pem", "jwks"]
    value: Annotated[Text, Field(max_length=10_000)] | None = None
    url: Url | None = None


def workspace(row: Workspace, secret: str | None = None) -> dict[str, Any]:
    """Return the settings, with the secret that was made for `access_url` just now."""
    shown = {
        "id": row.workspace_id, "name": row.name, "access_url": row.access_url, "require_outcome": row.require_outcome,
        "time_zone": row.time_zone, "created_at": rfc3339(row.created_at), "version": row.version,
    }  # fmt: skip
    return {**shown, "access_secret": secret} if secret else shown


def key(row: Key, plain: str | None = None) -> dict[str, Any]:
    """Return a server key, with its text when it was just made."""
    shown = {
        "id": row.id, "name": row.name, "scope": row.scope, "created_at": rfc3339(row.created_at),
        "expires_at": instant(row.expires_at), "revoked_at": instant(row.revoked_at),
        "used_at": instant(row.used_at),
    }  # fmt: skip
    return {**shown, "key": plain} if plain else shown


def signing_key(row: SigningKey, plain: str | None = None) -> dict[str, Any]:
    """Return a signing key, with its secret when it was just made."""
    shown = {
        "id": row.id, "kid": row.id, "kind": row.kind, "url": row.url, "value": row.value if row.kind == "pem" else None,
        "created_at": rfc3339(row.created_at),
    }  # fmt: skip
    return {**shown, "secret": plain} if plain else shown
