"""The operator's own secret, and key sets fetched from hosts.

Law: one database goes with one secret; starting with another is refused before anything is sealed with it.
"""

import os
import secrets as random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from ..called import Answer, Network, Refused, Unreachable
from ..database import Database
from ..errors import ValidationFailed
from ..settings import Settings
from .model import Installation
from .secrets import Vault

SHORTEST, FEWEST = 32, 8
"""How many characters a secret has, and how many different ones: `change-me` repeated is none."""
DEADLINE = 5.0
ACCESS_DEADLINE = 2.0
LARGEST = 100_000
OK = 200
NO_DOMAINS = frozenset({"alt", "arpa", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"})
"""Last parts of names that are nobody's on the internet."""


class WrongSecret(Exception):
    """The database was set up with another SECRET_KEY."""


def secret_key(settings: Settings) -> bytes:
    """Return SECRET_KEY, or the one kept in DATA_DIR, made at the first start. Raises `WrongSecret` when it can be guessed."""
    if settings.secret_key:
        return _hard_to_guess(settings.secret_key.encode(), "APROPOS_SECRET_KEY")
    path = settings.data_dir / "secret_key"
    if not path.exists():
        _write(path, random.token_urlsafe(32))
    return _hard_to_guess(path.read_bytes().strip(), str(path))


async def check(database: Database, vault: Vault) -> None:
    """Take note of the secret at the first start. Raises `WrongSecret` when the database knows another."""
    print_ = vault.fingerprint("installation")

    async def first(tx: Any) -> str:
        known: Installation = await tx.find(Installation) or tx.add(Installation("", print_))
        return known.fingerprint

    if await database.write("", first) != print_:
        raise WrongSecret("The database was set up with another APROPOS_SECRET_KEY (or DATA_DIR/secret_key). Start with that one.")


def allowed(settings: Settings) -> list[Network]:
    """Return the networks that outgoing calls may reach beside public ones."""
    return [ip_network(one.strip()) for one in settings.webhook_allow.split(",") if one.strip()]


def jwks(settings: Settings) -> Callable[[str], Awaitable[bytes]]:
    """Return what fetches a key set, by the safe client. It raises `Refused` or `Unreachable`."""
    allow = allowed(settings)

    async def get(url: str) -> bytes:
        from ..outgoing import fetch  # noqa: PLC0415 see `called`

        accept = {"Accept": "application/json"}
        found = await fetch("GET", url, headers=accept, body=None, deadline=DEADLINE, limit=LARGEST, allow=allow)
        if found.status != OK or found.cut:
            raise Unreachable(f"it answered {found.status}" if found.status != OK else "it is too large")
        return found.body

    return get


async def must_be_callable(settings: Settings, url: str, *, member: str) -> None:
    """Raise `ValidationFailed` for `member` when this is an address that we would not call.

    A name of the internet that is not found just now is taken: it is looked up and checked again at every connection.
    """
    from ..outgoing import admit  # noqa: PLC0415

    try:
        await admit(url, allow=allowed(settings), deadline=DEADLINE)
    except (Refused, Unreachable) as problem:
        place = urlsplit(url)
        if isinstance(problem, Refused) or place.scheme != "https" or not _is_of_the_internet(place.hostname or ""):
            raise ValidationFailed.at(member, f"is an address that can be called: {problem}") from problem


def _is_of_the_internet(host: str) -> bool:
    """Tell whether a name could be found by everybody. Source: RFC 6761, RFC 6762, RFC 8375, RFC 9476; ICANN on `internal`."""
    *_, before, last = ["", "", *host.rstrip(".").lower().split(".")]
    return bool(before) and last.isidentifier() and last not in NO_DOMAINS


def access(settings: Settings) -> Callable[[str, Mapping[str, str], bytes], Awaitable[Answer]]:
    """Return what asks a host who may, by the safe client. It raises `Refused` or `Unreachable`."""
    allow = allowed(settings)

    async def post(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        from ..outgoing import fetch  # noqa: PLC0415

        return await fetch("POST", url, headers=headers, body=body, deadline=ACCESS_DEADLINE, limit=LARGEST, allow=allow)

    return post


def _hard_to_guess(secret: bytes, where: str) -> bytes:
    if len(secret) < SHORTEST or len(set(secret)) < FEWEST:
        raise WrongSecret(f"{where} has at least {SHORTEST} characters, {FEWEST} different ones: openssl rand -hex 32 makes one.")
    return secret


def _write(path: Path, text: str) -> None:
    """Write a file for its owner only, whole or not at all; of two who do, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}") as file:  # mode 0600
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
