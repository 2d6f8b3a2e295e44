"""Making workspaces and the keys that open them."""

from .. import signing
from ..database import Transaction
from ..errors import IdConflict, NotFound, ValidationFailed, Versions, unless_stale
from ..events.log import LogHead
from ..ids import new
from . import secrets, tokens
from .held import forget_all
from .model import AccessChange, Key, SigningKey, Workspace
from .wire import AccessChangedDraft, KeyDraft, SigningKeyDraft, WorkspacePatch

KEPT = 600_000
"""Milliseconds that a change is kept for processes to hear of; no verdict is remembered for so long."""


async def create_workspace(tx: Transaction, name: str) -> Workspace:
    """Make an empty workspace; the transaction is already in it."""
    tx.add(LogHead(tx.workspace_id, 0))
    tx.note("workspace.created", tx.workspace_id, name=name)
    return tx.add(
        Workspace(tx.workspace_id, name, None, [], tx.now, version=1, epoch=0, access_secret=None, former_secret=None, rotated_at=0)
    )


async def doubt(tx: Transaction) -> None:
    """Begin a new epoch: what any process remembers of who may in this workspace is looked up again."""
    (await tx.get(Workspace)).epoch += 1


async def change_workspace(
    tx: Transaction, patch: WorkspacePatch, version: Versions | None, vault: secrets.Vault
) -> tuple[tuple[Workspace, str | None], bool]:
    """Change the workspace's settings: only what the patch names. Returns also the secret that was made for `access_url`.

    Naming an `access_url`, also the same again, makes a new secret; for a day the former one signs too.
    """
    workspace = await tx.get(Workspace)
    unless_stale(workspace, version)
    changed = {name: getattr(patch, name) for name in patch.model_fields_set if getattr(patch, name) != getattr(workspace, name)}
    before = {name: getattr(workspace, name) for name in changed}
    for name, value in changed.items():
        setattr(workspace, name, value)
    secret = signing.new_secret() if patch.access_url else None
    if "access_url" in patch.model_fields_set:
        workspace.former_secret, workspace.rotated_at = (workspace.access_secret if secret else None), tx.now
        workspace.access_secret = vault.seal("access secret", secret.encode()) if secret else None
    if changed or secret:
        workspace.version += 1
        workspace.epoch += 1
        tx.note("workspace.changed", workspace.workspace_id, **({"access_secret": "new"} if secret else {}), changed={
            name: {"before": before[name], "after": value} for name, value in changed.items()
        })  # fmt: skip
    return (workspace, secret), False


async def take_back_verdicts(tx: Transaction, draft: AccessChangedDraft) -> None:
    """Forget what the host said of these people and records, or all of it when neither is named, on every process."""
    await doubt(tx)
    tx.note("access.changed", tx.workspace_id, people=len(draft.people), records=len(draft.records))
    epoch = (await tx.get(Workspace)).epoch
    for old in await tx.rows(AccessChange, "at < :at", at=tx.now - KEPT):
        tx.remove(old)
    tx.add(AccessChange(tx.workspace_id, epoch, draft.people, draft.records, tx.now))


async def create_key(tx: Transaction, draft: KeyDraft, vault: secrets.Vault) -> tuple[tuple[Key, str | None], bool]:
    """Make a server key; its text is in the answer and nowhere else. Tells whether it was made now.

    Raises `IdConflict` when the id is another key's, and `ValidationFailed` for one that would be over already.
    """
    before = await tx.find(Key, draft.id) if draft.id else None
    if before is not None:
        if (before.name, before.scope, before.expires_at) != (draft.name, draft.scope, draft.expires_at):
            raise IdConflict
        return (before, None), False
    if draft.expires_at is not None and draft.expires_at <= tx.now:
        raise ValidationFailed.at("expires_at", "is later than now")
    key_id = draft.id or new("key")
    plain = secrets.new_key(key_id)
    key = tx.add(Key(tx.workspace_id, key_id, draft.name, draft.scope, vault.fingerprint(plain), tx.now, draft.expires_at, None))
    tx.note("key.created", key_id, name=draft.name, scope=draft.scope, expires_at=draft.expires_at)
    return (key, plain), True


async def revoke_key(tx: Transaction, key_id: str) -> None:
    """End a server key. Raises `NotFound` when there is none with this id."""
    key = await tx.get(Key, key_id)
    if key.revoked_at is None:
        key.revoked_at = tx.now
        tx.note("key.revoked", key_id, name=key.name)
        await doubt(tx)


async def use_key(tx: Transaction, key_id: str) -> None:
    """Take note that a server key is in use."""
    key = await tx.find(Key, key_id)
    if key is not None:
        key.used_at = tx.now


async def add_signing_key(
    tx: Transaction, draft: SigningKeyDraft, vault: secrets.Vault
) -> tuple[tuple[SigningKey, str | None], bool]:
    """Add what person tokens are checked against: a secret that is made here, a PEM public key, or a JWKS address.

    Tells whether it was added now. Raises `IdConflict` when the id is another key's.
    """
    _must_go_together(draft)
    before = await tx.find(SigningKey, draft.id) if draft.id else None
    if before is not None:
        if before.kind != draft.kind or (draft.kind != "secret" and (before.value, before.url) != (draft.value, draft.url)):
            raise IdConflict
        return (before, None), False
    if draft.kind == "secret" and len(await tx.rows(SigningKey, "kind = 'secret'")) > 1:
        raise ValidationFailed.at("kind", "two secrets are valid already; delete the older one first")
    plain = secrets.new_signing_secret() if draft.kind == "secret" else None
    value = vault.seal("signing secret", plain.encode()) if plain else _pem(draft)
    await doubt(tx)
    key = tx.add(SigningKey(tx.workspace_id, draft.id or new("key"), draft.kind, value, draft.url, tx.now))
    tx.note("signing_key.added", key.id, kind=key.kind, url=key.url)
    return (key, plain), True


async def remove_signing_key(tx: Transaction, key_id: str) -> None:
    """Take a signing key away; tokens signed with it are refused from now on. Raises `NotFound`."""
    key = await tx.find(SigningKey, key_id)
    if key is None:
        raise NotFound
    tx.remove(key)
    tx.note("signing_key.removed", key_id, kind=key.kind)
    await forget_all(tx)
    await doubt(tx)


def _pem(draft: SigningKeyDraft) -> str | None:
    if draft.value is None:
        return None
    try:
        tokens.load_pem(draft.value)
    except ValueError as problem:
        raise ValidationFailed.at("value", str(problem)) from problem
    return draft.value


def _must_go_together(draft: SigningKeyDraft) -> None:
    for name, given, kind in (("value", draft.value, "pem"), ("url", draft.url, "jwks")):
        if (given is not None) != (draft.kind == kind):
            raise ValidationFailed.at(name, f"is needed for a {kind}" if given is None else f"goes with a {kind}")
