"""What databases did to answer: every statement that the service said, with how its rows were found.

Law: nothing is asked again in another form. PostgreSQL tells the plan by which it ran a statement and how many rows it met
(auto_explain); SQLite's connections note what they were told, with what was given, and its plan and its steps are looked at
afterwards.
"""

import json
import re
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from apropos_service.database.sqlite_statements import HAS, has

EXPLAINING = (
    "shared_preload_libraries=auto_explain", "auto_explain.log_min_duration=0", "auto_explain.log_analyze=on",
    "auto_explain.log_timing=off", "auto_explain.log_format=json", "autovacuum=off", "log_line_prefix=",
)  # fmt: skip
"""How a PostgreSQL is started that tells its plans; what it knows of its tables changes only when a test says so."""
PLAN = re.compile(r"plan:\n((?:\t.*\n)+)")
ROWS = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter")
SCAN = re.compile(r"SCAN (\w+)")
LOOKS = {"SELECT", "WITH"}
SAID = {*LOOKS, "UPDATE", "DELETE"}
NAMED = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(?!SET\b|ON\b|WHERE\b|JOIN\b|LEFT\b|CROSS\b)(\w+))?")


@dataclass(frozen=True)
class Met:
    """What a statement met: a table or '' for all of it, how, so many rows (SQLite: steps), and whether it was the whole table."""

    sql: str
    table: str
    how: str
    much: int
    whole: bool


def met_by_postgresql(said):
    """Yield what the plans in a server's log met, of each table."""
    for found in PLAN.finditer(said):
        told = json.loads(found[1].replace("\t", ""))
        for node in _nodes(told["Plan"]):
            if "Relation Name" in node and node["Actual Loops"]:
                how = " ".join(str(node[name]) for name in ("Node Type", "Index Name", "Index Cond", "Filter") if name in node)
                rows = sum(node.get(name, 0) for name in ROWS) * node["Actual Loops"]
                yield Met(told["Query Text"], node["Relation Name"], how, round(rows), whole=node["Node Type"] == "Seq Scan")


def met_by_sqlite(file, told):
    """Yield what these statements meet: each table that is gone through, and the steps that looking takes."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:
        raw.create_function(HAS, 2, has, deterministic=True)
        for sql, given in told:
            if sql.split(None, 1)[0] in SAID:
                names = {alias or table: table for table, alias in NAMED.findall(sql)}
                for *_, how in raw.execute(f"EXPLAIN QUERY PLAN {sql}", given).fetchall():
                    scanned = SCAN.match(how)
                    if scanned and scanned[1] in names:
                        yield Met(sql, names[scanned[1]], how, 0, whole=True)
            if sql.split(None, 1)[0] in LOOKS:
                yield Met(sql, "", "steps", _steps(raw, sql, given), whole=False)


def _steps(raw, sql, given):
    """Return how many steps SQLite's machine takes, in thousands."""
    ticks = iter(range(10**9))
    raw.set_progress_handler(lambda: next(ticks) < 0, 1_000)
    raw.execute(sql, given).fetchall()
    raw.set_progress_handler(None, 0)
    return next(ticks)


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


class Noting(sqlite3.Connection):
    """A connection that notes what it is told, with what is given."""

    told = []  # noqa: RUF012 one list for all connections, in the order of what they said

    def execute(self, sql, given=()):
        self.told.append((sql, given))
        return super().execute(sql, given)

    def executemany(self, sql, many):
        many = list(many)
        self.told.extend((sql, given) for given in many[:1])
        return super().executemany(sql, many)


@contextmanager
def noted():
    """Let SQLite's connections note what they are told until the block ends; gives the list."""
    plain = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *given, **named: plain(*given, factory=Noting, **named))
        Noting.told.clear()
        yield Noting.told
