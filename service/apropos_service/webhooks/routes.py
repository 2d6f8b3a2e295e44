"""Webhooks over HTTP; needs a server key with the scope full."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from ..access.keyring import must_be_callable
from ..database import Transaction
from ..errors import NotFound
from ..events.log import must_be_kept
from ..http import Expected, Look, Write, answer
from ..paging import Cursor, Limit
from ..wire import DeliveryId, EventId, Listing, WebhookId, instant_of
from . import commands, queries, wire
from .model import Delivery, Endpoint, Replay, Turn

router = APIRouter(prefix="/v1", tags=["webhooks"])


@router.post("/webhooks", response_model=wire.Webhook, status_code=201)
async def create_webhook(draft: wire.WebhookDraft, write: Write, request: Request) -> Response:
    """Make a webhook, which hears of what happens from now on; its secret is in this answer and nowhere else."""
    write.caller.must_be_host("full")
    await must_be_callable(request.app.state.settings, draft.url, member="url")
    return await write(commands.create_webhook, draft, request.app.state.vault, present=_made)


@router.get("/webhooks", response_model=Listing[wire.Webhook])
async def list_webhooks(look: Look) -> Response:
    """List the webhooks, newest first, and how each stands; never a secret."""
    look.caller.must_be_host("full")
    async with look(snapshot=True) as reading:
        return answer({"data": await queries.webhooks(reading), "next": None})


@router.get("/webhooks/{webhook_id}", response_model=wire.Webhook)
async def get_webhook(webhook_id: WebhookId, look: Look) -> Response:
    """Return one webhook and how it stands."""
    look.caller.must_be_host("full")
    async with look(snapshot=True) as reading:
        return answer(await _one(reading, webhook_id))


@router.patch("/webhooks/{webhook_id}", response_model=wire.Webhook)
async def change_webhook(
    webhook_id: WebhookId, patch: wire.WebhookPatch, write: Write, expected: Expected, request: Request
) -> Response:
    """Change a webhook; what is not named stays. `enabled` begins again where it was disabled, with what is still owed."""
    write.caller.must_be_host("full")
    if "url" in patch.model_fields_set:
        await must_be_callable(request.app.state.settings, patch.url, member="url")
    done = await write(commands.change_webhook, webhook_id, patch, expected, present=_changed)
    request.app.state.paying.wake()
    return done


@router.delete("/webhooks/{webhook_id}", status_code=204, response_model=None)
async def remove_webhook(webhook_id: WebhookId, write: Write) -> Response:
    """Remove a webhook with all that was owed to it."""
    write.caller.must_be_host("full")

    async def nothing(_: Transaction, __: Any) -> None:
        return None

    return await write(commands.remove_webhook, webhook_id, present=nothing, alone=True)


@router.post("/webhooks/{webhook_id}/rotate", response_model=wire.Webhook)
async def rotate_secret(webhook_id: WebhookId, write: Write, request: Request) -> Response:
    """Give a webhook another secret, in this answer and nowhere else; for a day the former one signs as well."""
    write.caller.must_be_host("full")
    return await write(commands.rotate_secret, webhook_id, request.app.state.vault, present=_changed)


@router.post("/webhooks/{webhook_id}/test", response_model=wire.Tested)
async def test_webhook(webhook_id: WebhookId, write: Write) -> Response:
    """Send a webhook an event of its own, `webhook.tested`, whatever else it hears of; its deliveries show what came of it."""
    write.caller.must_be_host("full")

    async def present(_: Transaction, event_id: str) -> dict[str, Any]:
        return {"event_id": event_id}

    return await write(commands.test_webhook, webhook_id, present=present)


@router.post("/webhooks/{webhook_id}/replay", response_model=wire.Webhook, responses={410: {}})
async def replay(webhook_id: WebhookId, draft: wire.ReplayDraft, write: Write, look: Look, request: Request) -> Response:
    """Send again what a webhook hears of in a part of the log, whatever came of it before; `replay` says how far that is."""
    write.caller.must_be_host("full")
    cursors = request.app.state.cursors

    async def place(reading: Any, given: str, member: str) -> int:
        try:
            return await queries.place(reading, instant_of(given))
        except ValueError:
            return cursors.open_place(look.caller.workspace_id, given, member=member)[0] or 0

    async with look() as reading:
        begins = await place(reading, draft.after, "after")
        await must_be_kept(reading, begins)
        ends = None if draft.before is None else await place(reading, draft.before, "before")
    return await write(commands.replay, webhook_id, begins, ends, present=_changed)


@router.get("/webhooks/{webhook_id}/deliveries", response_model=Listing[wire.Delivery])
async def list_deliveries(
    webhook_id: WebhookId, look: Look, request: Request, state: wire.State | None = None,
    type: Annotated[str | None, Query(max_length=100)] = None,  # noqa: A002 the contract's word
    event_id: EventId | None = None, limit: Limit = 20, cursor: Cursor = None,
) -> Response:  # fmt: skip
    """List what is and was owed to a webhook with every attempt, the newest event first; kept for 30 days."""
    look.caller.must_be_host("full")
    cursors, here = request.app.state.cursors, look.caller.workspace_id
    about = f"deliveries {webhook_id} {state} {type} {event_id}"
    before = cursors.open(here, about, cursor)
    async with look(snapshot=True) as reading:
        await _one(reading, webhook_id)
        found = await queries.deliveries(reading, webhook_id, state=state, kind=type, event_id=event_id, before=before, limit=limit)
        data = await queries.shown(reading, found[:limit])
    following = cursors.seal(here, about, found[limit - 1].position) if len(found) > limit else None
    return answer({"data": data, "next": following})


@router.post("/deliveries/{delivery_id}/redeliver", response_model=wire.Delivery, responses={410: {}})
async def redeliver(delivery_id: DeliveryId, write: Write, request: Request) -> Response:
    """Send one delivery again, whatever came of it, with all its attempts before it."""
    write.caller.must_be_host("full")

    async def present(tx: Transaction, row: Delivery) -> dict[str, Any]:
        [shown] = await queries.shown(await tx.reading(), [row])
        return shown

    done = await write(commands.redeliver, delivery_id, present=present)
    request.app.state.paying.wake()
    return done


async def _one(reading: Any, webhook_id: str) -> dict[str, Any]:
    found = await queries.webhooks(reading, webhook_id)
    if not found:
        raise NotFound
    return found[0]


async def _made(tx: Transaction, made: commands.Made) -> dict[str, Any]:
    endpoint, secret = made
    return wire.webhook(endpoint, await tx.look(Turn, endpoint.id), await tx.look(Replay, endpoint.id), secret)


async def _changed(tx: Transaction, changed: Any) -> dict[str, Any]:
    return await _made(tx, (changed, None) if isinstance(changed, Endpoint) else changed)
