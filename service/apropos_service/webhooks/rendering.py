"""What a webhook is told: the envelope of the feed, byte for byte the same to every endpoint."""

from collections.abc import Sequence

import orjson

from ..access.policy import Caller
from ..database import Reading
from ..events.log import Entry
from ..threads.telling import tell


async def rendered(look: Reading, entries: Sequence[Entry]) -> dict[int, str]:
    """Return what is told of each entry, by its position, as a host's server hears it."""
    host = Caller(look.workspace_id, "webhook", scope="full")
    told = await tell(look, entries) if entries else []
    return {one.position: orjson.dumps(one.envelope_for(host)).decode() for one in told}
