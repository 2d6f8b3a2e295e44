"""A reading and the frames after its cursor make the later reading: for every command, and for every viewer.

Random histories of all scenes (`tests/scenes.py`), by several people over several threads; each viewer begins to look
somewhere in the middle, and hears once as it happens and once afterwards, from the same cursor.
APROPOS_TEST_HISTORIES says how many; APROPOS_RECORD_FRAMES=1 writes `frames/`, which the widget's tests play too
(`make frames`).
"""

import functools
import json
import os
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import replay
from apropos import AsyncApropos, Conflict, Forbidden, Invalid, NotFound
from apropos_service.events.catalog import CATALOG
from conftest import token_for
from listening import page
from scenes import SCENES, Cast

HISTORIES = int(os.environ.get("APROPOS_TEST_HISTORIES", "4"))
MOVES = 24
RECORD = "forecast_line:a/b%2F ü:عربي"
FRAMES = Path(__file__).parent / "frames"
RECORDS = "APROPOS_RECORD_FRAMES" in os.environ
KEPT = {"guest": (1, "gus"), "manager": (2, "mia"), "member": (3, "ada")}
"""Random histories that the widget plays as well: which, and whose page."""
OFTEN = {"record.merged": 0.3, "record.erased": 0.1, "record.archived": 0.1, "record.renamed": 0.3, "thread.archived": 0.3}
"""How often something is done, against everything else, which is 1."""
NEW, LONG, AGAIN, READS = 0.15, 0.3, 0.5, 0.3
"""How likely it is that a thread is opened, that it is long, that an earlier comment is taken up, that somebody reads."""
READERS = {"ada", "mia"}
TIMES = "readers bring it about when its time comes, and histories do not wait; test_telling.py hears it"
SERVERS = "it is about no record: only the host's servers hear of it"
UNHEARD = {
    "person.described": "cards of people are as they were when somebody was last named",
    "access.requested": "only the host hears of it",
    "access.closed": "the same",
    "record.erased": "pages are told to read anew",
    "notice.due_soon": TIMES,
    "notice.overdue": TIMES,
    "notice.review_due": TIMES,
    "webhook.tested": SERVERS,
    "webhook.disabled": SERVERS,
}
"""Events that are no frames here, each with the reason."""
MOVES_OF = {kind: scene for kind, scene in SCENES.items() if UNHEARD.get(kind) not in (TIMES, SERVERS)}
"""What may happen in a history."""
PEOPLE = {
    "ada": {"grants": {"*": "comment"}},
    "bo": {"grants": {"*": "comment"}},
    "mia": {"grants": {"*": "manage"}},
    "gus": {"grants": {"*": "comment"}, "guest": True},
}


class Viewer:
    """A page that somebody looks at: a reading, kept up by frames. `steps` is what it read and was told."""

    def __init__(self, person, http, socket):
        self.person, self._http, self._socket = person, http, socket
        self.record, self.now = "", {}
        self.steps, self.chosen = [], set()

    async def look(self, record):
        """Read a record, and hear what comes after."""
        self.record = record
        self._step({"reading": await self.reading(record)})
        await self.listen(self.now["cursor"])

    async def listen(self, cursor):
        """Hear of the record after a place in the log."""
        await self._socket.say({"subscribe": [{"record": self.record, "after": cursor}]})

    async def reading(self, record):
        """Return what a page reads of a record."""
        answer = await self._http.get("/v1/conversation", params={"record": record, "render": "nodes", "limit": 100})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def keep_up(self, thread_id, seq):
        """Hear until a thread's event `seq`."""
        while not any(one["id"] == thread_id and one["seq"] >= seq for one in self.now["threads"]):
            frame = await self._socket.hear()
            assert "error" not in frame, frame
            if "resync" in frame:
                await self.look(self.now["record"]["record"])
            elif "event" in frame:
                self._take(frame["event"])

    async def read_on(self, thread_id):
        """Read a thread to its end, when the page knows all of it."""
        answer = await self._http.get(f"/v1/threads/{thread_id}")
        if not answer.is_success or answer.json()["record"] != self.now["record"]["record"]:
            return
        seq = answer.json()["seq"]
        await self.keep_up(thread_id, seq)
        answer = await self._http.put(f"/v1/threads/{thread_id}/read", json={"seq": seq})
        assert answer.status_code == 200, answer.text
        self._step({"read": {"thread_id": thread_id, "seq": seq}})

    async def recorded(self, record):
        """Return what there is to play again: what it read and was told, and what it must come to."""
        later = await self.reading(record)
        return replay.canonical({"viewer": self.person, "chosen": sorted(self.chosen), "steps": self.steps, "later": later})

    def must_show(self, later):
        """Fail unless the page shows what a later reading does."""
        common = {"chosen": self.chosen, "people": set(later["people"])}
        assert list(replay.differences(replay.compared(self.now, **common), replay.compared(later, **common))) == [], self.person

    def _take(self, event):
        if event["type"] == "watch.changed" and event["data"]["person_id"] == self.person:
            self.chosen.add(event["thread_id"])
        self._step({"frame": event})

    def _step(self, step):
        self.now = replay.take(self.now, step)
        self.steps.append(step)


class History:
    """What happens on a record, from a seed: who does what, where, in any order."""

    def __init__(self, seed, host, people):
        self.host, self.people = host, people
        self.record = f"{RECORD} {seed}"
        self.random = random.Random(seed)
        self.threads = []

    async def move(self):
        """Let something happen; what is refused has not happened."""
        kind = self.random.choices(sorted(MOVES_OF), [OFTEN.get(kind, 1) for kind in sorted(MOVES_OF)])[0]
        cast = self.cast()
        try:
            if not self.threads or self.random.random() < NEW:
                await cast.open()
            cast.thread = self.random.choice(self.threads)
            await MOVES_OF[kind](cast)
        except (Conflict, Forbidden, Invalid, NotFound):
            pass
        finally:
            self.record = cast.record

    async def end(self):
        """Open a last thread, which everybody hears of."""
        await self.host.records.describe(self.record, archived=False)
        return await self.host.threads.open(self.record, "the end", visibility="shared")

    def cast(self):
        """Return two people who act next, and how visible the threads are that they open."""
        visibility = self.random.choice(["internal", "shared", "restricted"])
        names = tuple(self.random.sample(sorted(self.people), 2))
        about = {"visibility": visibility, "members": list(names) if visibility == "restricted" else []}
        about |= {"field": self.random.choice(["q3/amount", "q3/cost"])}
        author, other = (self.people[name] for name in names)
        return Wanderer(self.host, author, other, names, self.record, "some *words*", about=about, history=self)


@dataclass
class Wanderer(Cast):
    """A cast that goes into any thread, and takes up what was said there before."""

    history: History | None = None

    async def open(self, **draft):
        opened = await super().open(**draft)
        self.history.threads.append(opened.id)
        for _ in range(replay.LAST if self.history.random.random() < LONG else 0):
            await super().comment(self.history.random.choice(["comment", "question", "decision"]))
        return opened

    async def comment(self, kind="comment"):
        said = [one async for one in self.host.threads.comments(self.thread)]
        mine = [one for one in said if (one.author, one.kind, one.withdrawn_at) == (self.names[0], kind, None)]
        return self.history.random.choice(mine) if mine and self.history.random.random() < AGAIN else await super().comment(kind)


class Stage:
    """One workspace with its people, who act and look."""

    def __init__(self, world, stack):
        self.world, self._stack = world, stack
        self.tokens = {name: token_for(world, name, **card) for name, card in PEOPLE.items()}

    async def history(self, seed):
        """Return a history that has not begun."""
        people = {name: await self._client(token=token) for name, token in self.tokens.items()}
        return History(seed, await self._client(key=self.world.key), people)

    async def viewer(self, person):
        """Return a page that has not looked yet."""
        token = self.tokens[person]
        http = httpx.AsyncClient(base_url=self.world.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
        return Viewer(
            person, await self._stack.enter_async_context(http), await self._stack.enter_async_context(page(self.world.url, token))
        )

    async def _client(self, **who):
        return await self._stack.enter_async_context(AsyncApropos(self.world.url, **who))


@pytest.fixture
async def stage(world):
    async with AsyncExitStack() as stack:
        yield Stage(world, stack)


async def play(stage, seed):
    """Play a history; return it, its last thread, and those who looked, each from some moment on."""
    history, viewers = await stage.history(seed), {}
    begins = {person: history.random.randrange(MOVES - 4) for person in PEOPLE}
    for move in range(MOVES):
        await history.move()
        for person in (person for person, begin in begins.items() if begin == move):
            viewers[person] = await stage.viewer(person)
            await viewers[person].look(history.record)
        if history.threads and history.random.random() < READS:
            for person in READERS & set(viewers):
                await viewers[person].read_on(history.random.choice(history.threads))
    return history, await history.end(), viewers


@pytest.mark.parametrize("seed", range(HISTORIES))
async def test_a_reading_and_the_frames_after_it_are_the_later_reading(stage, seed):
    history, end, viewers = await play(stage, seed)

    for person, viewer in viewers.items():
        await viewer.keep_up(end.id, end.seq)
        later = await viewer.reading(history.record)
        viewer.must_show(later)
        if person not in READERS:
            await must_catch_up(await stage.viewer(person), viewer.steps[0]["reading"], end, later)


async def must_catch_up(late, reading, end, later):
    """Fail unless a page that was away since its reading shows, once it is back, what a later reading does."""
    late.record, late.now = reading["record"]["record"], reading
    await late.listen(reading["cursor"])
    await late.keep_up(end.id, end.seq)
    late.must_show(later)


async def test_the_frames_that_the_widget_plays_are_current(stage):
    """Every kind of frame is there, of today's shape; and the recorded histories hold."""
    fresh = {"everything": await everything(stage)}
    if RECORDS:
        for name, (seed, person) in KEPT.items():
            history, end, viewers = await play(stage, seed)
            await viewers[person].keep_up(end.id, end.seq)
            fresh[name] = await viewers[person].recorded(history.record)
        for name, recorded in fresh.items():
            replay.keep(FRAMES / f"{name}.json", recorded)
    kept = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FRAMES.glob("*.json"))}

    assert set(kept) == {"everything", *KEPT}
    for recorded in kept.values():
        common = {"chosen": recorded["chosen"], "people": set(recorded["later"]["people"])}
        now = functools.reduce(replay.take, recorded["steps"], None)
        assert list(replay.differences(replay.compared(now, **common), replay.compared(recorded["later"], **common))) == []
    shapes = {name: replay.shapes(one) for name, one in (("kept", kept["everything"]), ("fresh", fresh["everything"]))}
    assert list(replay.differences(shapes["kept"], shapes["fresh"])) == [], "frames changed: make frames"
    assert set(shapes["fresh"]) == set(CATALOG) - set(UNHEARD), "a new event is heard by pages, or says in UNHEARD why not"


async def everything(stage):
    """Play every scene once, in one thread as long as it is open; return what a page was told, from before the beginning."""
    history = await stage.history("everything")
    names, viewer = ("ada", "bo"), await stage.viewer("bo")
    people = [history.people[name] for name in names]
    await viewer.look(history.record)
    cast = Cast(history.host, *people, names, history.record, "some *words*", about={"visibility": "shared"})
    for kind in sorted(MOVES_OF, key=lambda kind: (kind.startswith(("record.", "thread.")), kind == "record.erased", kind)):
        if not cast.thread or kind.startswith(("thread.", "record.")):
            opened = await cast.open(field="q3/amount")
            await viewer.keep_up(opened.id, opened.seq)
        await MOVES_OF[kind](cast)
        await cast.host.records.describe(cast.record, archived=False)
    history.record = cast.record
    end = await history.end()
    await viewer.keep_up(end.id, end.seq)
    return await viewer.recorded(history.record)
