"""Describing templates and taking them away."""

from typing import Any

from ..database import Transaction
from ..errors import Conflict, NotFound
from .model import Template
from .wire import TemplateDraft

MOST = 100


class TooManyTemplates(Conflict):
    """A type of record has at most 100 templates; remove one first."""


async def describe_templates(tx: Transaction, drafts: list[TemplateDraft]) -> list[Template]:
    """Add or update templates; what a draft does not name stays. A new one stands last unless it says where."""
    return [await _describe(tx, draft) for draft in drafts]


async def remove_template(tx: Transaction, record_type: str, name: str) -> None:
    """Take a template away; threads that began with it stay as they are. Raises `NotFound`."""
    found = await tx.find(Template, record_type, name)
    if found is None:
        raise NotFound(f"There is no template {name} for {record_type}.")
    tx.remove(found)
    tx.note("template.removed", f"{record_type}/{name}")


async def _describe(tx: Transaction, draft: TemplateDraft) -> Template:
    known = await tx.find(Template, draft.record_type, draft.name)
    row = known or await _new(tx, draft)
    before = known and row.table.values_of(row)
    for name, value in draft.model_dump(exclude={"record_type", "name"}, exclude_unset=True).items():
        empty: Any = [] if name in ("people", "labels") else row.position if name == "position" else None
        setattr(row, name, empty if value is None else value)
    if row.table.values_of(row) != before:
        tx.note("template.described", f"{draft.record_type}/{draft.name}")
    return row


async def _new(tx: Transaction, draft: TemplateDraft) -> Template:
    others = await tx.rows(Template, "record_type = :type", type=draft.record_type)
    if len(others) >= MOST:
        raise TooManyTemplates
    last = max((row.position for row in others), default=-1)
    return tx.add(Template(
        tx.workspace_id, draft.record_type, draft.name, title=None, goal=None, sponsor_role=None, due_in_days=None, people=[],
        question=None, kind=None, labels=[], visibility=None, position=last + 1,
    ))  # fmt: skip
