"""What every event is: a fact in the past tense, immutable and thin."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `type` is its name on every way out.

    `says` names the facts that hold what somebody wrote: an erasure takes them out of the log.
    """

    type: ClassVar[str]
    says: ClassVar[tuple[str, ...]] = ()

    def facts(self) -> dict[str, Any]:
        """Return what the log keeps beside the ids."""
        return {each.name: getattr(self, each.name) for each in fields(self)}
