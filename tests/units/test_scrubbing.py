"""What was erased leaves SQLite's file, whatever the file went through before and whoever is in the way."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from apropos_service.database import Database, sqlite_scrubbing
from apropos_service.events.sealing import Sealing
from stage import lay_out
from stored import files_with

CANARY = "Zaunkönig"
SONG = "aunk"
ERASE = "DELETE FROM song WHERE says LIKE :canary"


@pytest.fixture
def url(lived_in, tmp_path):
    """A copy of that file."""
    return f"sqlite:///{shutil.copy(lived_in, tmp_path)}"


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A file in which texts came, grew and moved between pages, so that some pages keep copies of what moved."""
    file = tmp_path_factory.mktemp("lived_in") / "apropos.db"
    address = f"sqlite:///{file}"
    lay_out(address)
    by_chance = random.Random(7)
    with closing(written(address)) as raw:
        raw.execute("CREATE TABLE song (number INTEGER PRIMARY KEY, name TEXT, says TEXT)")
        raw.execute("CREATE UNIQUE INDEX by_name ON song (name, says)")
        for number in range(1_000):
            text = f"{CANARY if number % 10 == 0 else 'Spatz'} {number}" * by_chance.randint(1, 60)
            raw.execute("INSERT INTO song (name, says) VALUES (?, ?)", (f"{by_chance.getrandbits(64):x}", text))
            longer = "Spatz" * by_chance.randint(1, 400)
            raw.execute("UPDATE song SET says = ? WHERE number = ?", (longer, by_chance.randint(1, 2 * number + 1)))
    return file


def written(url):
    """Return a connection as the service writes with."""
    raw = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    raw.execute("PRAGMA secure_delete=ON")
    raw.execute("PRAGMA synchronous=OFF")
    return raw


async def erase(tx):
    await tx.execute(ERASE, canary=f"%{CANARY}%")
    tx.scrub()


async def test_zeros_over_what_is_deleted_do_not_reach_what_moved_and_writing_the_file_anew_does(url):
    with closing(written(url)) as raw:
        raw.execute(ERASE, {"canary": f"%{CANARY}%"})
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert files_with(SONG, url), "the canary sings on in a file that seems rid of it"

    database = await Database.open(url, Sealing(b"test"))
    await database.write("", erase, alone=True)

    assert files_with(SONG, url) == []
    await database.close()


async def test_others_write_while_somebody_reads_what_was_erased_and_it_goes_when_they_leave(url):
    database = await Database.open(url, Sealing(b"test"))
    async with database.reading("", snapshot=True) as look:
        [(before,)] = await look.fetch("SELECT count(*) FROM song WHERE says LIKE :canary", canary=f"%{CANARY}%")
        await database.write("", erase, alone=True)
        await database.write("", lambda tx: tx.execute("INSERT INTO song (says) VALUES ('Amsel')"), alone=True)
        [(after,)] = await look.fetch("SELECT count(*) FROM song WHERE says LIKE :canary", canary=f"%{CANARY}%")
        assert (before > 0, after) == (True, before)

    await database.scrubbed()

    assert files_with(SONG, url) == []
    await database.close()


async def test_nobody_waits_for_a_large_file(url, monkeypatch):
    monkeypatch.setattr(sqlite_scrubbing, "LARGE", 0)
    database = await Database.open(url, Sealing(b"test"))
    await database.write("", erase, alone=True)
    assert files_with(SONG, url), "it is not written anew yet"

    await database.scrubbed()

    assert files_with(SONG, url) == []
    await database.close()


async def test_what_a_process_left_undone_the_next_one_does(url):
    with closing(written(url)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(ERASE, {"canary": f"%{CANARY}%"})
        sqlite_scrubbing.note(raw)
        raw.execute("COMMIT")
    assert files_with(SONG, url)

    database = await Database.open(url, Sealing(b"test"))
    await database.scrubbed()

    assert files_with(SONG, url) == []
    await database.close()
