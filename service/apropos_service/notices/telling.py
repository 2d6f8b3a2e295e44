"""For whom a notice of a thread is kept: whoever its visibility lets.

Law: keeping is not telling. Whether somebody may see the record is asked when they are told, in the way in which it is asked
everywhere: when an entry is shown or counted, with the token they come with and the host's live answer (docs/decisions/0016).
"""

from collections.abc import Collection

from ..access.policy import may_see
from ..database import Reading
from ..people.queries import known_as
from ..threads.model import Thread


async def may_be_kept_for(look: Reading, thread: Thread, people: Collection[str]) -> set[str]:
    """Return those of these people whom the thread's visibility lets see it now."""
    known = await known_as(look, people)
    return {one for one, them in known.items() if may_see(them, thread.visibility, thread.members)}
