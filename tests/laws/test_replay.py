"""A reading and the frames after its cursor make the later reading: for every command, and for every viewer.

Random histories of all scenes (`tests/scenes.py`), by several people over several threads; each viewer begins to look
somewhere in the middle, and hears once as it happens and once afterwards, from the same cursor.
APROPOS_TEST_HISTORIES says how many, or which (`2000-3000`), 10,000 is the promise (MEASURES §3); 200 took 349 s on two cores
that others used too. APROPOS_KEEP_HISTORIES names a folder for one page of each, which the widget's tests play where the same
is set (`make histories N=1000 FROM=2000`). APROPOS_RECORD_FRAMES=1 writes `frames/`,
which the widget's tests play too (`make frames`).
"""

import functools
import json
import os
import random
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

import replay
from apropos import AsyncApropos
from apropos._protocol import trusted
from apropos_service.events.catalog import CATALOG
from conftest import token_for
from histories import History
from listening import page
from scenes import SCENES, Cast
from viewers import Viewer

HISTORIES = range(*map(int, os.environ.get("APROPOS_TEST_HISTORIES", "4").split("-")))
ALONE = "APROPOS_TEST_HISTORIES" in os.environ
"""Whether histories are played for themselves: then they turn the clock, which others who share the service do not expect."""
ONCE = set() if ALONE else {7, 65, 5004}
"""Seeds that failed once, one for each fault of ours that they found: they are always played."""
KEEP = os.environ.get("APROPOS_KEEP_HISTORIES")
MOVES, LOOK = 24, 4
FRAMES = Path(__file__).parent / "frames"
RECORDS = "APROPOS_RECORD_FRAMES" in os.environ
KEPT = {"guest": (3, "gus"), "manager": (15, "mia"), "member": (10, "ada")}
"""Random histories that the widget plays as well: which, and whose page."""
READS = 0.3
"""How likely it is that somebody reads, after each move."""
READERS = {"ada", "mia"}
TIMES = "their scenes wait for the time; histories turn the clock (`tests/meanwhile.py`), and pages hear it there"
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
WITHOUT = {kind for kind, why in UNHEARD.items() if why in (TIMES, SERVERS)}
"""Events whose scenes are not played here."""
PEOPLE = {
    "ada": {"grants": {"*": "comment"}},
    "bo": {"grants": {"*": "comment"}},
    "mia": {"grants": {"*": "manage"}},
    "gus": {"grants": {"*": "comment"}, "guest": True},
    "ray": {"grants": {"*": "read"}},
}


class Stage:
    """One workspace with its people, who act and look; `turn` turns the clock (`History`)."""

    def __init__(self, world, stack, turn):
        self.world, self._stack, self._turn = world, stack, turn
        self.tokens = {name: token_for(world, name, **card) for name, card in PEOPLE.items()}

    async def history(self, seed):
        """Return a history that has not begun."""
        people = {name: await self._client(token=token) for name, token in self.tokens.items()}
        return History(seed, await self._client(key=self.world.key), people, WITHOUT, self._turn)

    async def viewer(self, person):
        """Return a page that has not looked yet."""
        token = self.tokens[person]
        http = httpx.AsyncClient(
            base_url=self.world.url, headers={"Authorization": f"Bearer {token}"}, timeout=60, verify=trusted()
        )
        return Viewer(
            person, await self._stack.enter_async_context(http), await self._stack.enter_async_context(page(self.world.url, token))
        )

    async def _client(self, **who):
        return await self._stack.enter_async_context(AsyncApropos(self.world.url, **who))


@pytest.fixture
async def stage(world, clock, settled, rung):
    async def turn(hours):
        if not ALONE:
            return
        await settled()
        clock.turn(hours * 3_600_000)
        await rung()
        await settled()

    async with AsyncExitStack() as stack:
        yield Stage(world, stack, turn)


async def play(stage, seed):
    """Play a history; return it, its last thread, and those who looked, each from some moment on."""
    history, viewers, reading = await stage.history(seed), {}, random.Random(f"{seed} reading")
    begins = {person: history.random.randrange(MOVES - 4) for person in history.random.sample(sorted(PEOPLE), LOOK)}
    for move in range(MOVES):
        await history.move()
        for viewer in viewers.values():
            viewer.known_as = history.record
        for person in (person for person, begin in begins.items() if begin == move):
            viewers[person] = await stage.viewer(person)
            await viewers[person].look(history.record)
        if history.threads and history.random.random() < READS:
            for person in sorted(READERS & set(viewers)):
                await viewers[person].read_on(history.random.choice(history.threads), reading)
    return history, await history.end(), viewers


@pytest.mark.parametrize("seed", sorted({*HISTORIES, *ONCE}))
async def test_a_reading_and_the_frames_after_it_are_the_later_reading(stage, seed):
    history, end, viewers = await play(stage, seed)

    for person, viewer in viewers.items():
        await viewer.keep_up(end.id, end.seq)
        later = await viewer.reading(history.record)
        viewer.must_show(later)
        if person not in READERS:
            await must_catch_up(await stage.viewer(person), viewer.steps[0]["reading"], end, later)
    if KEEP:
        person = sorted(viewers)[seed % len(viewers)]
        replay.keep(Path(KEEP) / f"{seed}-{person}.json", await viewers[person].recorded(history.record))


async def must_catch_up(late, reading, end, later):
    """Fail unless a page that was away since its reading shows, once it is back, what a later reading does.

    Where the record was renamed meanwhile and then erased, or its name given to another, nothing leads from its earlier name to
    what is there now, and the host's page says which name that is.
    """
    late.record, late.now, late.known_as = reading["record"]["record"], reading, later["record"]["record"]
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
    for kind in sorted(
        set(SCENES) - WITHOUT, key=lambda kind: (kind.startswith(("record.", "thread.")), kind == "record.erased", kind)
    ):
        if not cast.thread or kind.startswith(("thread.", "record.")):
            opened = await cast.open(field="q3/amount")
            await viewer.keep_up(opened.id, opened.seq)
        await SCENES[kind](cast)
        await cast.host.records.describe(cast.record, archived=False)
    history.record = cast.record
    end = await history.end()
    await viewer.keep_up(end.id, end.seq)
    return await viewer.recorded(history.record)
