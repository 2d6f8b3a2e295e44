"""What was erased leaves SQLite's file too, not only its tables: the file is written anew, then the log beside it is emptied.

`secure_delete` writes zeros over a row that goes, but a page that was split keeps, between its rows, copies of those that moved
to its neighbour; they stay when the row goes there (docs/decisions/0033). The write-ahead log has pages as they were, and an
index of words only notes what was deleted.

Law: how far this has come stands in the file, from the commit that erases: what a process leaves undone, the next one does.
"""

import sqlite3

from ..rows import TABLES

CLEAN, ERASED, BEGUN, WRITTEN = range(4)
"""What `PRAGMA user_version` says; `BEGUN` tells an erasure that came meanwhile, by another process, from the one before."""
LARGE = 64 * 1024 * 1024
"""Bytes of a file that is not written anew while somebody waits: it takes some seconds."""


def note(raw: sqlite3.Connection) -> None:
    """Say, in the transaction that erases, that the file is to be written anew."""
    raw.execute(f"PRAGMA user_version={ERASED}")


def is_large(raw: sqlite3.Connection) -> bool:
    """Tell whether writing the file anew takes longer than somebody should wait for."""
    pages, size = (raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return bool(pages * size > LARGE)


def write_anew(raw: sqlite3.Connection) -> None:
    """Write the file anew, if it is to be. Needs room for it twice more, beside the file and where temporary files are."""
    if _state(raw) in (CLEAN, WRITTEN):
        return
    raw.execute(f"PRAGMA user_version={BEGUN}")
    for index in (f"{row.table.name}_index" for row in TABLES if row.table.words):
        raw.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608 names are ours
    raw.execute("PRAGMA temp_store=FILE")
    try:
        raw.execute("VACUUM")
    finally:
        raw.execute("PRAGMA temp_store=MEMORY")
    _go_on(raw, BEGUN, WRITTEN)


def empty_log(raw: sqlite3.Connection) -> bool:
    """Empty the write-ahead log into the file. Tells whether nobody was in the way: whoever reads is not waited for.

    Source: sqlite.org/c3ref/wal_checkpoint_v2.html.
    """
    [patience] = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout=0")
    try:
        if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return False
    finally:
        raw.execute(f"PRAGMA busy_timeout={patience}")
    _go_on(raw, WRITTEN, CLEAN)
    return True


def _state(raw: sqlite3.Connection) -> int:
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _go_on(raw: sqlite3.Connection, before: int, after: int) -> None:
    """Take note of a step, unless somebody erased meanwhile."""
    if _state(raw) != before:
        return
    raw.execute("BEGIN IMMEDIATE")
    try:
        if _state(raw) == before:
            raw.execute(f"PRAGMA user_version={after}")
        raw.execute("COMMIT")
    except BaseException:
        raw.rollback()
        raise
