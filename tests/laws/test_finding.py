"""A search asks the index of words, however much there is; and the words can be written anew from the log."""

import asyncio
from types import SimpleNamespace

import pytest

from apropos_service.access.policy import Caller
from apropos_service.database import Database, Reading
from apropos_service.events.sealing import Sealing
from apropos_service.events.upkeep import rebuild
from apropos_service.search.asking import asked
from apropos_service.search.model import tag
from apropos_service.threads import finding, listing

SEALING = Sealing(b"test")

MANY = 100_000
INDEXES = "VIRTUAL TABLE INDEX", "ix_said_words_", "uq_said_words", "index_said_words_"
"""What a plan calls an index of words, and those that find the texts of a discussion."""
NUMBERS = {
    "sqlite": f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {MANY})",  # noqa: S608 ours
    "postgresql": f"WITH s(n) AS (SELECT * FROM generate_series(1, {MANY}))",  # noqa: S608 ours
}
FILL = """INSERT INTO said_words (workspace_id, said_id, record_id, thread_id, words)
          SELECT :workspace_id, 'cmt_' || n, :record_id, 'thr_' || (n / 10),
                 :tag || 'w' || (n % 5000) || ' ' || :tag || 'v' || (n % 700) FROM s"""


class Noting(Reading):
    """A place to look that only notes what would be asked; each word has been said lately, and by few."""

    def __init__(self, workspace_id):
        super().__init__(None, workspace_id)
        self.asked = []

    async def fetch(self, sql, **params):
        self.asked.append((sql, {**params, "workspace_id": self.workspace_id} if ":workspace_id" in sql else params))
        return [[1] * sql.count("sum(")] if "sum(" in sql else [[0]] if "count(*)" in sql else []


async def statements(workspace):
    """Return what a search asks of the database, for the list and for its snippets."""
    look, q = Noting(workspace), asked('w17 v3 "w4 v4" -w12 wal')
    caller = Caller(workspace, "host", scope="full")
    await listing.threads_for(look, caller, listing.Filter(asked=q), sort="opened", before=None, limit=20, now=0)
    await finding.holding(look, q, set(q.terms), [(SimpleNamespace(id="thr_1"), SimpleNamespace(id="rec_1"))])
    await finding.add_snippets(look, q, [{"id": "thr_1"}], ["rec_1"], render="html")
    return look.asked


@pytest.fixture
async def crowded(service, world, host):
    """The words of 100,000 comments."""
    kind = service.database_url.partition(":")[0]
    record = await host.records.describe("order:1")
    database = await Database.open(service.database_url, SEALING)

    async def fill(tx):
        given = {"record_id": record.id, "tag": tag(world.workspace)}
        if kind == "postgresql":
            await tx.execute(NUMBERS[kind] + FILL.replace(":tag", "CAST(:tag AS text)"), **given)
        else:
            await tx.execute(FILL.replace("INSERT", f"{NUMBERS[kind]} INSERT", 1), **given)

    await database.write(world.workspace, fill, alone=True)
    async with database.reading(world.workspace) as look:
        if kind == "postgresql":
            await look.fetch("ANALYZE said_words")
        yield look
    await database.write(
        world.workspace, lambda tx: tx.execute("DELETE FROM said_words WHERE workspace_id = :workspace_id"), alone=True
    )
    await database.close()


async def test_a_search_reads_the_index_of_words_and_never_all_texts(service, world, crowded):
    sqlite = service.database_url.startswith("sqlite")
    for sql, params in await statements(world.workspace):
        rows = await crowded.fetch(f"EXPLAIN {'QUERY PLAN' if sqlite else ''} {sql}", **params)
        plan = "\n".join(str(row[-1]) for row in rows)
        if "said_words" in sql:
            assert any(one in plan for one in INDEXES), plan
            assert ("SCAN said_words\n" if sqlite else "Seq Scan on said_words") not in f"{plan}\n", plan


async def test_a_word_that_was_said_lately_is_one_that_is_said_often_only_where_many_texts_have_it(crowded, monkeypatch):
    monkeypatch.setattr(finding, "MANY", 100)

    often = await finding.often(crowded, asked("v500 w4900 v3 "))  # said once lately by 142, once lately by 20, long ago by 143

    assert [term.any_of[0] for term in often] == [("v500",)]


@pytest.mark.parametrize("chunk", [2, 200])
async def test_a_word_that_all_say_and_one_that_few_say_find_the_same_whichever_way_is_gone(visit, settled, monkeypatch, chunk):
    monkeypatch.setattr(listing, "CHUNK", chunk)
    ada = visit("ada")
    said = [f"supplier {'walrus' if number in (3, 17) else 'otter'}" for number in range(20)]
    opened = [await ada.threads.open("order:1", text) for text in said]
    await ada.threads.open("order:2", "no such word")
    await settled()

    async def found(q):
        return [one.id async for one in ada.threads.list(q=q)]

    newest_first = [thread.id for thread in reversed(opened)]
    few, others = [opened[17].id, opened[3].id], [one for one in newest_first if one not in {opened[3].id, opened[17].id}]
    for often, many in ((1, 10**6), (10**6, 10**6), (10**6, 1), (10**6, 3)):
        monkeypatch.setattr(finding, "OFTEN", often)
        monkeypatch.setattr(finding, "MANY", many)
        assert await found("supplier ") == newest_first
        assert await found("supplier walrus") == few
        assert await found("supplier -walrus") == others
        assert await found("walrus -supplier") == []
        assert await found('"supplier walrus" suppl') == few
    monkeypatch.setattr(finding, "OFTEN", 1)
    monkeypatch.setattr(listing, "LOOKED_INTO", 1)
    assert await found("supplier walrus") == few


async def test_the_words_are_written_anew_from_the_log(service, visit, settled):
    ada = visit("ada")
    thread = await ada.threads.open("order:1", "walrus")
    await settled()
    state = service.app.state
    [words] = [reader for reader in state.readers if reader.name.startswith("words")]

    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(rebuild(state.database, words), service.loop))
    await settled()

    assert [one.id async for one in ada.threads.list(q="walrus")] == [thread.id]
