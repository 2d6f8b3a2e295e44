"""A workspace's own settings and keys, as the service answers them."""

from pydantic import AwareDatetime, Field

from ._shape import Model


class Workspace(Model):
    """A workspace's settings; `access_secret` is there only when `access_url` was just set."""

    id: str
    name: str
    access_url: str | None = None
    access_secret: str | None = None
    require_outcome: list[str] = Field(default_factory=list)
    time_zone: str | None = None
    created_at: AwareDatetime | None = None
    version: int = 1


class Key(Model):
    """A server key; `scope` is `full`, `read` or `describe`. `key`, its text, is there only when it was just made."""

    id: str
    name: str
    scope: str
    created_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None
    used_at: AwareDatetime | None = None
    key: str | None = None


class SigningKey(Model):
    """What person tokens are checked against; `kid` names it in a token. `secret` is there only when it was just made."""

    id: str
    kid: str | None = None
    kind: str
    url: str | None = None
    value: str | None = None
    created_at: AwareDatetime | None = None
    secret: str | None = None
