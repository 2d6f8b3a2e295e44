"""One listener's wish to hear of one record: what was missed since a cursor, then what comes, as it comes.

Law: frames of one thread come in the order of `seq`, without gaps or repeats; what the listener may not see is not told.
What can be decided at once is told at once, without a task; only what has to be looked up or asked first is held, in
order, and whoever falls behind by more than `MOST` is told `resync`, never waited for.
"""

import asyncio
from collections import deque
from typing import Any

import structlog

from ..access.policy import Caller, may_see, must
from ..errors import NotFound, Overloaded, Unauthenticated, Unsure
from ..events.catalog import RecordRenamed
from ..paging import is_of
from ..records.model import Record
from ..records.queries import level_on, record_named
from ..threads.telling import Told
from .crowd import Write
from .endings import Lost, Resync
from .listening import Listening
from .missed import missed
from .saying import Saying
from .seat import Place

log = structlog.get_logger()
MOST = 500
AGAIN = 1.0


class Subscription:
    """Tells one listener of one record."""

    __slots__ = (
        "_held", "_late", "_listener", "_of", "_standing", "_state", "_sure", "_task", "_unheard", "_version", "reached", "record",
        "record_id",
    )  # fmt: skip

    def __init__(self, state: Any, listener: Listening, record: str) -> None:
        """Nothing is told before `begin`."""
        self._state, self._listener = state, listener
        self.record = record
        self.record_id: str | None = None
        self.reached = -1
        self._held: deque[Saying] = deque()
        self._task: asyncio.Task[None] | None = None
        self._standing: tuple[int, bool] | None = None
        self._sure: Caller | None = None
        self._version = 0
        self._late = self._unheard = False
        self._of: str | None = None

    async def check(self) -> None:
        """Raise `NotFound` when the listener may not see the record, and `Resync` when they may other things than before."""
        async with self._state.database.reading(self._here) as look:
            row = await record_named(look, self.record)
        await self.weigh(row)

    async def weigh(self, row: Record | None) -> None:
        """Do what `check` does, with the record as it is."""
        self._state.tails.place(self._here, self, row.id if row else None)
        self._state.presence.follow(self._listener, self)
        caller = self._listener.caller
        rank = level_on(caller, self.record, row)
        while caller.unsure and caller.verdicts is not None:
            await self._state.asking.fill(self._here, caller.verdicts)
            rank = level_on(caller, self.record, row)
        must(rank, "read")
        self._stand(rank)

    def begin(self, after: int | None, of: str | None = None) -> None:
        """Tell what came after this place in the log `of` a record, and what comes; `None` begins now."""
        self._of = of
        self._task = asyncio.create_task(self._run(after, joined=False))

    def end(self) -> None:
        """Tell nothing more."""
        self.reached = max(self.reached, self._state.tails.position(self._here))
        self._state.tails.leave(self._here, self)
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()

    @property
    def cursor(self) -> str:
        """The place that this has come to; once it is over, the newest: whoever reads the record now reads all up to there."""
        cursor: str = self._state.cursors.seal_place(self._here, max(self.reached, 0), self.record_id, self.record)
        return cursor

    @property
    def caller(self) -> Caller:
        """Who listens."""
        return self._listener.caller

    @property
    def place(self) -> Place:
        """Where this is."""
        return self._here, self.record_id or self.record

    @property
    def rank(self) -> int:
        """What the caller may on the record, as it was found out last."""
        return self._standing[0] if self._standing is not None else 0

    def whisper(self, frame: bytes) -> None:
        """Tell what does not last, and is nothing of the log, to whoever is told all that came before."""
        if self._task is None:
            self._listener.mouth.whisper(frame)
        else:
            self._unheard = True

    def found(self, record: Record) -> None:
        """Learn which record it is."""
        self.record_id, self._late = record.id, record.name != self.record
        self._state.presence.follow(self._listener, self)

    def unsettle(self) -> None:
        """Be asked before anything more is told."""
        self._state.tails.unsettle(self._here, self)

    def hear(self, saying: Saying) -> Write | None:
        """Tell it at once if that can be decided at once and nothing waits before it; else hold it. Returns as an `Ear` does."""
        try:
            if self._task is None:
                self._tell(saying)
                return self._listener.mouth.straight if self._settled(saying) else None
        except (Resync, Lost) as why:
            self._end(why)
            return None
        except Unsure:
            self._task = asyncio.create_task(self._run(None, joined=True))
        self._held.append(saying)
        if len(self._held) > MOST:
            self._end(Resync())
        return None

    def _settled(self, saying: Saying) -> bool:
        """Tell whether the caller, who heard all up to here, surely hears all that is plain; guests hear only what is shared."""
        caller = self._listener.caller
        return self._sure is caller and self._version == saying.version and not caller.guest and self.reached <= saying.position

    @property
    def _here(self) -> str:
        return self._listener.caller.workspace_id

    async def _run(self, after: int | None, *, joined: bool) -> None:
        """Tell what was missed unless it `joined` already, then what is held; when the database is away, go on where that was."""
        while True:
            try:
                if not joined:
                    await self._catch_up(after if self.reached < 0 else self.reached)
                joined = True
                while self._held:
                    await self._tell_surely(self._held[0])
                    self._held.popleft()
            except Overloaded:
                self._state.tails.leave(self._here, self)
                self._held.clear()
                joined = False
                await asyncio.sleep(AGAIN)
            except (Resync, Lost, NotFound, Unauthenticated) as why:
                self._end(why)
                return
            except Exception as fault:
                log.exception("a subscription failed", problem=repr(fault))
                self._end(Resync())
                return
            else:
                self._task = None
                self._state.presence.greet(self, anyway=self._unheard)
                self._unheard = False
                return

    async def _catch_up(self, after: int | None) -> None:
        live_after = await self._state.tails.join(self._here, self)
        await self.check()
        start = self.reached = live_after if after is None else after
        if not is_of(self._of, self.record_id, self.record):
            raise Resync  # it says nothing of what was read of this record
        cursor = self.cursor
        may = self.caller.can(self.rank)
        self._listener.mouth.say("subscribed", {"record": self.record, "cursor": cursor, "can": may}, cursor)
        async for told in missed(self._state.database, self._here, self.record_id, start, live_after):
            reached = self._state.cursors.seal_place(self._here, told.position, self.record_id, self.record)
            await self._tell_surely(Saying(told, reached))
        self.reached = max(start, live_after)

    async def _tell_surely(self, saying: Saying) -> None:
        """Tell it once there is room, and once everything is known that decides whether to."""
        await self._listener.mouth.room()
        while True:
            try:
                self._tell(saying)
            except Unsure:
                caller = self._listener.caller
                if saying.told.epoch > caller.epoch:
                    caller = await self._listener.renew(saying.told.epoch)
                if caller.verdicts is not None:
                    await self._state.asking.fill(caller.workspace_id, caller.verdicts)
            else:
                return

    def _tell(self, saying: Saying) -> None:
        told = saying.told
        if told.position <= self.reached:
            return
        if self._wants(told):
            self._listener.mouth.tell(saying, whole=told.before is not None and told.whole_for(self._listener.caller))
            self.reached = told.position
            if told.anew or self._late:
                raise Resync  # nor does a frame tell the beginnings of what a former name brings

    def _wants(self, told: Told) -> bool:
        """Tell whether the listener may hear it. Raises `Unsure` when that is to be looked up, `Resync` and `Lost`."""
        caller = self._listener.caller
        if told.epoch > caller.epoch:
            raise Unsure
        if told.record is None:
            raise Resync  # erased
        if self._sure is not caller or self._version != told.record.version:
            self._decide(caller, told.record)
        if told.envelope["type"] == RecordRenamed.type and told.envelope["record"] == self.record:
            raise Resync  # this name was another record's, or nobody's, when the page read it
        if told.turns(caller):
            raise Resync  # a discussion that came into sight has a beginning that no frame tells; one that went out has to go
        if told.for_servers and not caller.is_host:
            return False
        return told.thread is None or may_see(caller, told.thread.visibility, told.thread.members)

    def _decide(self, caller: Caller, record: Record) -> None:
        """Find out whether the caller still sees the record; that is sure while both stay as they are."""
        rank = level_on(caller, self.record, record)
        if caller.unsure:
            raise Unsure
        if not rank:
            raise Lost
        self._stand(rank)
        self._sure, self._version = (None if caller.verdicts is not None or self._late else caller), record.version

    def _stand(self, rank: int) -> None:
        """Raise `Resync` when the caller may other things than before: what a page offers was read with the earlier rights."""
        before, self._standing = self._standing, (rank, self._listener.caller.guest)
        if before is not None and before != self._standing:
            raise Resync

    def _end(self, why: Exception) -> None:
        self.end()
        self._task = None
        self._listener.over(self, why)
