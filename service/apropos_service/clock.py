"""What time it is. Law: whatever is written, due or owed at a time asks the one clock of its process, which a test may turn."""

import time


class Clock:
    """The machine's clock, or one that runs ahead of it."""

    def __init__(self) -> None:
        """It shows the machine's time."""
        self._ahead = 0

    def now(self) -> int:
        """Return milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000 + self._ahead

    def turn(self, ahead: int) -> None:
        """Run this many milliseconds ahead of the machine from now on (0: as the machine)."""
        self._ahead = ahead
