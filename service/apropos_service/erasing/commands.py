"""Erasing a person, wherever they wrote, acted or were named.

Law: one commit, after which no row, word or file of the workspace has their id, their card or a text of theirs. Their mark
(`events/sealing.py`) stands where their id stood, so discussions keep their shape and the log its seals (docs/decisions/0029).
"""

import re
from collections.abc import Collection

import orjson

from ..access.answered import SEVERAL, Answered
from ..access.commands import doubt
from ..access.secrets import Vault
from ..audit.forgetting import forget_person
from ..database import Transaction
from ..errors import NotFound, ValidationFailed
from ..events.catalog import RecordRedacted
from ..events.log import Entry
from ..events.readers import look_again
from ..events.sealing import MARK
from ..records.model import Record
from ..webhooks.keeping import forget_told
from . import named, queries, written

EVER = """WITH RECURSIVE ever(id) AS (
            SELECT id FROM record WHERE workspace_id = :workspace_id AND id = ANY(:records) UNION
            SELECT m.merged_id FROM record_merge m JOIN ever ON m.into_id = ever.id WHERE m.workspace_id = :workspace_id
          ) SELECT id FROM ever"""
ADMINS = "DELETE FROM console_pass WHERE workspace_id = :workspace_id AND token IS NOT NULL"
"""Sessions in the console of those who came with a token, which may be theirs: they sign in again."""


async def erase_person(tx: Transaction, vault: Vault, person_id: str) -> None:
    """Erase a person for good; runs alone. Appends `RecordRedacted` for each record that they left a trace on.

    Raises `NotFound` when there is no trace of them, and `ValidationFailed` when they are the one who asks.
    """
    if tx.actor_id == person_id:
        raise ValidationFailed.at("person_id", "is not who asks: nobody erases themselves")
    threads = await queries.threads_of(await tx.reading(), person_id)
    if MARK.fullmatch(person_id) or not (threads or await queries.is_known(await tx.reading(), person_id)):
        raise NotFound(f"Nobody is known as {person_id}.")
    await doubt(tx)
    await look_again(tx)
    records = await queries.records_of(await tx.reading(), person_id, threads)
    mark = vault.sealing.mark(tx.workspace_id, person_id) or ""
    await written.take_away(tx, person_id, threads)
    await named.forget(tx, person_id, mark)
    await forget_person(tx, vault.sealing, person_id)
    await _redact(tx, mark)
    ever = [row[0] for row in await tx.fetch(EVER, records=sorted(records))]
    await forget_told(tx, ever, [f"%{queries.like(orjson.dumps(person_id).decode())}%", f"%{queries.like(f'<@{person_id}>')}%"])
    await _forget_answers(tx, vault, person_id, {*threads, *ever})
    await tx.execute(ADMINS)
    for record in await tx.rows(Record, "id = ANY(:records) ORDER BY id", records=sorted(records)):
        record.version += 1
        tx.append(RecordRedacted(), on=record, record_id=record.id)
    tx.note("person.erased", mark)
    tx.scrub()


async def _redact(tx: Transaction, mark: str) -> None:
    """Take out of the log what they wrote: it is in no seal."""
    where = "actor_id = :mark AND type = ANY(:types)"
    for entry in await tx.rows(Entry, where, mark=mark, types=sorted(written.SAYS)):
        facts = orjson.loads(entry.data)
        entry.data = orjson.dumps({**facts, **{name: None for name in written.SAYS[entry.type] if name in facts}}).decode()


async def _forget_answers(tx: Transaction, vault: Vault, person_id: str, about: Collection[str]) -> None:
    """Drop the answers that a repeated request would get, where they are theirs or tell of them."""
    for row in await tx.rows(Answered, "true"):
        theirs = re.fullmatch(rf"(key_\w+ )?{re.escape(person_id)}", row.caller)
        if theirs or row.about in about or row.about == SEVERAL or _tells(vault, row, person_id):
            tx.remove(row)


def _tells(vault: Vault, row: Answered, person_id: str) -> bool:
    return orjson.dumps(person_id) in (vault.open("answer", row.body) or b"")
