"""What SQLite is told of how large tables get, since it chooses its way through them by that. Pure.

Law: it is told, once and for all, and nothing is measured: a plan is then the same in every file, however little is in it. Left
to itself, SQLite believes that a workspace has ten rows of each table, and walks through all of them rather than ask an index
that knows better. Source: sqlite.org/lang_analyze.html, section 5.2, which offers this.
"""

MANY = 1_000_000
"""Rows of any table, all of one workspace."""
TABLE = "ANALYZE alembic_version"
"""Makes the table in which SQLite keeps such figures."""
TOLD = (
    "DELETE FROM sqlite_stat1",
    f"""INSERT INTO sqlite_stat1 (tbl, idx, stat)
        SELECT m.name, i.name, '{MANY} ' || (
          SELECT group_concat(CASE WHEN i."unique" AND c.seqno = c.last THEN 1 WHEN c.name = 'workspace_id' THEN {MANY}
                              ELSE max(2, 40 / (1 << c.seqno)) END, ' ')
          FROM (SELECT seqno, name, max(seqno) OVER () AS last FROM pragma_index_info(i.name) ORDER BY seqno) c) || ' noskipscan'
        FROM sqlite_master m JOIN pragma_table_info(m.name) w ON w.name = 'workspace_id' JOIN pragma_index_list(m.name) i
        WHERE m.type = 'table'""",  # noqa: S608 the number is ours
    "ANALYZE sqlite_schema",
)
"""A row of an index by its first columns: of the workspace all, then 20, 10, 5 and 2, by a whole key one. For connections that
are open, too."""
