"""What the host says of who may, where it is asked live: one verdict for each person, record and level. Pure.

Law: what was not asked yet is no, and is noted; nobody acts upon a decision while something it asked for is missing.
"""

from collections.abc import Mapping

Question = tuple[str, str, int]
"""A person's id, a record `type:key`, and the rank of a level."""


class Verdicts:
    """What the host said, as far as one request needs it, and what it has to be asked still."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._known: dict[Question, bool] = {}
        self._closed = False
        self.missing: set[Question] = set()

    def rank(self, person_id: str, record: str, *, above: int, upto: int) -> int:
        """Return the highest rank, above one that the person has anyway and up to one that matters, that the host allows."""
        found = above
        for rank in range(above + 1, upto + 1):
            verdict = self._known.get((person_id, record, rank))
            if verdict:
                found = rank
            elif verdict is None and not self._closed:
                self.missing.add((person_id, record, rank))
        return found

    def learn(self, said: Mapping[Question, bool]) -> None:
        """Take note of what the host said."""
        self._known.update(said)
        self.missing -= said.keys()

    def close(self) -> None:
        """Leave it at that: what is missing is no."""
        self._closed = True
        self.missing.clear()
