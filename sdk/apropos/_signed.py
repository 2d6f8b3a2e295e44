"""Whether the service sent this: Standard Webhooks, as a host checks them, and as a test pretends it. Pure.

Law: what is checked is what came, byte for byte, and not older or newer than five minutes.
"""

import base64
import hmac
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from .errors import SignatureInvalid

TOLERANCE: Final = 300
"""Seconds by which the two clocks may differ, the way included."""


def verified(secret: str, headers: Mapping[str, str], body: bytes | str, *, now: float | None = None) -> bytes:
    """Return the body that `secret` (`whsec_…`) signed. Raises `SignatureInvalid`. Source: Standard Webhooks 1.0."""
    content = body.encode() if isinstance(body, str) else body
    given = {name.lower(): value for name, value in headers.items()}
    message_id, at = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not at.isascii() or not at.isdigit() or len(at) > 12:  # noqa: PLR2004 seconds until the year 33658
        raise SignatureInvalid("The headers webhook-id and webhook-timestamp are missing or wrong.")
    if abs((time.time() if now is None else now) - int(at)) > TOLERANCE:
        raise SignatureInvalid("This was signed too long ago, or the clocks differ.")
    expected = _signature(secret, message_id, at, content)
    if not any(hmac.compare_digest(expected, one.encode()) for one in given.get("webhook-signature", "").split(" ")):
        raise SignatureInvalid("No signature is that of this secret.")
    return content


def signed(secret: str, message_id: str, body: bytes) -> dict[str, str]:
    """Return the headers with which the service would send `body` now."""
    at = str(int(time.time()))
    signature = _signature(secret, message_id, at, body).decode()
    return {"webhook-id": message_id, "webhook-timestamp": at, "webhook-signature": signature}


def _signature(secret: str, message_id: str, at: str, body: bytes) -> bytes:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return b"v1," + base64.b64encode(hmac.digest(key, f"{message_id}.{at}.".encode() + body, sha256))
