"""Public keys and secrets that person tokens are checked with, read from what a host registered.

Law: a key has one algorithm, decided here when it is read; nothing that could sign in the host's name is kept but the
secret that we made ourselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt.algorithms import Algorithm, ECAlgorithm, HMACAlgorithm, OKPAlgorithm, RSAAlgorithm
from jwt.exceptions import InvalidKeyError

Name = Literal["HS256", "ES256", "EdDSA", "RS256"]
Material = bytes | EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey

_ALGORITHMS: Final[Mapping[Name, Algorithm]] = {
    "HS256": HMACAlgorithm(HMACAlgorithm.SHA256),
    "ES256": ECAlgorithm(ECAlgorithm.SHA256),
    "EdDSA": OKPAlgorithm(),
    "RS256": RSAAlgorithm(RSAAlgorithm.SHA256),
}
_OF_TYPE: Final[Mapping[object, Name]] = {"RSA": "RS256", "EC": "ES256", "OKP": "EdDSA"}
_SECRET_MEMBERS = frozenset({"k", "d", "p", "q", "dp", "dq", "qi", "oth"})
_SHORTEST_SECRET = 32
_RSA_BITS = range(2048, 8193)
_LONGEST_PEM = 20_000
_LONGEST_KID = 256
_MOST_KEYS = 100


class KeyRefused(ValueError):
    """This cannot be used to check signatures; the text says why."""


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """What checks a token's signature. `kid` is its name in tokens; `None` answers to every name.

    Raises `KeyRefused` when `key` is of another kind than the algorithm takes, or too weak.
    """

    kid: str | None
    algorithm: Name
    key: Material

    def __post_init__(self) -> None:
        if self.algorithm != _algorithm(self.key):
            raise KeyRefused(f"This is not a key for {self.algorithm}.")

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Tell whether `signature` is this key's over `message`."""
        return _ALGORITHMS[self.algorithm].verify(message, self.key, signature)


def load_pem(text: str) -> VerifyingKey:
    """Read a public key as PEM: RSA of 2048 bits or more, P-256, Ed25519. Raises `KeyRefused`."""
    if "PRIVATE KEY" in text:
        raise KeyRefused("This is a private key. Keep it to yourself, and register the public one.")
    if text.count("-----BEGIN ") != 1 or len(text) > _LONGEST_PEM:
        raise KeyRefused("This is not one public key in PEM form (-----BEGIN PUBLIC KEY-----).")
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise KeyRefused("This is not a public key in PEM form (-----BEGIN PUBLIC KEY-----).") from problem
    return VerifyingKey(None, _algorithm(key), key)  # type: ignore[arg-type]


def load_jwks(document: Any) -> list[VerifyingKey]:
    """Read the keys of a JWK set that check signatures with our algorithms; others are passed over. Source: RFC 7517.

    Raises `KeyRefused` when it is not a JWK set, or has a secret in it.
    """
    keys = document.get("keys") if isinstance(document, Mapping) else None
    if not isinstance(keys, Sequence) or not all(isinstance(key, Mapping) for key in keys) or len(keys) > _MOST_KEYS:
        raise KeyRefused('This is not a JWK set: {"keys": [...]}, of at most 100 keys.')
    if any(key.get("kty") == "oct" or not _SECRET_MEMBERS.isdisjoint(key) for key in keys):
        raise KeyRefused("The JWK set has secret keys in it. Publish only public ones, and replace these.")
    return list(_usable(keys))


def _usable(keys: Sequence[Mapping[str, Any]]) -> Iterator[VerifyingKey]:
    for jwk in keys:
        name = _OF_TYPE.get(jwk.get("kty")) if isinstance(jwk.get("kty"), str) else None
        kid = jwk.get("kid")
        if name is None or not _is_for(jwk, name) or not (kid is None or (isinstance(kid, str) and len(kid) <= _LONGEST_KID)):
            continue
        try:
            yield VerifyingKey(kid, name, _ALGORITHMS[name].from_jwk(dict(jwk)))
        except (InvalidKeyError, ValueError, TypeError, UnsupportedAlgorithm):
            continue


def _is_for(jwk: Mapping[str, Any], name: Name) -> bool:
    return (jwk.get("use", "sig"), jwk.get("alg", name), jwk.get("key_ops", ["verify"])) == ("sig", name, ["verify"])


def _algorithm(key: object) -> Name:
    """Return the one algorithm of `key`. Raises `KeyRefused` when it has none with us, or is too weak."""
    match key:
        case bytes() if len(key) >= _SHORTEST_SECRET:
            return "HS256"
        case RSAPublicKey() if key.key_size in _RSA_BITS:
            return "RS256"
        case EllipticCurvePublicKey() if isinstance(key.curve, SECP256R1):
            return "ES256"
        case Ed25519PublicKey():
            return "EdDSA"
    raise KeyRefused("Keys are RSA with 2048 to 8192 bits, P-256, or Ed25519; secrets have 32 bytes or more.")
