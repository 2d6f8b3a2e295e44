"""What a host's page needs: a token that says who looks and what they may, and the tags that bring the widget.

Law: the signing secret stays on the host's back end; only tokens, which last minutes, go to a browser.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, NotRequired, TypedDict

from .drafts import Level, Role
from .models import Person

LONGEST: Final = 86_400
"""The most seconds that a token may last."""


class Showing(TypedDict):
    """Who looks at a page and what they may: what `person_token` is told of them."""

    person: Mapping[str, object] | Person | str
    grants: NotRequired[Mapping[str, Level]]
    role: NotRequired[Role]


def person_token(
    secret: str,
    *,
    workspace: str,
    person: Mapping[str, object] | Person | str,
    grants: Mapping[str, str] | None = None,
    role: Role | None = None,
    kid: str | None = None,
    expires_in: int = 600,
) -> str:
    """Return a token for one person's browser: a JWT, HS256, signed with the workspace's `aps_…` secret.

    `person` is `{"id", "name"?, "email"?, "avatar_url"?, "title"?, "department"?, "groups"?, "locale"?, "time_zone"?,
    "guest"?}` and refreshes their card, or just their id. `grants` maps `type:key`, `type:*` or `*` to `read`, `comment`
    or `manage`. `kid` names the secret while two are valid. `expires_in` is in seconds, at most a day.
    Raises `ValueError` when the person has no id or the token would last too long.
    """
    if not 0 < expires_in <= LONGEST:
        raise ValueError(f"expires_in is 1 to {LONGEST} seconds, not {expires_in}")
    card = _card(person)
    subject = card.pop("id", None)
    if not isinstance(subject, str) or not subject.strip():
        raise ValueError('person needs an "id": a text, the one that your own system knows them by')
    now = int(time.time())
    claims = {"aud": workspace, "sub": subject, "iat": now, "exp": now + expires_in}
    optional = {"person": card, "grants": dict(grants or {}), "role": role}
    header = {"alg": "HS256", "typ": "JWT", **({"kid": kid} if kid else {})}
    message = f"{_part(header)}.{_part({**claims, **{name: value for name, value in optional.items() if value}})}"
    signature = hmac.digest(secret.encode(), message.encode(), hashlib.sha256)
    return f"{message}.{_base64url(signature)}"


@dataclass(frozen=True)
class Embedding:
    """One host's use of one workspace: where the service is, how tokens are signed, where pages ask for them.

    `endpoint` is the service's address as browsers reach it; `token_url` the host's own path that answers
    `{"token": …}`; `expires_in` is in seconds.
    """

    endpoint: str
    workspace: str
    secret: str = field(repr=False)
    token_url: str = "/apropos-token"  # noqa: S105 an address, not a secret
    kid: str | None = None
    expires_in: int = 600

    def token(self, showing: Showing) -> str:
        """Return a token for whoever looks."""
        return person_token(self.secret, workspace=self.workspace, kid=self.kid, expires_in=self.expires_in, **showing)

    def tags(self) -> str:
        """Return the HTML that a page's head or body needs once: the script, and the element that knows the session."""
        endpoint, token_url = escape(self.endpoint.rstrip("/")), escape(self.token_url)
        script = f'<script type="module" src="{endpoint}/widget/apropos.js"></script>'
        return f'{script}\n<apropos-app endpoint="{endpoint}" token-url="{token_url}"></apropos-app>'


def _card(person: Mapping[str, object] | Person | str) -> dict[str, Any]:
    if isinstance(person, str):
        return {"id": person}
    given = person.model_dump() if isinstance(person, Person) else person
    return {name: value for name, value in given.items() if value is not None}


def _part(claims: Mapping[str, Any]) -> str:
    return _base64url(json.dumps(claims, separators=(",", ":"), allow_nan=False).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
