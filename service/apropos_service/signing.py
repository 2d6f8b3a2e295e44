"""Signing what we send to a host, so that it knows who sent it. Pure. Source: Standard Webhooks 1.0.

Law: what is signed is `id.timestamp.body`, byte for byte; while a secret is being replaced, both sign.
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256

PREFIX = "whsec_"


def new_secret() -> str:
    """Return a new secret `whsec_…`, 256 random bits in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(body: bytes, using: Sequence[str], *, message_id: str, at: int) -> dict[str, str]:
    """Return the headers that go with `body`: one signature for each secret of `using`; `at` is in seconds since 1970."""
    signatures = " ".join(f"v1,{_signature(secret, f'{message_id}.{at}.'.encode() + body)}" for secret in using)
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _signature(secret: str, message: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, message, sha256)).decode()
