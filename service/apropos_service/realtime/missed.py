"""What was said of a record between two places in the log, for whoever was away meanwhile."""

from collections.abc import AsyncIterator

from ..database import Database
from ..events.log import entries_after, erased_between, was_pruned
from ..threads.telling import Told, tell
from .endings import Resync

MOST = 5_000
CHUNK = 200


async def missed(database: Database, workspace_id: str, record_id: str | None, after: int, until: int) -> AsyncIterator[Told]:
    """Yield what to tell of each entry about the record after one place and up to another, oldest first.

    `record_id` is `None` where nobody has spoken of it. Raises `Resync` after `MOST` entries, when something of them is kept no
    more, and when any record of the workspace was erased meanwhile: perhaps it is what was read under this name, which nobody
    knows any more.
    """
    count = 0
    while after < until:
        async with database.reading(workspace_id, snapshot=True) as look:
            if await was_pruned(look, after) or await erased_between(look, after, until):
                raise Resync
            entries = await entries_after(look, after, limit=CHUNK, record_id=record_id) if record_id else []
            found = await tell(look, [each for each in entries if each.position <= until], render="both") if entries else []
        if not found:
            return
        after, count = found[-1].position, count + len(found)
        if count > MOST:
            raise Resync
        for told in found:
            yield told
