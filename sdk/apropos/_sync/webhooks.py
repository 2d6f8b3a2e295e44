# Derived from _async/webhooks.py by sdk/derive.py: change it there.
"""Webhooks: where systems of yours hear of events, and what became of each delivery. Needs a server key with the scope `full`."""

from collections.abc import Generator, Iterable
from datetime import datetime
from typing import Unpack

from .._protocol import look, path, write
from ..drafts import DeliveryState, WebhookPatch
from ..endpoints import Delivery, Tested, Webhook
from ..models import Page
from .transport import Transport


class Webhooks:
    """Webhooks of the workspace; what they receive, `apropos.webhooks` opens."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def create(
        self,
        url: str,
        *,
        types: Iterable[str] = ("*",),
        records: Iterable[str] | None = None,
        description: str | None = None,
        id: str | None = None,  # noqa: A002 the contract's word
    ) -> Webhook:
        """Make a webhook, which hears of what happens from now on; its `secret` is in this answer and nowhere else.

        `types` are event types, `records` types of records (`None`: all). With an `id` of your own (`whk_…`), one that is there
        already is returned, without its secret. Raises `Invalid` for an address that the service would not call, and `Conflict`
        (`id_conflict`, `too_many_webhooks`).
        """
        about = {"id": id, "records": None if records is None else [*records], "description": description}
        draft = {"url": url, "types": [*types], **{name: value for name, value in about.items() if value is not None}}
        return self._transport.send(write("POST", path("webhooks"), draft, shown_once=True), Webhook)

    def list(self) -> Generator[Webhook, None, None]:
        """Return the webhooks, newest first, and how each stands; never a secret."""
        return self._transport.pages(look(path("webhooks")), Page[Webhook])

    def get(self, webhook_id: str) -> Webhook:
        """Return one webhook. Raises `NotFound`."""
        return self._transport.send(look(path("webhooks", webhook_id)), Webhook)

    def change(self, webhook_id: str, *, version: int | None = None, **patch: Unpack[WebhookPatch]) -> Webhook:
        """Change a webhook; what is not named stays. With `version`, raises `VersionConflict` if stale.

        `enabled=True` begins again where it was disabled, with what is still owed; `replay` brings what happened meanwhile.
        """
        return self._transport.send(write("PATCH", path("webhooks", webhook_id), patch, version=version), Webhook)

    def remove(self, webhook_id: str) -> None:
        """Remove a webhook with all that was owed to it. Raises `NotFound`."""
        self._transport.send(write("DELETE", path("webhooks", webhook_id)), type(None))

    def rotate(self, webhook_id: str) -> Webhook:
        """Give a webhook another `secret`, in this answer and nowhere else; for a day the former one signs as well."""
        return self._transport.send(write("POST", path("webhooks", webhook_id, "rotate"), shown_once=True), Webhook)

    def test(self, webhook_id: str) -> Tested:
        """Send a webhook an event of its own, `webhook.tested`; `deliveries(…, event_id=…)` shows what came of it.

        Raises `Conflict` (`webhook_is_disabled`).
        """
        return self._transport.send(write("POST", path("webhooks", webhook_id, "test")), Tested)

    def deliveries(
        self,
        webhook_id: str,
        *,
        state: DeliveryState | None = None,
        type: str | None = None,  # noqa: A002 the contract's word
        event_id: str | None = None,
    ) -> Generator[Delivery, None, None]:
        """Return what is and was owed to a webhook in 30 days, the newest event first, each with its attempts."""
        request = look(path("webhooks", webhook_id, "deliveries"), state=state, type=type, event_id=event_id, limit=100)
        return self._transport.pages(request, Page[Delivery])

    def redeliver(self, delivery_id: str) -> Delivery:
        """Send one delivery again, whatever came of it. Raises `NotFound` and `Conflict` (`webhook_is_disabled`)."""
        return self._transport.send(write("POST", path("deliveries", delivery_id, "redeliver")), Delivery)

    def replay(self, webhook_id: str, *, after: datetime | str, before: datetime | str | None = None) -> Webhook:
        """Send again what a webhook hears of in a part of the log: after a time or a cursor, up to another or the log's end.

        `replay` of the webhook says how far that is. Raises `Conflict` (`replay_under_way`, `webhook_is_disabled`).
        """
        draft = {"after": after} | ({} if before is None else {"before": before})
        return self._transport.send(write("POST", path("webhooks", webhook_id, "replay"), draft), Webhook)
