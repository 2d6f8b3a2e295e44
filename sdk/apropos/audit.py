"""Who did what in a workspace, as the service answers it."""

from typing import Any

from pydantic import AwareDatetime, Field

from ._shape import Model
from .models import Person


class By(Model):
    """By whose right something was done: `kind` is `key`, `operator`, `person` (their own token) or `service`."""

    kind: str
    id: str | None = None
    name: str | None = None


class AuditEntry(Model):
    """What was done: an event of a discussion, or something done to the workspace itself, which `about` names.

    `actor` is the person, `None` when nobody acted as one; `origin` the address it came from, `None` once that was forgotten.
    `seal` is over this entry and all before it.
    """

    id: str
    type: str
    at: AwareDatetime
    actor: Person | None = None
    by: By
    origin: str | None = None
    record: str | None = None
    thread_id: str | None = None
    about: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    seal: str = ""
