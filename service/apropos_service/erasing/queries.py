"""What there is of a person, before it is erased."""

import re
from collections.abc import Collection

import orjson

from ..database import Reading
from ..rows import TABLES

THREADS = """SELECT thread_id FROM entry WHERE workspace_id = :workspace_id AND thread_id IS NOT NULL
               AND (actor_id = :person OR data LIKE :quoted ESCAPE '!')
             UNION SELECT thread_id FROM comment
               WHERE workspace_id = :workspace_id AND (author = :person OR body LIKE :mention ESCAPE '!')
             UNION SELECT c.thread_id FROM comment_version v
               JOIN comment c ON c.workspace_id = v.workspace_id AND c.id = v.comment_id
               WHERE v.workspace_id = :workspace_id AND v.body LIKE :mention ESCAPE '!'
             UNION SELECT thread_id FROM action WHERE workspace_id = :workspace_id AND assignee = :person
             UNION SELECT thread_id FROM action WHERE workspace_id = :workspace_id AND created_by = :person
             UNION SELECT thread_id FROM text_setter WHERE workspace_id = :workspace_id AND set_by = :person
             UNION SELECT c.thread_id FROM reaction r JOIN comment c ON c.workspace_id = r.workspace_id AND c.id = r.comment_id
               WHERE r.workspace_id = :workspace_id AND r.person_id = :person
             UNION SELECT c.thread_id FROM vote v JOIN comment c ON c.workspace_id = v.workspace_id AND c.id = v.comment_id
               WHERE v.workspace_id = :workspace_id AND v.person_id = :person
             UNION SELECT id FROM thread WHERE workspace_id = :workspace_id AND (sponsor = :person OR opened_by = :person
               OR members LIKE :quoted ESCAPE '!' OR outcome LIKE :quoted ESCAPE '!')"""
RECORDS = """SELECT record_id FROM thread WHERE workspace_id = :workspace_id AND id = ANY(:threads)
             UNION SELECT record_id FROM entry WHERE workspace_id = :workspace_id AND record_id IS NOT NULL
               AND (actor_id = :person OR data LIKE :quoted ESCAPE '!')
             UNION SELECT record_id FROM field_change WHERE workspace_id = :workspace_id AND changed_by = :person
             UNION SELECT id FROM record WHERE workspace_id = :workspace_id
               AND (owner = :person OR access LIKE :quoted ESCAPE '!' OR roles LIKE :quoted ESCAPE '!')"""
TRACES = """SELECT
  (SELECT count(*) FROM comment WHERE workspace_id = :workspace_id AND author = :person AND body <> ''),
  (SELECT count(*) FROM thread WHERE workspace_id = :workspace_id AND opened_by = :person),
  (SELECT count(*) FROM attachment WHERE workspace_id = :workspace_id AND uploaded_by = :person),
  (SELECT count(*) FROM action WHERE workspace_id = :workspace_id AND created_by = :person),
  (SELECT count(*) FROM action WHERE workspace_id = :workspace_id AND assignee = :person AND state = 'open'),
  (SELECT count(*) FROM thread WHERE workspace_id = :workspace_id AND sponsor = :person AND status = 'open'),
  (SELECT count(*) FROM vote WHERE workspace_id = :workspace_id AND person_id = :person),
  (SELECT count(*) FROM reaction WHERE workspace_id = :workspace_id AND person_id = :person),
  (SELECT count(*) FROM mention WHERE workspace_id = :workspace_id AND target = :person)"""
NAMES = ("comments", "discussions", "files", "actions", "assigned", "sponsored", "votes", "reactions", "mentions")


async def traces(look: Reading, person_id: str) -> dict[str, int]:
    """Return how much there is of somebody, by `NAMES`."""
    [row] = await look.fetch(TRACES, person=person_id)
    return dict(zip(NAMES, row, strict=True))


async def threads_of(look: Reading, person_id: str) -> set[str]:
    """Return the threads where they wrote, acted or are named."""
    mention = f"%{like(f'<@{person_id}>')}%"
    return {row[0] for row in await look.fetch(THREADS, person=person_id, quoted=_quoted(person_id), mention=mention)}


async def records_of(look: Reading, person_id: str, threads: Collection[str]) -> set[str]:
    """Return the records of these threads, and those on which they are named themselves."""
    found = await look.fetch(RECORDS, person=person_id, quoted=_quoted(person_id), threads=sorted(threads))
    return {row[0] for row in found}


async def is_known(look: Reading, person_id: str) -> bool:
    """Tell whether any table names them."""
    for table in (cls.table for cls in TABLES if cls.table.people):
        where = " OR ".join(f"{name} = :person" for name in table.people)
        sql = f"SELECT 1 FROM {table.name} WHERE workspace_id = :workspace_id AND ({where}) LIMIT 1"  # noqa: S608
        if await look.fetch(sql, person=person_id):
            return True
    return False


def like(text: str) -> str:
    """Return a text as LIKE finds it, where `!` escapes."""
    return re.sub("([!%_])", r"!\1", text)


def _quoted(person_id: str) -> str:
    return f"%{like(orjson.dumps(person_id).decode())}%"
