"""Addresses of files: the plain one, for whoever sends a bearer, and sealed ones for pages, which cannot.

Law: a sealed address opens one file, for whom it was made, for ten minutes and no longer than the workspace's epoch
(access/workspaces.py); and who may is asked again when it is used.
"""

from dataclasses import dataclass
from typing import Any, Final

import orjson

from ..access.policy import Caller
from ..access.secrets import Vault

LIFE: Final = 600_000
"""Milliseconds that a sealed address lives, at most."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes sealed addresses for one caller; `now` is milliseconds since 1970."""

    vault: Vault
    caller: Caller
    epoch: int | None
    now: int

    @property
    def expires_at(self) -> int:
        """When they stop working: in ten minutes, or with the caller's own token."""
        until = self.caller.until
        return self.now + LIFE if until is None else min(self.now + LIFE, int(until * 1000))

    def seal(self, attachment_id: str, record: str, access: Any) -> str:
        """Return the token of an address; of the caller's grants it keeps what concerns the record `type:key`."""
        caller, named = self.caller, (access or {}).get("groups") or {}
        about = (record, f"{record.partition(':')[0]}:*", "*")
        grants = {name: caller.grants[name] for name in about if name in caller.grants}
        said = [
            self.expires_at, self.epoch, caller.workspace_id, caller.name, caller.person_id, caller.scope, caller.role,
            grants, sorted(caller.groups & named.keys()), caller.guest,
        ]  # fmt: skip
        return self.vault.seal(f"file {attachment_id}", orjson.dumps(said))


def open_link(vault: Vault, attachment_id: str, token: str, now: int) -> tuple[Caller, int] | None:
    """Return for whom a sealed address was made, in which epoch; `None` when it is another file's, altered or too old."""
    sealed = vault.open(f"file {attachment_id}", token)
    if sealed is None:
        return None
    expires_at, epoch, workspace_id, name, person_id, scope, role, grants, groups, guest = orjson.loads(sealed)
    if expires_at <= now:
        return None
    caller = Caller(
        workspace_id, name=name, person_id=person_id, scope=scope, role=role, grants=grants, groups=frozenset(groups), guest=guest,
        until=expires_at / 1000,
    )  # fmt: skip
    return caller, epoch


def plain(attachment_id: str) -> str:
    """Return the address that needs a bearer."""
    return f"/v1/attachments/{attachment_id}"
