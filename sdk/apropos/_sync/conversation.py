# Derived from _async/conversation.py by sdk/derive.py: change it there.
"""First paint of a record and tallies for a page full of them.

Law: a conversation that did not change is not sent again; the service says so by its `ETag`, and we keep the last ones.
"""

from collections.abc import Iterable
from typing import Any

import httpx

from .._protocol import Request, look, path, understood
from ..models import Conversation, RecordTally, Tallies
from .transport import Transport

KEPT, COUNTED_AT_ONCE = 256, 500


def conversation(transport: Transport, record: str, **which: Any) -> Conversation:
    """Return the conversation, the one kept when it is still true."""
    request = look(path("conversation"), record=record, **which)
    place = (transport.bearer(), transport.actor, request.query)
    tag, known = transport.kept.get(place, (None, None))
    headers = {"If-None-Match": tag} if tag else {}
    answer = transport.answer(Request("GET", request.path, request.query, headers=headers))
    if answer.status_code == httpx.codes.NOT_MODIFIED and known is not None:
        return known  # type: ignore[no-any-return] # kept by the line below
    fresh = understood(answer, Conversation)
    transport.kept.pop(place, None)
    if "etag" in answer.headers:
        transport.kept[place] = answer.headers["etag"], fresh
    while len(transport.kept) > KEPT:
        transport.kept.pop(next(iter(transport.kept)), None)
    return fresh


def counts(transport: Transport, records: Iterable[str]) -> dict[str, RecordTally]:
    """Return the tally of each record, 500 in one request."""
    names = list(dict.fromkeys(records))
    found: dict[str, RecordTally] = {}
    for start in range(0, len(names), COUNTED_AT_ONCE):
        request = Request("POST", path("counts"), body={"records": names[start : start + COUNTED_AT_ONCE]})
        found |= (transport.send(request, Tallies)).data
    return found
