"""The fourth page of what can happen: to webhooks, which are about no record; only the host's servers hear of it."""

from dataclasses import dataclass
from typing import ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class WebhookTested(Event):
    """Somebody wants to see that a webhook works: it is sent this, whatever else it hears of, and nobody else is."""

    type: ClassVar[str] = "webhook.tested"
    webhook_id: str


@dataclass(frozen=True, slots=True)
class WebhookDisabled(Event):
    """Nothing is sent to a webhook any more: it failed for days (`failing`), or it answered that it is `gone`."""

    type: ClassVar[str] = "webhook.disabled"
    webhook_id: str
    url: str
    reason: str
