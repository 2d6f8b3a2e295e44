"""Who is at a record now, and who is writing there: short-lived words between pages, never in the log.

Law: words may be lost and nothing depends on them; each process says again every few seconds who is with it, and forgets
whom it hears no more of. Who hides is not told of, a guest hears only of guests, and nobody of what they may not see.
"""

import asyncio
import secrets
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from functools import cache
from math import inf
from time import monotonic
from typing import Any

import orjson

from ..access.policy import Caller, may_see, must
from ..errors import NotFound, Problem, ValidationFailed
from ..events.bus import record_hint
from ..people.preferences import liked
from ..people.queries import cards
from ..threads.model import Thread
from .frames import frame
from .listener import Listener
from .seat import Place, Seat
from .subscription import Subscription

PAUSE = 1.0
"""Seconds between two tellings of one record's people, and between two words of one page about writing."""
AGAIN, FORGOTTEN = 10.0, 25.0
"""Seconds after which a process says again who is with it, and after which others forget them."""
LONGEST = 7_500
"""Bytes of a word that every bus can carry; a longer one is told in this process alone."""


class Presence:
    """Everybody whom this process knows to be somewhere."""

    def __init__(self, state: Any) -> None:
        """Nobody is anywhere."""
        self._state = state
        self._node, self._count = secrets.token_hex(6), 0
        self._mine: dict[Listener, str] = {}
        self._seats: dict[str, Seat] = {}
        self._there: dict[Place, dict[str, Seat]] = defaultdict(dict)
        self._changed: set[Place] = set()
        self._moved: set[tuple[str, Place]] = set()
        self._asked: dict[Place, float] = {}
        self._woken = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name="presence")

    async def come(self, listener: Listener, record: str, field: str | None) -> None:
        """Let somebody be at a field of a record, and tell them who is there. Raises `ValidationFailed` when they do not listen."""
        if record not in listener.subscriptions:
            raise ValidationFailed.at("present.record", "is a record that this connection subscribes to")
        card = await self._card(listener.caller)
        subscription = listener.subscriptions.get(record)
        if subscription is not None:
            self.greet(subscription, anyway=True)
        if card is None or subscription is None:
            self.go(listener)
            return
        if listener not in self._mine:
            self._count += 1
        name = self._mine.setdefault(listener, f"{self._node}.{self._count}")
        listener.at = record
        self._move(name)
        self._sit(name, Seat(subscription.place, field, card, listener.caller.guest))
        self._move(name)

    def go(self, listener: Listener, record: str | None = None) -> None:
        """Let somebody be nowhere any more; with `record`, only if that is where they are."""
        name = self._mine.get(listener)
        if name is None or (record is not None and listener.at != record):
            return
        del self._mine[listener]
        self._move(name)
        self._rise(name)

    async def write(self, listener: Listener, thread_id: str) -> None:
        """Tell those who see a thread that somebody is writing there.

        Raises `NotFound` when it is of no record that they listen to, or not theirs to see; `Forbidden` when they only read.
        """
        if monotonic() - listener.wrote_at < PAUSE:
            return
        listener.wrote_at = monotonic()
        caller = listener.caller
        async with self._state.database.reading(caller.workspace_id) as look:
            thread = await look.row(Thread, id=thread_id)
        subscription = next((one for one in listener.subscriptions.values() if thread and one.record_id == thread.record_id), None)
        if thread is None or subscription is None:
            raise NotFound
        must(subscription.rank, "comment", seen=may_see(caller, thread.visibility, thread.members))
        card = await self._card(caller)
        if card is not None:
            said = {"writes": card, "thread_id": thread_id, "sees": [thread.visibility, thread.members]}
            place = caller.workspace_id, thread.record_id
            self._tell_writing(place, said)
            self._whisper(place, said)

    def follow(self, listener: Listener, subscription: Subscription) -> None:
        """Let somebody be where their record is, now that it is known which it is."""
        seat, place = self._seats.get(self._mine.get(listener, "")), subscription.place
        if seat is not None and listener.at == subscription.record and seat.place != place:
            name = self._mine[listener]
            self._move(name)
            self._sit(name, replace(seat, place=place))
            self._move(name)

    def greet(self, subscription: Subscription, *, anyway: bool) -> None:
        """Tell somebody who begins to listen who is there; `anyway` also that nobody is.

        Where this process perhaps did not hear of the record until now, it asks the others who is with them.
        """
        place = subscription.place
        if not self._state.bus.hears_all and self._asked.get(place, -inf) < monotonic() - AGAIN:
            self._asked[place] = monotonic()
            self._whisper(place, {"asks": True})
        people = self._people(place, guest=subscription.caller.guest)
        if people or anyway:
            subscription.whisper(frame({"presence": {"record": subscription.record, "people": people}}))

    def hear(self, hints: set[str]) -> set[str]:
        """Take the words of other processes out of what came over the bus; returns the rest."""
        words = {hint for hint in hints if "!{" in hint}
        for one in words:
            about, _, said = one.partition("!")
            with suppress(orjson.JSONDecodeError):  # somebody else speaks on this bus too
                self._heed(about.partition(".")[0], orjson.loads(said))
        return hints - words

    def close(self) -> None:
        """Stop."""
        self._task.cancel()

    async def _run(self) -> None:
        last = monotonic()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN):
                    await self._woken.wait()
            self._woken.clear()
            if monotonic() - last >= AGAIN:
                last = monotonic()
                await self._say_again()
            moved, self._moved = self._moved, set()
            for name, place in moved:
                self._say_where(name, place)
            changed, self._changed = self._changed, set()
            for place in changed:
                self._tell(place)
            await asyncio.sleep(PAUSE)

    async def _say_again(self) -> None:
        """Say who is here still, under the card that they have by now; forget whom nobody speaks of."""
        for name in [name for name, seat in self._seats.items() if seat.until < monotonic()]:
            self._rise(name)
        self._asked = {place: at for place, at in self._asked.items() if at > monotonic() - AGAIN}
        for listener, name in list(self._mine.items()):
            try:
                card = await self._card(listener.caller)
            except Problem:
                continue
            seat = self._seats.get(name)
            if card is None:
                self.go(listener)
            elif seat is not None:  # else they went meanwhile
                self._sit(name, Seat(seat.place, seat.field, card, listener.caller.guest))
                self._move(name)

    def _move(self, name: str) -> None:
        """Let the others be told, where somebody sits now, whether they still do."""
        seat = self._seats.get(name)
        if seat is not None:
            self._moved.add((name, seat.place))

    def _say_where(self, name: str, place: Place) -> None:
        seat = self._seats.get(name)
        if seat is None or seat.place != place:
            self._whisper(place, {"gone": name})
        else:
            self._whisper(place, {"sits": name, "field": seat.field, "card": seat.card, "guest": seat.guest})

    def _whisper(self, place: Place, said: dict[str, Any]) -> None:
        word = f"{record_hint(*place)}!{orjson.dumps({**said, 'record_id': place[1], 'from': self._node}).decode()}"
        if len(word.encode()) < LONGEST:
            self._state.bus.publish({word})

    def _heed(self, workspace_id: str, said: dict[str, Any]) -> None:
        if said.get("from") == self._node:
            return
        place = workspace_id, said["record_id"]
        if "sits" in said:
            self._sit(said["sits"], Seat(place, said["field"], said["card"], said["guest"], monotonic() + FORGOTTEN))
        elif "gone" in said and said["gone"] in self._there.get(place, {}):
            self._rise(said["gone"])
        elif "asks" in said:
            for name in self._mine.values():
                if name in self._there.get(place, {}):
                    self._move(name)
                    self._woken.set()
        elif "writes" in said:
            self._tell_writing(place, said)

    def _sit(self, name: str, seat: Seat) -> None:
        before = self._seats.get(name)
        if before is None or (before.place, before.field, before.card) != (seat.place, seat.field, seat.card):
            self._rise(name)  # who moves is the newest there
            self._changed.add(seat.place)
            self._woken.set()
        self._seats[name] = self._there[seat.place][name] = seat

    def _rise(self, name: str) -> None:
        seat = self._seats.pop(name, None)
        if seat is not None:
            del self._there[seat.place][name]
            if not self._there[seat.place]:
                del self._there[seat.place]
            self._changed.add(seat.place)
            self._woken.set()

    def _tell(self, place: Place) -> None:
        people = {guest: self._people(place, guest=guest) for guest in (False, True)}
        written = cache(lambda record, guest: frame({"presence": {"record": record, "people": people[guest]}}))
        for subscription in self._state.tails.ears(*place):
            subscription.whisper(written(subscription.record, subscription.caller.guest))

    def _tell_writing(self, place: Place, said: dict[str, Any]) -> None:
        visibility, members = said["sees"]
        told = {"thread_id": said["thread_id"], "person": said["writes"]}
        written = cache(lambda record: frame({"typing": {"record": record, **told}}))
        for subscription in self._state.tails.ears(*place):
            caller = subscription.caller
            if caller.person_id != said["writes"]["id"] and may_see(caller, visibility, members):
                subscription.whisper(written(subscription.record))

    def _people(self, place: Place, *, guest: bool) -> list[dict[str, Any]]:
        """Return the cards of who is there, each person once, with the field that their newest page is at."""
        seats = [seat for seat in self._there.get(place, {}).values() if seat.guest or not guest]
        return list({seat.card["id"]: {**seat.card, "field": seat.field} for seat in seats}.values())

    async def _card(self, caller: Caller) -> dict[str, Any] | None:
        """Return somebody's card; `None` when they hide."""
        person_id = caller.must_be_person()
        async with self._state.database.reading(caller.workspace_id) as look:
            hides = (await liked(look, [person_id]))[person_id]["hide_presence"]
            return None if hides else (await cards(look, [person_id]))[person_id]
