"""The limit for posting: PostgreSQL alone, into which pgbench writes the rows of a comment in one statement."""

import re
import shutil
import subprocess
from pathlib import Path

import asyncpg
import uvloop

import apropos_service.tables  # noqa: F401 the row classes say what tables there are
from apropos_service import migrations
from apropos_service.rows import TABLES
from service import settle

CONNECTIONS = 32
"""At most as many as leave some of the usual hundred to others."""
SCRIPT = Path(__file__).with_name("pgbench.sql")
ZERO = {"text": "''", "json": "'[]'", "integer": "0", "boolean": "false"}
FILL = (
    ("log_head", "workspace_id", "'wsp_' || n"),
    ("record", "workspace_id, id, name", "'wsp_' || n, 'rec_' || n, 'bench:' || n"),
    ("thread", "workspace_id, id, record_id, status", "'wsp_' || n, 'thr_' || n, 'rec_' || n, 'open'"),
)


class Pgbench:
    """The same tables, filled by pgbench."""

    def __init__(self, url, threads, people):
        """`url` is an empty PostgreSQL database; so many people write into so many threads at most."""
        self._url, self._threads, self._people = url, threads, people
        migrations.prepare(url)
        uvloop.run(self._fill())

    def settle(self):
        """Let its threads be written to once, and be measured."""
        self.post(threads=self._threads, clients=CONNECTIONS, seconds=1)
        settle(self._url)

    def post(self, *, threads, clients, seconds):
        """Return comments a second, into that many threads."""
        places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/bin").glob("pgbench")]
        program = shutil.which("pgbench", path=":".join(map(str, places))) or "pgbench"
        together = str(min(clients, CONNECTIONS))
        given = ["-n", "-M", "prepared", "-c", together, "-j", "1", "-T", str(round(seconds)), "-f", str(SCRIPT)]
        variables = ["-D", f"threads={threads}", "-D", f"people={self._people}"]
        done = subprocess.run([program, *given, *variables, self._url], check=True, stdout=subprocess.PIPE, text=True)
        return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])

    async def _fill(self):
        """Give every thread a workspace, so that not even the log's counter is shared."""
        connection = await asyncpg.connect(self._url)
        for row in TABLES:
            for column in row.table.columns:
                if not column.nullable:  # so that the script names only what a comment is about, whatever columns come
                    await connection.execute(f"ALTER TABLE {row.table.name} ALTER {column.name} SET DEFAULT {ZERO[column.kind]}")
        for table, columns, values in FILL:
            await connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {values} FROM generate_series(1, {self._threads}) n"  # noqa: S608
            )
        await connection.execute("CREATE SEQUENCE ids CACHE 1000")
        await connection.close()
