"""Somebody who listens: who they are, whether they still may, and to which records they listen.

Law: whoever loses a right loses what was subscribed by it, within the seconds of `watch.py`, whatever they are told by.
"""

from typing import Any

from ..access.policy import Caller
from ..errors import NotFound, Unauthenticated, ValidationFailed
from ..records.queries import records_named
from .endings import Resync
from .mouth import Mouth
from .subscription import Subscription


class Listener:
    """One connection's person or server, and their subscriptions."""

    __slots__ = ("_actor", "_bearer", "_state", "_weighed", "at", "caller", "mouth", "subscriptions", "wrote_at")

    def __init__(self, state: Any, mouth: Mouth, caller: Caller, bearer: str, actor: str | None = None) -> None:
        """`caller` is who `bearer` and `actor` (of `Apropos-Actor`) made them."""
        self._state = state
        self.mouth, self.caller = mouth, caller
        self._weighed = caller
        self._bearer, self._actor = bearer, actor
        self.subscriptions: dict[str, Subscription] = {}
        self.at: str | None = None
        self.wrote_at = 0.0
        state.watches.enter(self)

    async def become(self, bearer: str, *, epoch: int = 0) -> None:
        """Go on with this bearer. Raises `Unauthenticated`, also when it is somebody else's."""
        caller = await self._state.callers.identify(bearer, self._actor, epoch=epoch)
        if (caller.workspace_id, caller.person_id) != (self.caller.workspace_id, self.caller.person_id):
            raise Unauthenticated("A new token is for the same person.")
        self.caller, self._bearer = caller, bearer
        self.unsettle()

    async def renew(self, epoch: int) -> Caller:
        """Return the caller as they are in `epoch` or later."""
        if self.caller.epoch < epoch:
            await self.become(self._bearer, epoch=epoch)
        return self.caller

    def doubtful(self, epoch: int, now: float) -> bool:
        """Tell whether to `look_again`: in this epoch of the workspace, at this moment (seconds since 1970)."""
        caller = self.caller
        renewed = caller is not self._weighed  # by one subscription, for itself
        return renewed or caller.epoch != epoch or caller.verdicts is not None or (caller.until is not None and caller.until < now)

    async def look_again(self) -> None:
        """Find out who this is by now, and end what they may not hear any more. Raises `Unauthenticated`."""
        await self.become(self._bearer)
        if self.caller == self._weighed and self.caller.verdicts is None:
            self._weighed = self.caller
            return  # what the host says of a record is told by the log
        await self.weigh_all()

    async def weigh_all(self) -> None:
        """End the subscriptions to what is not theirs to see, or was read with other rights."""
        caller = self.caller
        async with self._state.database.reading(self.caller.workspace_id) as look:
            rows = await records_named(look, list(self.subscriptions))
        for record, subscription in list(self.subscriptions.items()):
            try:
                await subscription.weigh(rows.get(record))
            except (NotFound, Resync) as why:
                subscription.end()
                self.over(subscription, why)
        self._weighed = caller

    def subscribe(self, record: str, cursor: str | None) -> bool:
        """Listen to a record (`type:key`) from a cursor on, `None` from now; instead of an earlier subscription.

        Returns whether the cursor is known. Where it is not, this begins now, and the record has to be read anew.
        """
        try:
            (after, of), known = self._state.cursors.open_place(self.caller.workspace_id, cursor), True
        except ValidationFailed:
            (after, of), known = (None, None), False
        before = self.subscriptions.get(record)
        if before is not None:
            before.end()  # who is there stays there
        self.subscriptions[record] = Subscription(self._state, self, record)
        self.subscriptions[record].begin(after, of)
        return known

    def unsubscribe(self, record: str) -> None:
        """Listen to it no more."""
        before = self.subscriptions.pop(record, None)
        if before is not None:
            before.end()
            self._state.presence.go(self, record)

    def unsettle(self) -> None:
        """Be asked before anything more is told."""
        for subscription in self.subscriptions.values():
            subscription.unsettle()

    def leave(self) -> None:
        """Listen to nothing more."""
        self._state.watches.leave(self)
        self._state.counting.leave(self)
        self._state.presence.go(self)
        for record in list(self.subscriptions):
            self.unsubscribe(record)

    def counted(self, counts: dict[str, int]) -> None:
        """Tell how much waits in their own inbox."""
        self.mouth.say("counts", counts)

    def over(self, subscription: Subscription, why: Exception) -> None:
        """Say why a subscription is over."""
        if self.subscriptions.get(subscription.record) is subscription:
            del self.subscriptions[subscription.record]
            self._state.presence.go(self, subscription.record)
        if isinstance(why, Unauthenticated):
            self.mouth.end(why)
        elif isinstance(why, Resync):
            self.mouth.say("resync", {"record": subscription.record}, subscription.cursor)
        else:
            self.mouth.say("error", NotFound(record=subscription.record).document())
