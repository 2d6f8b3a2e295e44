"""Templates of discussions, by type of record: what starting takes, so that one line is enough."""

from collections.abc import AsyncGenerator, Iterable

from .._protocol import look, path, write
from ..drafts import TemplateDraft
from ..models import Page
from ..templates import Template
from .transport import Transport

DESCRIBED_AT_ONCE = 100


class Templates:
    """Templates. Describing and removing need a server key."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def describe(self, drafts: Iterable[TemplateDraft]) -> list[Template]:
        """Add or update templates, each by its `record_type` and `name`; what is not named stays, `None` takes it away.

        Returns them in the order given. Raises `Conflict` (`too_many_templates`) over 100 for a type of record.
        """
        waiting = [*drafts]
        described: list[Template] = []
        for start in range(0, len(waiting), DESCRIBED_AT_ONCE):
            request = write("POST", path("templates"), {"templates": waiting[start : start + DESCRIBED_AT_ONCE]})
            described += (await self._transport.send(request, Page[Template])).data
        return described

    async def remove(self, record_type: str, name: str) -> None:
        """Take a template away; threads that began with it stay as they are. Raises `NotFound`."""
        await self._transport.send(write("DELETE", path("templates"), record_type=record_type, name=name), type(None))

    def list(self, *, record: str | None = None, record_type: str | None = None) -> AsyncGenerator[Template, None]:
        """Return the templates for a record, resolved for it; or with a server key, as described, those of a type or all.

        Raises `NotFound` when the caller may not see the record.
        """
        return self._transport.pages(look(path("templates"), record=record, type=record_type), Page[Template])
