"""Making secrets, and keeping them: what is compared is kept as a hash, what is needed again is sealed.

Law: nothing here is ever stored or logged in the clear; what was altered does not open.
"""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..events.sealing import Sealing


def new_key(key_id: str) -> str:
    """Return the text of a new server key: `apk_<id>_<secret>`, 256 random bits."""
    return f"apk_{key_id.partition('_')[2]}_{secrets.token_urlsafe(32)}"


def new_signing_secret() -> str:
    """Return a new signing secret `aps_…`, 256 random bits; its UTF-8 bytes are the HMAC key."""
    return f"aps_{secrets.token_urlsafe(32)}"


class Vault:
    """Hashes and seals with the operator's one secret; each purpose has a key of its own."""

    def __init__(self, secret_key: bytes) -> None:
        """`secret_key` is the operator's, of at least 32 bytes."""
        self._secret = secret_key
        self._pepper = self._derive("fingerprint", 32)
        self._cipher = lru_cache(maxsize=64)(lambda kind: AESSIV(self._derive(f"seal {kind}", 64)))

    def fingerprint(self, plain: str) -> str:
        """Return what a secret of high entropy can be compared by. Source: STACK, Keys."""
        return hmac.new(self._pepper, plain.encode(), hashlib.sha256).hexdigest()

    def seal(self, purpose: str, value: bytes) -> str:
        """Return `value` sealed for `purpose` (its first word names the key); the same value gives the same text."""
        return _spelt(self._cipher(purpose.partition(" ")[0]).encrypt(value, [purpose.encode()]))

    def open(self, purpose: str, text: str) -> bytes | None:
        """Return what was sealed; `None` when it was altered, or sealed for another purpose."""
        try:
            sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            value = self._cipher(purpose.partition(" ")[0]).decrypt(sealed, [purpose.encode()])
        except (ValueError, InvalidTag):
            return None
        return value if _spelt(sealed) == text else None

    @property
    def sealing(self) -> Sealing:
        """Return what seals the entries of the log."""
        return Sealing(self._derive("log", 32))

    def _derive(self, purpose: str, length: int) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=f"apropos {purpose}".encode()).derive(self._secret)


def _spelt(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
