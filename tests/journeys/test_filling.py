"""A workspace that `apropos fill` makes up is as one in which people wrote the same."""

import asyncio
import json
import re
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from apropos import AsyncApropos
from apropos_service.database import Database
from apropos_service.events.sealing import Sealing
from programs import apropos, command
from stage import DATABASES, empty_database

pytestmark = pytest.mark.timeout(300)
COMMENTS, PEOPLE = 90, 6
APART = {"access_key", "signing_key", "workspace", "idempotency"}
"""Who may come in, and what was answered to whom."""
OF_THEIR_MOMENT = {
    "at", "posted_at", "opened_at", "last_activity_at", "seal", "origin", "caller", "workspace_id",
    "draft",  # what tells a repeated call; nobody repeats what was made up
}  # fmt: skip
ID = re.compile(r"\b(?:rec|thr|cmt|evt|key)_[0-9a-z]{26}\b")


@pytest.fixture
def home(service):
    """Flags that name the running service's database and folder."""
    settings = service.app.state.settings
    return ("--database-url", settings.database, "--data-dir", str(settings.data_dir))


def rows_of(workspace, folder, home):
    """Return the rows of a workspace by table, as an export has them."""
    apropos("export", workspace, str(folder), *home)
    return {
        path.stem: [json.loads(line) for line in path.read_bytes().splitlines()]
        for path in (folder / "rows").iterdir()
        if path.stem not in APART
    }


def told(rows, workspace):
    """Return rows as they are wherever and whenever they were written: ids by their order in the log, no times, no seals."""
    text = json.dumps(rows["entry"])
    order = {one: f"{one[:3]}-{place}" for place, one in enumerate(dict.fromkeys(ID.findall(text)))}

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items() if name not in OF_THEIR_MOMENT}
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, str):
            placed = ID.sub(lambda found: order[found[0]], value.replace(workspace, "here"))
            return re.sub(rf"\b{workspace[-4:]}", "tag ", placed)  # what begins its words in the index
        return value

    return {table: sorted(json.dumps(plain(row), sort_keys=True) for row in some) for table, some in rows.items()}


async def test_a_filled_workspace_is_as_one_in_which_the_same_was_written(service, world, host, settled, home, tmp_path):
    made_up = service.workspace().workspace
    said = json.loads(apropos("fill", made_up, "--comments", str(COMMENTS), "--people", str(PEOPLE), "--json", *home).stdout)
    filled = rows_of(made_up, tmp_path / "filled", home)
    assert (said["comments"], said["entries"]) == (len(filled["comment"]), len(filled["entry"])) == (COMMENTS, len(filled["entry"]))

    await write_again(host, filled)
    await settled()

    assert told(rows_of(world.workspace, tmp_path / "written", home), world.workspace) == told(filled, made_up)


async def write_again(host, filled):
    """Do by the API what the log says, in its order."""
    records, comments = ({row["id"]: row for row in filled[table]} for table in ("record", "comment"))
    people = {row["id"]: row for row in filled["person"]}
    threads = {}
    for entry in filled["entry"]:
        facts = json.loads(entry["data"])
        match entry["type"]:
            case "person.described":
                await host.people.describe([{"id": facts["person_id"], "name": people[facts["person_id"]]["name"]}])
            case "record.described":
                record = records[entry["record_id"]]
                await host.records.describe(record["name"], title=record["title"])
            case "thread.opened":
                comment = comments[facts["comment_id"]]
                opened = await host.acting_as(comment["author"]).threads.open(records[entry["record_id"]]["name"], comment["body"])
                threads[entry["thread_id"]] = opened.id
            case "comment.posted" if comments[facts["comment_id"]]["number"] > 1:
                comment = comments[facts["comment_id"]]
                await host.acting_as(comment["author"]).threads.comment(threads[entry["thread_id"]], comment["body"])


async def test_what_is_made_up_is_found_counted_and_goes_on(service, home):
    made_up = service.workspace()
    apropos("fill", made_up.workspace, "--comments", str(COMMENTS), "--people", str(PEOPLE), *home)
    assert "as it was written" in apropos("audit", "verify", "--workspace", made_up.workspace, *home).stdout
    async with AsyncApropos(made_up.url, key=made_up.key) as host:
        found = [thread async for thread in host.threads.list(q="suppliers")]
        assert found
        thread = found[0]
        more = await host.acting_as("person-1").threads.comment(thread.id, "And on")
        assert more.seq == thread.seq + 1


SHAPE = {
    "sqlite": "SELECT type || name || coalesce(sql, '') FROM sqlite_master",
    "postgresql": """SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                     UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid)
                     FROM pg_constraint WHERE conrelid > 0""",
}


@pytest.mark.parametrize("kind", DATABASES)
def test_what_was_taken_off_the_tables_meanwhile_is_there_again(kind, tmp_path):
    with empty_database(kind, tmp_path) as url:
        there = ("--database-url", url, "--data-dir", str(tmp_path / "data"))
        made = json.loads(apropos("workspace", "create", "new", "--json", *there).stdout)["workspace"]
        before = asyncio.run(shape(url))
        apropos("fill", made, "--comments", str(COMMENTS), *there)
        assert asyncio.run(shape(url)) == before


def test_the_index_of_words_is_in_one_piece(tmp_path):
    """Though it was gathered in several: here whatever is more than 1,000 bytes is one."""
    with empty_database("sqlite", tmp_path) as url:
        there = ("--database-url", url, "--data-dir", str(tmp_path / "data"))
        made = json.loads(apropos("workspace", "create", "new", "--json", *there).stdout)["workspace"]
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as database:
            database.execute("INSERT INTO said_words_index(said_words_index, rank) VALUES ('hashsize', 1000)")
            apropos("fill", made, "--comments", str(COMMENTS), *there)
            assert database.execute("SELECT count(DISTINCT segid) FROM said_words_index_idx").fetchone() == (1,)


def test_where_it_is_killed_nothing_of_it_is_there_and_it_is_done_again(tmp_path):
    with empty_database("sqlite", tmp_path) as url:
        file, there = Path(url.removeprefix("sqlite:///")), ("--database-url", url, "--data-dir", str(tmp_path / "data"))
        made = json.loads(apropos("workspace", "create", "new", "--json", *there).stdout)["workspace"]
        before = asyncio.run(shape(url))
        small = file.stat().st_size
        with subprocess.Popen(command("fill", made, "--comments", "100000", *there)) as filling:
            while file.stat().st_size < 4 * small:
                assert filling.poll() is None
                time.sleep(0.01)
            assert not Path(f"{file}-wal").exists()
            filling.kill()
        assert asyncio.run(shape(url)) == before
        apropos("fill", made, "--comments", str(COMMENTS), *there)
        with closing(sqlite3.connect(file)) as raw:
            assert raw.execute("SELECT count(*) FROM comment").fetchone() == (COMMENTS,)
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def shape(url):
    """Return what the database says of its indexes, keys and triggers."""
    database = await Database.open(url, Sealing(b"test"))
    async with database.reading("") as look:
        rows = await look.fetch(SHAPE[url.partition(":")[0]])
    await database.close()
    return sorted(row[0] for row in rows)


@pytest.mark.usefixtures("world")
def test_only_a_workspace_that_nobody_used_is_filled(service, home):
    there = service.workspace().workspace
    apropos("fill", there, "--comments", "5", *home)
    for workspace, why in ((there, "has records already"), ("wsp_00000000000000000000000000", "There is no workspace")):
        done = apropos("fill", workspace, "--comments", "5", *home, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert why in done.stderr
