"""What your server is sent by a webhook: checked, typed, and each event handled once.

    event = apropos.webhooks.open(APROPOS_WEBHOOK_SECRET, request.headers, request.body)

or, with the views of `apropos.integrations`, which answer as the service expects:

    receiver = apropos.webhooks.Receiver(APROPOS_WEBHOOK_SECRET, handle)

A delivery may come more than once, and later ones may come before earlier ones: `event.id` is always the same, `event.seq`
counts the events of a thread.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from json import loads
from typing import Any, Protocol

from ._signed import verified
from .errors import SignatureInvalid
from .events import Event, read_event


def open(secret: str | Sequence[str], headers: Mapping[str, str], body: bytes | str) -> Event:  # noqa: A001 the contract's word
    """Return the event. `secret` is the webhook's (`whsec_…`), or several of which one signed, while yours is replaced.

    `body` is what came, byte for byte. Raises `SignatureInvalid` when none of them signed this within five minutes. A type of
    event that this SDK does not know yet is a plain `Event`.
    """
    known = [secret] if isinstance(secret, str) else [*secret]
    for place, one in enumerate(known, 1):
        try:
            return read_event(loads(verified(one, headers, body)), cursor=None)
        except SignatureInvalid:
            if place == len(known):
                raise
    raise ValueError("There is no secret to check with.")


class Seen(Protocol):
    """The ids of events that were handled: a table of yours with a unique column, or for one process a `set`."""

    def __contains__(self, event_id: object, /) -> bool:
        """Tell whether it was handled."""

    def add(self, event_id: str, /) -> Any:
        """Take note that it was handled."""


class Recent:
    """The ids that this process handled last, at most so many."""

    def __init__(self, most: int = 10_000) -> None:
        """It knows none yet."""
        self._most = most
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, event_id: object, /) -> bool:
        """Tell whether it was handled."""
        return event_id in self._ids

    def add(self, event_id: str, /) -> None:
        """Take note that it was handled."""
        self._ids[event_id] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)


class Receiver:
    """Opens what comes, and passes by what was handled before. `handle` is called by the view, with the event."""

    def __init__(self, secret: str | Sequence[str], handle: Callable[[Event], Any], *, seen: Seen | None = None) -> None:
        """`seen` knows what was handled; without it, only this process does. Whatever `handle` raises, the event comes again."""
        self._secret = secret
        self.handle = handle
        self._seen: Seen = Recent() if seen is None else seen

    def fresh(self, headers: Mapping[str, str], body: bytes | str) -> Event | None:
        """Return the event, or `None` when it was handled before. Raises `SignatureInvalid`."""
        event = open(self._secret, headers, body)
        return None if event.id in self._seen else event

    def done(self, event: Event) -> None:
        """Take note that it was handled."""
        self._seen.add(event.id)

    def receive(self, headers: Mapping[str, str], body: bytes | str) -> None:
        """Handle what came, once. Raises `SignatureInvalid`, and whatever `handle` raises."""
        event = self.fresh(headers, body)
        if event is not None:
            self.handle(event)
            self.done(event)
