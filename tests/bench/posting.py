"""Posting comments, durably: ours, and PostgreSQL alone writing the same rows in one statement."""

import asyncio
import json
import re
import shutil
import subprocess
from pathlib import Path

import asyncpg
import uvloop

import apropos_service.tables  # noqa: F401 the row classes say what tables there are
from apropos_service import migrations
from apropos_service.rows import TABLES
from asking import ask, message
from load import FRESH
from service import PEOPLE

THREADS = 200
SECONDS = 2.0
TEXT = (
    "Procurement says **two suppliers** cannot deliver before week 41.\n"
    "I would lock *900,000* for Q3 and move the rest; does that hold?"
)
CONNECTIONS = 32
"""As many as leave some of the usual hundred to others."""
SCRIPT = Path(__file__).with_name("pgbench.sql")


async def open_threads(service):
    """Open the threads, each on a record of its own; return their ids."""
    async with service.host() as host:
        opened = (host.threads.open(f"bench:{number}", "Which figure do we lock?") for number in range(THREADS))
        return [thread.id for thread in await asyncio.gather(*opened)]


def post(service, threads):
    """Let every person post into `threads`, each beginning at another one."""
    body = json.dumps({"id": FRESH.decode(), "body": TEXT}).encode()
    turned = [threads[number % len(threads) :] + threads[: number % len(threads)] for number in range(PEOPLE)]
    clients = [
        [message("POST", f"/v1/threads/{thread}/comments", service.token(number), body=body) for thread in turned[number]]
        for number in range(PEOPLE)
    ]
    return ask(service, clients, seconds=SECONDS, status=201)


class Pgbench:
    """The same tables, filled by pgbench."""

    def __init__(self, url):
        """`url` is an empty PostgreSQL database."""
        self._url = url
        migrations.prepare(url)
        uvloop.run(self._fill())

    def post(self, *, threads):
        """Return comments a second, into that many threads."""
        places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/bin").glob("pgbench")]
        program = shutil.which("pgbench", path=":".join(map(str, places))) or "pgbench"
        given = ["-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(round(SECONDS)), "-f", str(SCRIPT)]
        variables = ["-D", f"threads={threads}", "-D", f"people={PEOPLE}"]
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
                f"INSERT INTO {table} ({columns}) SELECT {values} FROM generate_series(1, {THREADS}) n"  # noqa: S608
            )
        await connection.execute("CREATE SEQUENCE ids CACHE 1000")
        await connection.close()


ZERO = {"text": "''", "json": "'[]'", "integer": "0", "boolean": "false"}
FILL = (
    ("log_head", "workspace_id", "'wsp_' || n"),
    ("record", "workspace_id, id, name", "'wsp_' || n, 'rec_' || n, 'bench:' || n"),
    ("thread", "workspace_id, id, record_id, status", "'wsp_' || n, 'thr_' || n, 'rec_' || n, 'open'"),
)
