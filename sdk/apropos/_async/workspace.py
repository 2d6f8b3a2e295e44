"""The workspace's own settings and keys. Needs a server key with the scope `full`."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any, Literal, Unpack

from .._protocol import look, path, write
from ..drafts import WorkspacePatch
from ..models import Page
from ..settings import Key, SigningKey, Workspace
from .transport import Transport


class Keys:
    """Server keys, `apk_…`."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def create(
        self,
        name: str,
        *,
        scope: Literal["full", "read", "describe"] = "full",
        expires_at: datetime | None = None,
        id: str | None = None,  # noqa: A002 the contract's word
    ) -> Key:
        """Make a server key; its text is in `key` of this answer and nowhere else.

        With an `id` of your own (`key_…`), one that is there already is returned, without its text. Raises `Conflict`
        (`id_conflict`) when that is another key's.
        """
        draft = {"name": name, "scope": scope, **_given(expires_at=expires_at, id=id)}
        return await self._transport.send(write("POST", path("keys"), draft, shown_once=True), Key)

    async def revoke(self, key_id: str) -> None:
        """Revoke a server key."""
        await self._transport.send(write("DELETE", path("keys"), id=key_id), type(None))

    def list(self) -> AsyncGenerator[Key, None]:
        """Return the server keys, newest first; never their text."""
        return self._transport.pages(look(path("keys")), Page[Key])


class SigningKeys:
    """What person tokens are checked against."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def add(
        self,
        kind: Literal["secret", "pem", "jwks"] = "secret",
        *,
        value: str | None = None,
        url: str | None = None,
        id: str | None = None,  # noqa: A002 the contract's word
    ) -> SigningKey:
        """Add one: a secret made by the service (in `secret` of this answer only), a PEM in `value`, a JWKS at `url`.

        With an `id` of your own (`key_…`), one that is there already is returned, without its secret. Raises `Conflict`
        (`id_conflict`) when that is another key's.
        """
        draft = {"kind": kind, **_given(value=value, url=url, id=id)}
        return await self._transport.send(write("POST", path("workspace", "signing-keys"), draft, shown_once=True), SigningKey)

    async def remove(self, key_id: str) -> None:
        """Take one away; its tokens are refused within seconds."""
        await self._transport.send(write("DELETE", path("workspace", "signing-keys"), id=key_id), type(None))

    def list(self) -> AsyncGenerator[SigningKey, None]:
        """Return the signing keys, newest first; never a secret."""
        return self._transport.pages(look(path("workspace", "signing-keys")), Page[SigningKey])


class WorkspaceSettings:
    """The workspace that the key belongs to."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport
        self.keys = Keys(transport)
        self.signing_keys = SigningKeys(transport)

    async def settings(self) -> Workspace:
        """Return the settings."""
        return await self._transport.send(look(path("workspace")), Workspace)

    async def change(self, *, version: int | None = None, **patch: Unpack[WorkspacePatch]) -> Workspace:
        """Change the settings; what is not named stays. With `version`, raises `VersionConflict` if stale."""
        return await self._transport.send(write("PATCH", path("workspace"), patch, version=version), Workspace)


def _given(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
