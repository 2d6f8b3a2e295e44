"""The index by whose help rows are found by their words, as each database has one.

Law: it holds exactly what the table holds, since the database itself keeps it so.
"""

from alembic import op

ADDED = "INSERT INTO {table}_index(rowid, {column}) VALUES (new.number, new.{column});"
GONE = "INSERT INTO {table}_index({table}_index, rowid, {column}) VALUES ('delete', old.number, old.{column});"
SQLITE = (
    """CREATE VIRTUAL TABLE {table}_index USING fts5({column}, content='{table}', content_rowid='number', detail=none,
       columnsize=0, tokenize="ascii tokenchars '_'")""",
    f"CREATE TRIGGER {{table}}_added AFTER INSERT ON {{table}} BEGIN {ADDED} END",
    f"CREATE TRIGGER {{table}}_gone AFTER DELETE ON {{table}} BEGIN {GONE} END",
    f"CREATE TRIGGER {{table}}_changed AFTER UPDATE OF {{column}} ON {{table}} BEGIN {GONE} {ADDED} END",
)
POSTGRESQL = ("CREATE INDEX ix_{table}_{column} ON {table} USING gin (array_to_tsvector(string_to_array({column}, ' ')))",)


def index_words(table: str, column: str) -> None:
    """Make the index over the words of a column."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement.format(table=table, column=column))
