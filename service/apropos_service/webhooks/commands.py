"""Making, changing and removing webhooks, and asking for what was sent to be sent again."""

from .. import signing
from ..access.secrets import Vault
from ..database import Transaction
from ..errors import Conflict, IdConflict, NotFound, Versions, unless_stale
from ..events.hooks import WebhookTested
from ..events.log import LogHead, NoLongerKept, must_be_kept
from ..ids import new
from .model import Delivery, Endpoint, Replay, Turn
from .owing import owe_again
from .wire import WebhookDraft, WebhookPatch

MOST = 100
SEALED = "webhook secret"
OF_IT = "(SELECT id FROM delivery WHERE workspace_id = :workspace_id AND endpoint_id = :id)"
GONE = (
    f"DELETE FROM attempt WHERE workspace_id = :workspace_id AND delivery_id IN {OF_IT}",  # noqa: S608 names are ours
    "DELETE FROM delivery WHERE workspace_id = :workspace_id AND endpoint_id = :id",
    "DELETE FROM replay WHERE workspace_id = :workspace_id AND endpoint_id = :id",
    "DELETE FROM endpoint_turn WHERE workspace_id = :workspace_id AND endpoint_id = :id",
)
Made = tuple[Endpoint, str | None]
"""A webhook, and its secret where that was made just now."""


class TooManyWebhooks(Conflict):
    """A workspace has at most 100 webhooks; remove one first."""


class ReplayUnderWay(Conflict):
    """A replay of this webhook is under way; wait until it is done."""


async def create_webhook(tx: Transaction, draft: WebhookDraft, vault: Vault) -> tuple[Made, bool]:
    """Make a webhook, which hears of what happens from now on. Tells whether it was made now.

    Raises `IdConflict` when the id is another one's, and `TooManyWebhooks`.
    """
    before = await tx.find(Endpoint, draft.id) if draft.id else None
    if before is not None:
        if (before.url, before.types, before.records, before.description) != (
            draft.url, draft.types, draft.records, draft.description,
        ):  # fmt: skip
            raise IdConflict
        return (before, None), False
    look = await tx.reading()
    if len(await look.rows(Endpoint, "true")) >= MOST:
        raise TooManyWebhooks
    secret = signing.new_secret()
    made = tx.add(Endpoint(
        tx.workspace_id, draft.id or new("whk"), draft.url, draft.types, draft.records, draft.description,
        secret=vault.seal(SEALED, secret.encode()), former_secret=None, rotated_at=0, enabled=draft.enabled,
        disabled_at=None if draft.enabled else tx.now, disabled_because=None if draft.enabled else "asked",
        since=await look.position(), created_at=tx.now, seq=0, version=1,
    ))  # fmt: skip
    tx.add(Turn(tx.workspace_id, made.id, "", taken_until=0, held_until=0, failing_since=None, problem=None))
    tx.note("webhook.created", made.id, url=made.url, types=made.types, records=made.records)
    return (made, secret), True


async def change_webhook(tx: Transaction, webhook_id: str, patch: WebhookPatch, version: Versions | None) -> tuple[Made, bool]:
    """Change what the patch names. Enabled again, it is sent what was owed when it was disabled, and what happens from now on."""
    endpoint = await tx.get(Endpoint, webhook_id)
    unless_stale(endpoint, version)
    changed = {name: value for name, value in patch.model_dump(exclude_unset=True).items() if value != getattr(endpoint, name)}
    before = {name: getattr(endpoint, name) for name in changed}
    for name, value in changed.items():
        setattr(endpoint, name, value)
    if "enabled" in changed:
        endpoint.disabled_at, endpoint.disabled_because = (None, None) if endpoint.enabled else (tx.now, "asked")
    if changed:
        told = {name: {"before": before[name], "after": value} for name, value in changed.items()}
        tx.note("webhook.changed", webhook_id, changed=told)
        endpoint.version += 1
        turn = await tx.get(Turn, webhook_id)
        turn.failing_since, turn.problem, turn.held_until = None, None, 0
    return (endpoint, None), False


async def remove_webhook(tx: Transaction, webhook_id: str) -> None:
    """Remove a webhook with all that was owed to it; runs alone. Raises `NotFound`."""
    known = await tx.find(Endpoint, webhook_id)
    if known is None:
        raise NotFound
    tx.note("webhook.removed", webhook_id, url=known.url)
    for sql in GONE:
        await tx.execute(sql, id=webhook_id)
    tx.remove(await tx.get(Endpoint, webhook_id))


async def rotate_secret(tx: Transaction, webhook_id: str, vault: Vault) -> tuple[Made, bool]:
    """Give a webhook another secret, which is returned once; for a day the former one signs as well."""
    endpoint = await tx.get(Endpoint, webhook_id)
    secret = signing.new_secret()
    endpoint.former_secret, endpoint.rotated_at = endpoint.secret, tx.now
    endpoint.secret = vault.seal(SEALED, secret.encode())
    endpoint.version += 1
    tx.note("webhook.rotated", webhook_id, url=endpoint.url)
    return (endpoint, secret), False


async def test_webhook(tx: Transaction, webhook_id: str) -> str:
    """Send a webhook an event of its own. Appends `WebhookTested`; returns the event's id."""
    endpoint = await tx.get(Endpoint, webhook_id)
    endpoint.must_be_enabled()
    return tx.append(WebhookTested(endpoint.id), on=endpoint).id


async def redeliver(tx: Transaction, delivery_id: str) -> Delivery:
    """Owe a delivery again, whatever came of it. Raises `NotFound`, `WebhookIsDisabled` and `NoLongerKept`."""
    head = await tx.get(LogHead)  # which pruning holds too
    delivery = await tx.get(Delivery, delivery_id)
    if delivery.position <= head.pruned:
        raise NoLongerKept("The event is no longer in the log.")
    (await tx.get(Endpoint, delivery.endpoint_id)).must_be_enabled()
    owe_again(delivery, tx.now)
    tx.note("delivery.redelivered", delivery_id, webhook=delivery.endpoint_id)
    return delivery


async def replay(tx: Transaction, webhook_id: str, begins: int, ends: int | None) -> tuple[Made, bool]:
    """Owe again what a webhook hears of, after one place in the log up to another (`None`: its end now).

    Raises `NotFound`, `WebhookIsDisabled`, `ReplayUnderWay` and `NoLongerKept`.
    """
    endpoint = await tx.get(Endpoint, webhook_id)
    endpoint.must_be_enabled()
    if await tx.find(Replay, webhook_id) is not None:
        raise ReplayUnderWay
    last = (await tx.get(LogHead)).position  # which pruning holds too
    await must_be_kept(await tx.reading(), begins)
    ends = last if ends is None else min(ends, last)
    if begins < ends:
        tx.add(Replay(tx.workspace_id, webhook_id, begins, begins, ends, tx.now))
        tx.note("webhook.replayed", webhook_id, url=endpoint.url)
    return (endpoint, None), False
