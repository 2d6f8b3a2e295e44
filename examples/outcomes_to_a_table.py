"""An outcome goes back to where the figure is: "Locked at 900,000" becomes the forecast's figure, in the host's own table.

    pip install ./sdk flask
    APROPOS_WEBHOOK_SECRET=whsec_… FORECAST=forecast.db flask --app examples/outcomes_to_a_table.py run --port 8000
with a webhook for `http://127.0.0.1:8000/apropos` and `types=["thread.resolved"]`. The event's id is kept in the same
transaction as the figure, so an event that comes twice, or while the machine fails, changes it once.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from flask import Flask

import apropos
from apropos.events import Event, ThreadEvent
from apropos.integrations.flask import webhook_blueprint

TABLES = """
    CREATE TABLE IF NOT EXISTS forecast (line TEXT, field TEXT, amount REAL, locked_by TEXT, PRIMARY KEY (line, field));
    CREATE TABLE IF NOT EXISTS handled (event_id TEXT PRIMARY KEY);
"""


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """Give the host's database, in one transaction."""
    with closing(sqlite3.connect(os.environ["FORECAST"])) as connection, connection:
        yield connection


def handle(event: Event) -> None:
    """Write the outcome of a discussion into the table that it was about, once."""
    with database() as host:
        fresh = host.execute("INSERT INTO handled VALUES (?) ON CONFLICT DO NOTHING", [event.id]).rowcount
        match event:
            case ThreadEvent(type="thread.resolved", record=str(record), data=about) if fresh and about.thread:
                outcome, line = about.thread.outcome, record.partition(":")[2]
                if outcome and outcome.value is not None:
                    new = "INSERT INTO forecast VALUES (?, ?, ?, ?) ON CONFLICT (line, field) DO UPDATE"
                    sql = f"{new} SET amount = excluded.amount, locked_by = excluded.locked_by"
                    host.execute(sql, [line, about.thread.field, outcome.value, outcome.by])


with database() as connection:
    connection.executescript(TABLES)
app = Flask(__name__)
app.register_blueprint(webhook_blueprint(apropos.webhooks.Receiver(os.environ["APROPOS_WEBHOOK_SECRET"], handle), "/apropos"))
