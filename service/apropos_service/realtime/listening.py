"""What a subscription knows of whoever made it."""

from typing import TYPE_CHECKING, Protocol

from ..access.policy import Caller
from .mouth import Mouth

if TYPE_CHECKING:
    from .subscription import Subscription


class Listening(Protocol):
    """Whoever subscribes: who they are, and where they are told."""

    caller: Caller
    mouth: Mouth

    async def renew(self, epoch: int) -> Caller:
        """Return the caller as they are in `epoch` or later. Raises `Unauthenticated`."""

    def over(self, subscription: "Subscription", why: Exception) -> None:
        """Hear that nothing more comes: `Resync`, `Lost`, `NotFound` or `Unauthenticated`."""
