"""What is said on one WebSocket: who speaks, which records they listen to, and what is answered.

Law: nothing is told before the first frame proved who listens; a bad frame is answered, and only what cannot be
understood or what is too much ends it.
"""

import asyncio
from collections import deque
from typing import Any, Protocol

import orjson
import structlog

from ..errors import Overloaded, Problem, Unauthenticated, ValidationFailed
from ..records.names import check_field, parse_record
from .crowd import Write
from .listener import Listener
from .saying import Saying

log = structlog.get_logger()
FIRST_FRAME = 10.0
MOST_SUBSCRIPTIONS = 200
WAITING = 32
"""Messages of a peer that wait to be obeyed, before it is not listened to for a while."""
POLICY, FAILED, RESTARTING, TRY_AGAIN_LATER = 1008, 1011, 1012, 1013


class Line(Protocol):
    """The connection."""

    @property
    def straight(self) -> Write | None:
        """What writes a whole frame until the page is unsettled; `None` while something is in the way."""

    async def room(self) -> None:
        """Wait until the peer has read most of what it was told."""

    def write(self, frame: bytes) -> None:
        """Write a whole frame."""

    def say(self, said: Any) -> None:
        """Write JSON."""

    def close(self, code: int) -> None:
        """Close."""

    def hold(self, *, still: bool) -> None:
        """Read nothing from the peer while `still`."""

    def beat(self) -> None:
        """See whether the peer is there."""


class Page:
    """Serves one connection; a task runs only while something that was said is being obeyed."""

    __slots__ = ("_late", "_line", "_listener", "_obeying", "_said", "_state")

    def __init__(self, state: Any, line: Line) -> None:
        """Wait for the first frame."""
        self._state, self._line = state, line
        self._listener: Listener | None = None
        self._said: deque[str] = deque()
        self._obeying: asyncio.Task[None] | None = None
        self._late = asyncio.get_running_loop().call_later(FIRST_FRAME, self._is_late)

    def hear(self, message: str) -> None:
        """Hear a message."""
        self._said.append(message)
        if self._obeying is None:
            self._obeying = asyncio.create_task(self._obey_all())
        elif len(self._said) == WAITING:
            self._line.hold(still=True)

    def leave(self) -> None:
        """End: the peer is gone."""
        self._late.cancel()
        if self._obeying is not None:
            self._obeying.cancel()
        if self._listener is not None:
            self._listener.leave()

    def fell_behind(self) -> None:
        """Say that everything has to be read anew."""
        if self._listener is not None:
            records = list(self._listener.subscriptions)
            self._listener.leave()
            for record in records:
                self.say("resync", {"record": record})

    def unsettle(self) -> None:
        """Know that something is in the way of what is told."""
        if self._listener is not None:
            self._listener.unsettle()

    @property
    def straight(self) -> Write | None:
        """What writes a frame without more ado."""
        return self._line.straight

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._line.room()

    def tell(self, saying: Saying, *, whole: bool) -> None:
        """Tell of an entry."""
        self._line.write(saying.whole_frame if whole else saying.frame)

    def say(self, kind: str, said: Any, cursor: str | None = None) -> None:  # noqa: ARG002 a frame says it itself
        """Say something else."""
        self._line.say({kind: said})

    def whisper(self, frame: bytes) -> None:
        """Say what does not last."""
        self._line.write(frame)

    def beat(self) -> None:
        """See whether the peer is there."""
        self._line.beat()

    def end(self, problem: Problem) -> None:
        """Say what is wrong, and close."""
        self.say("error", problem.document())
        self._line.close(TRY_AGAIN_LATER if isinstance(problem, Overloaded) else POLICY)
        self.leave()

    def stop(self, wait: int) -> None:
        """Say to come again in `wait` milliseconds, and close: this process stops."""
        self.say("retry", wait)
        self._line.close(RESTARTING)
        self.leave()

    def _is_late(self) -> None:
        self.end(Unauthenticated('The first frame is {"token": "…"}, within 10 seconds.'))

    async def _obey_all(self) -> None:
        try:
            while self._said:
                await self._take(_read(self._said.popleft()))
                if len(self._said) == WAITING - 1:
                    self._line.hold(still=False)
        except Problem as problem:
            self._obeying = None
            self.end(problem)
        except Exception as fault:
            log.exception("a page failed", problem=repr(fault))
            self._line.close(FAILED)
            self.leave()
        else:
            self._obeying = None

    async def _take(self, frame: dict[str, Any]) -> None:
        if self._listener is None:
            frame = await self._hello(frame)
        for name, value in frame.items():
            try:
                await self._obey(name, value)
            except Unauthenticated:
                raise
            except Problem as problem:
                self.say("error", problem.document())

    async def _hello(self, first: dict[str, Any]) -> dict[str, Any]:
        """Learn who listens; returns what else the first frame says."""
        bearer = first.get("token")
        if not isinstance(bearer, str):
            raise Unauthenticated('The first frame is {"token": "…"}.')
        self._state.stopping.must_go_on()
        caller = await self._state.callers.identify(bearer, None)
        caller.must_reach("/v1/live")
        self._late.cancel()
        self._listener = Listener(self._state, self, caller, bearer)
        self.say("authenticated", True)
        if caller.person_id is not None:
            self._state.counting.enter(self._listener)
        return {name: value for name, value in first.items() if name != "token"}

    async def _obey(self, name: str, value: Any) -> None:
        assert self._listener is not None  # noqa: S101 nothing is obeyed before hello
        if name == "token" and isinstance(value, str):
            await self._listener.become(value)
            self.say("authenticated", True)
            await self._listener.weigh_all()
        elif name == "subscribe" and isinstance(value, list):
            for wish in value:
                self._subscribe(self._listener, wish)
        elif name == "unsubscribe" and isinstance(value, list):
            for wish in value:
                self._unsubscribe(self._listener, wish)
        elif name == "present" and (value is None or isinstance(value, dict)):
            await self._be_present(self._listener, value)
        elif name == "typing" and isinstance(value, dict) and isinstance(value.get("thread_id"), str):
            _must_be_known("typing", value, "thread_id")
            await self._state.presence.write(self._listener, value["thread_id"])
        elif name == "ping" and isinstance(value, int):
            self.say("pong", value)
        else:
            raise ValidationFailed.at(name, "is token, subscribe, unsubscribe, typing, present or ping, each of its shape")

    async def _be_present(self, listener: Listener, where: dict[str, Any] | None) -> None:
        if where is None:
            self._state.presence.go(listener)
            return
        record, field = where.get("record"), where.get("field")
        _must_be_known("present", where, "record", "field")
        if not isinstance(record, str) or not (field is None or isinstance(field, str)):
            raise ValidationFailed.at("present", 'is null, or {"record": "type:key", "field": "a/path" or null}')
        try:
            check_field(field or "a")
        except ValueError as problem:
            raise ValidationFailed.at("present.field", str(problem)) from problem
        await self._state.presence.come(listener, record, field)

    def _subscribe(self, listener: Listener, wish: Any) -> None:
        record = wish.get("record") if isinstance(wish, dict) else wish
        after = wish.get("after") if isinstance(wish, dict) else None
        _must_be_known("subscribe", wish, "record", "after")
        if not isinstance(record, str) or not (after is None or isinstance(after, str)):
            raise ValidationFailed.at("subscribe", 'is a list of {"record": "type:key", "after": "cursor"}')
        try:
            parse_record(record)
        except ValueError as problem:
            raise ValidationFailed.at("subscribe.record", str(problem)) from problem
        if len(listener.subscriptions) >= MOST_SUBSCRIPTIONS and record not in listener.subscriptions:
            raise ValidationFailed.at("subscribe", f"is at most {MOST_SUBSCRIPTIONS} records on one connection")
        if not listener.subscribe(record, after):
            self.say("resync", {"record": record})

    def _unsubscribe(self, listener: Listener, wish: Any) -> None:
        record = wish.get("record") if isinstance(wish, dict) else wish
        _must_be_known("unsubscribe", wish, "record")
        if not isinstance(record, str):
            raise ValidationFailed.at("unsubscribe", "is a list of records")
        listener.unsubscribe(record)
        self.say("unsubscribed", {"record": record})


def _must_be_known(name: str, said: Any, *members: str) -> None:
    for member in said.keys() - set(members) if isinstance(said, dict) else ():
        raise ValidationFailed.at(f"{name}.{member}", "is not a member we know")  # `aftr` must not begin now


def _read(message: str) -> dict[str, Any]:
    try:
        frame = orjson.loads(message)
    except orjson.JSONDecodeError:
        frame = None
    if not isinstance(frame, dict):
        raise ValidationFailed("A frame is a JSON object.")
    return frame
