"""What a process came across lately, kept as long as there is room: what nobody asked for the longest goes first. Pure.

Law: nothing here is true because it is here. Whoever keeps something keeps with it what shows that it is as it was.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """Values by key, which together weigh at most so much."""

    def __init__(self, most: int, weigh: Callable[[V], int]) -> None:
        """`weigh` tells how much of `most` one takes."""
        self._most, self._weigh = most, weigh
        self._weight = 0
        self._found: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        """Tell whether something is kept."""
        return key in self._found

    def find(self, key: K) -> V | None:
        """Return what is kept, which so was asked for just now."""
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
        return found

    def keep(self, key: K, value: V) -> None:
        """Keep it, in the place of what was kept under this key."""
        before = self._found.pop(key, None)
        self._weight += self._weigh(value) - (self._weigh(before) if before is not None else 0)
        self._found[key] = value
        while self._weight > self._most:
            self._weight -= self._weigh(self._found.popitem(last=False)[1])
