"""Being asked to stop: whoever waits for what may never come is told, so that nobody has to wait for them.

Law: what is under way is finished; only what has no end of its own ends early, and says when to come again.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .errors import Overloaded

SOONEST, LATEST = 1_000, 5_000


class Stopping:
    """Whether this process was asked to stop, and who wants to know."""

    def __init__(self) -> None:
        """It goes on."""
        self.asked = False
        self._waiting: set[Callable[[], None]] = set()

    def begin(self) -> None:
        """Tell everybody who waits; nobody is let in to wait from now on."""
        self.asked = True
        for told in list(self._waiting):
            told()

    def call(self, told: Callable[[], None]) -> None:
        """Call `told` when this process is asked to stop."""
        self._waiting.add(told)

    @contextmanager
    def heard(self, told: Callable[[], None]) -> Iterator[None]:
        """Call `told` when this process is asked to stop, until the block ends; at once if it was already."""
        self._waiting.add(told)
        try:
            if self.asked:
                told()
            yield
        finally:
            self._waiting.discard(told)

    def must_go_on(self) -> None:
        """Raise `Overloaded` once this process was asked to stop: it begins nothing without an end any more."""
        if self.asked:
            raise Overloaded("This process stops; another one takes this.", retry_after=come_again() // 1000)


def come_again() -> int:
    """Return the milliseconds until one comes again, other ones for each: who left together does not come back together."""
    return random.randint(SOONEST, LATEST)  # noqa: S311 no secret
