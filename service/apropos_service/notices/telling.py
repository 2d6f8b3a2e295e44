"""For whom a notice of a thread is kept: whoever its visibility lets.

Law: keeping is not telling. Whether somebody may see the record is asked when they are told, in the way in which it is asked
everywhere: when an entry is shown or counted, with the token they come with and the host's live answer (docs/decisions/0016).
"""

from collections.abc import Iterable

from ..access.policy import Caller, may_see
from ..threads.model import Thread


def may_be_kept_for(thread: Thread, people: Iterable[Caller]) -> set[str]:
    """Return the ids of those of these people whom the thread's visibility lets see it now."""
    return {one.name for one in people if may_see(one, thread.visibility, thread.members)}
