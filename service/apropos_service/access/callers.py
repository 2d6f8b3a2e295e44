"""From a bearer to a caller: looks keys up, checks tokens, remembers what it learnt while nothing changed.

Law: what is remembered goes with one epoch of its workspace (`workspaces.py`), so a revocation holds within seconds on
every process; and nothing is remembered longer than `REMEMBER`.
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..database import Database
from ..errors import Forbidden, NotFound, Problem, Unauthenticated
from . import actor as acting
from . import secrets, tokens
from .commands import use_key
from .flights import Flights
from .keysets import KeySets
from .model import Key, SigningKey, Workspace
from .policy import Caller
from .verdicts import Verdicts
from .workspaces import Workspaces

REMEMBER = 60.0
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """A caller, until a moment of the monotonic clock."""

    caller: Caller
    until: float


@dataclass(frozen=True, slots=True)
class Signing:
    """What a workspace's tokens are checked against: keys at hand, and addresses of key sets."""

    epoch: int
    keys: Sequence[tokens.VerifyingKey]
    urls: Sequence[str]


class Callers:
    """Who is calling, by their `Authorization` and `Apropos-Actor` headers."""

    def __init__(
        self, database: Database, vault: secrets.Vault, workspaces: Workspaces, key_sets: KeySets, introduce: Callable[..., Any]
    ) -> None:
        """`introduce(caller, card, digest)` keeps what a token says of its person, once for each, and does what follows."""
        self._database, self._vault = database, vault
        self._workspaces, self._key_sets = workspaces, key_sets
        self._introduce = introduce
        self._known: OrderedDict[str, Remembered] = OrderedDict()
        self._signing: OrderedDict[str, Signing] = OrderedDict()
        self._introduced: OrderedDict[str, None] = OrderedDict()
        self._introducing: Flights[str, None] = Flights()
        self._noting: set[asyncio.Task[None]] = set()

    async def identify(self, bearer: str, actor: str | None, *, epoch: int = 0) -> Caller:
        """Return the caller as they are in `epoch` or later.

        Raises `Unauthenticated` when the bearer is missing, wrong, revoked or too old.
        """
        if not bearer:
            raise Unauthenticated("Send a server key or a person's token as Authorization: Bearer ….")
        digest = hashlib.sha256(bearer.encode()).hexdigest()
        caller = await self._recall(digest, epoch) or await self._learn(bearer, digest)
        workspace = await self._workspaces.find(caller.workspace_id)
        if workspace is not None and workspace.access_url:
            caller = replace(caller, verdicts=Verdicts())
        if caller.until is not None and caller.until < time.time():
            raise Unauthenticated("This has expired; get a new one.")
        if actor is None:
            return caller
        if not caller.is_host:
            raise Forbidden("Apropos-Actor goes with a server key, not with a person's token.")
        person_id = acting.read(actor)
        return replace(caller, person_id=person_id, name=f"{caller.name} {person_id}")

    async def _recall(self, digest: str, epoch: int) -> Caller | None:
        known = self._known.get(digest)
        if known is None or known.until < time.monotonic():
            return None
        workspace = await self._workspaces.find(known.caller.workspace_id, epoch=epoch)
        return known.caller if workspace is not None and workspace.epoch == known.caller.epoch else None

    async def _learn(self, bearer: str, digest: str) -> Caller:
        caller, epoch = await (self._by_key(bearer) if bearer.startswith("apk_") else self._by_token(bearer, digest))
        caller = replace(caller, epoch=epoch)
        _keep(self._known, digest, Remembered(caller, time.monotonic() + REMEMBER))
        return caller

    async def _by_key(self, bearer: str) -> tuple[Caller, int]:
        names = ", ".join(f"k.{column.name}" for column in Key.table.columns)
        sql = f"""SELECT w.epoch, {names} FROM access_key k JOIN workspace w ON w.workspace_id = k.workspace_id
                  WHERE k.hash = :hash"""  # noqa: S608 the names are ours
        async with self._database.reading("") as look:
            found = await look.fetch(sql, hash=self._vault.fingerprint(bearer))
        key = Key.load(tuple(found[0])[1:]) if found else None
        until = key and key.expires_at and key.expires_at / 1000
        if key is None or key.revoked_at is not None or (until and until < time.time()):
            raise Unauthenticated("This server key is unknown, expired or revoked.")
        self._note_use(key)
        return Caller(key.workspace_id, name=key.id, scope=key.scope, until=until), found[0][0]  # type: ignore[arg-type]

    def _note_use(self, key: Key) -> None:
        """Note that a key is in use, beside the request; nobody waits for it, and it may be lost."""
        if (key.used_at or 0) > time.time() * 1000 - REMEMBER * 1000:
            return
        work = self._database.write(key.workspace_id, lambda tx: use_key(tx, key.id), background=True)
        noting = asyncio.create_task(_unless_busy(work), name="key in use")
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)

    async def _by_token(self, bearer: str, digest: str) -> tuple[Caller, int]:
        workspace = await self._workspaces.find(tokens.peek_audience(bearer) or "")
        try:
            claims = await self._verified(bearer, workspace)
        except tokens.TokenRefused as refused:
            raise Unauthenticated(f"The token was refused: {refused}.") from refused
        assert workspace is not None  # noqa: S101 without one, no key signed it
        here, person_id, card = workspace.workspace_id, claims.subject, claims.person
        groups, guest = await self._described(here, person_id)
        caller = Caller(
            here, name=person_id, person_id=person_id, role=claims.role or "member", grants=claims.grants,
            groups=groups | frozenset(card.get("groups") or ()), guest=bool(card.get("guest", guest)),
            until=claims.expires_at + tokens.SKEW,
        )  # fmt: skip
        if digest not in self._introduced:
            await self._introducing.join(digest, partial(self._introduce, caller, card, digest))
            _keep(self._introduced, digest, None)
        return caller, workspace.epoch

    async def _verified(self, bearer: str, workspace: Workspace | None) -> tokens.Claims:
        signing = await self._signing_of(workspace) if workspace is not None else Signing(0, (), ())
        audience = "" if workspace is None else workspace.workspace_id

        def verify() -> tokens.Claims:
            keys = [*signing.keys, *(key for url in signing.urls for key in self._key_sets.known(url))]
            return tokens.verify(bearer, keys, audience=audience, now=time.time())

        try:
            return verify()
        except tokens.NotSigned:
            kid = tokens.peek_kid(bearer)
            if any(key.kid == kid for key in signing.keys) or not await self._key_sets.look_again(signing.urls, kid):
                raise
            return verify()

    async def _signing_of(self, workspace: Workspace) -> Signing:
        known = self._signing.get(workspace.workspace_id)
        if known is not None and known.epoch == workspace.epoch:
            return known
        async with self._database.reading(workspace.workspace_id) as look:
            rows = await look.rows(SigningKey, "true")
        keys = [key for row in rows if row.kind != "jwks" for key in self._at_hand(row)]
        signing = Signing(workspace.epoch, keys, [row.url for row in rows if row.url and row.kind == "jwks"])
        _keep(self._signing, workspace.workspace_id, signing)
        return signing

    def _at_hand(self, row: SigningKey) -> list[tokens.VerifyingKey]:
        if row.kind == "pem":
            return [replace(tokens.load_pem(row.value or ""), kid=row.id)]
        secret = self._vault.open("signing secret", row.value or "")
        return [tokens.VerifyingKey(kid=row.id, algorithm="HS256", key=secret)] if secret else []

    async def _described(self, workspace_id: str, person_id: str) -> tuple[frozenset[str], bool]:
        """Return the groups that the host put this person in, and whether it called them a guest."""
        groups = "SELECT group_id FROM membership WHERE workspace_id = :workspace_id AND person_id = :id"
        guest = "SELECT guest FROM person WHERE workspace_id = :workspace_id AND id = :id"
        async with self._database.reading(workspace_id) as look:
            found = await look.fetch(guest, id=person_id)
            return frozenset(row[0] for row in await look.fetch(groups, id=person_id)), bool(found and found[0][0])


async def workspace(look: Any) -> Workspace:
    """Return the workspace's own row. Raises `NotFound` when it is gone."""
    found: Workspace | None = await look.row(Workspace)
    if found is None:
        raise NotFound
    return found


def _keep(known: "OrderedDict[str, Any]", name: str, value: Any) -> None:
    known[name] = value
    known.move_to_end(name)
    if len(known) > MOST:
        known.popitem(last=False)


async def _unless_busy(work: Awaitable[Any]) -> None:
    with suppress(Problem):
        await work
