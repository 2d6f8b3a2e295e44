"""Who may: what the host takes back, and asking it for access on somebody's behalf."""

from collections.abc import Iterable, Mapping

from .._ids import new_id
from .._protocol import path, write
from ..access import Question, question
from ..people import AccessRequest
from .transport import Transport


class Access:
    """Access to records, beyond what is described on them and what tokens grant."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    async def changed(self, *, people: Iterable[str] = (), records: Iterable[str] = ()) -> None:
        """Say that your `access_url` answers otherwise now: of these people, of these records, or of all when neither is named.

        What it said is forgotten at once, and open pages look again. Needs a server key.
        """
        named = {"people": list(people), "records": list(records)}
        body = {name: some for name, some in named.items() if some}
        await self._transport.send(write("POST", path("access", "changed"), body), type(None))

    async def request(
        self, record: str | None = None, *, thread_id: str | None = None, person_id: str | None = None, comment: str | None = None
    ) -> AccessRequest:
        """Ask the host to let somebody see a record, or the thread `thread_id`; nobody named means the person who calls.

        It hears `access.requested`, and decides; who manages the record finds it in their inbox. The same within a day is the
        same request. Raises `NotFound` when somebody asks for others where they may not write, `Conflict` (`sees_already`) when
        they ask for themselves, and `RateLimited` after 50 in a day.
        """
        what = {"record": record, "thread_id": thread_id, "person_id": person_id, "comment": comment}
        body = {"id": new_id("ask"), **{name: value for name, value in what.items() if value is not None}}
        return await self._transport.send(write("POST", path("access", "requests"), body), AccessRequest)

    async def dismiss(self, request_id: str) -> None:
        """Put a request away, for everybody who is told of it; the host hears `access.closed`.

        Raises `NotFound` for somebody who is not told: they do not manage the record, or do not see what it is about.
        """
        await self._transport.send(write("DELETE", path("access", "requests", request_id)), type(None))

    @staticmethod
    def verify(secret: str, headers: Mapping[str, str], body: bytes | str) -> Question:
        """Return what the service asks your `access_url`; `secret` is its `access_secret`. Raises `SignatureInvalid`."""
        return question(secret, headers, body)
