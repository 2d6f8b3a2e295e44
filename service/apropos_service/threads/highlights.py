"""What stays in sight when a long thread is folded: its first comment, accepted answers, decisions that stand.

Law: found by index, never by walking a thread; a thread that needs no folding costs nothing.
"""

from collections.abc import Sequence

from ..database import Reading
from .model import Comment, Thread

MOST = 200
"""The most highlights of all threads of one answer: first comments, then the newest."""


async def highlighted(look: Reading, threads: Sequence[Thread], *, last: int) -> list[Comment]:
    """Return the highlights of these threads that come before each one's `last` comments."""
    ids = [row.id for row in threads if row.last_number > last]
    if not ids:
        return []
    names = ", ".join(f"c.{column.name}" for column in Comment.table.columns)
    inside = "workspace_id = :workspace_id AND thread_id = ANY(:ids)"
    sql = f"""SELECT {names} FROM comment c JOIN thread t ON t.workspace_id = c.workspace_id AND t.id = c.thread_id
              WHERE c.workspace_id = :workspace_id AND c.thread_id = ANY(:ids) AND c.number <= t.last_number - {last}
                AND (c.withdrawn_at IS NULL OR c.number = 1) AND c.id IN (
                  SELECT id FROM comment WHERE {inside} AND number = 1
                  UNION SELECT id FROM comment WHERE {inside} AND answer_id IS NOT NULL
                  UNION SELECT answer_id FROM comment WHERE {inside} AND answer_id IS NOT NULL
                  UNION SELECT comment_id FROM decision WHERE {inside} AND recorded_at IS NOT NULL AND replaced_by IS NULL)
              ORDER BY CASE WHEN c.number = 1 THEN 0 ELSE 1 END, c.posted_at DESC, c.number DESC LIMIT {MOST}"""  # noqa: S608 the names are ours
    return sorted((Comment.load(values) for values in await look.fetch(sql, ids=ids)), key=lambda row: row.number)
