# Derived from _async/people.py by sdk/derive.py: change it there.
"""What the host tells of its people, and who can be mentioned. Describing needs a server key."""

from collections.abc import Iterable, Mapping

from .._protocol import look, path, write
from ..models import Group, Page, Person
from ..people import Found, FoundGroup
from .transport import Transport

PEOPLE_AT_ONCE, GROUPS_AT_ONCE = 500, 100


class People:
    """People and groups, under the host's own ids."""

    def __init__(self, transport: Transport) -> None:
        """Made by the client."""
        self._transport = transport

    def describe(self, people: Mapping[str, object] | Iterable[Mapping[str, object]]) -> list[Person]:
        """Add or update one person or many; what is not named stays.

        Each is `{"id", "name"?, "email"?, "avatar_url"?, "title"?, "department"?, "guest"?, "locale"?, "time_zone"?}`.
        """
        drafts = [people] if isinstance(people, Mapping) else list(people)
        described: list[Person] = []
        for start in range(0, len(drafts), PEOPLE_AT_ONCE):
            request = write("POST", path("people"), {"people": drafts[start : start + PEOPLE_AT_ONCE]})
            described += (self._transport.send(request, Page[Person])).data
        return described

    def groups(self, groups: Mapping[str, object] | Iterable[Mapping[str, object]]) -> list[Group]:
        """Add or update one group or many: `{"id", "name", "members": [person ids]}`; `members` replaces who is in it."""
        drafts = [groups] if isinstance(groups, Mapping) else list(groups)
        described: list[Group] = []
        for start in range(0, len(drafts), GROUPS_AT_ONCE):
            request = write("POST", path("groups"), {"groups": drafts[start : start + GROUPS_AT_ONCE]})
            described += (self._transport.send(request, Page[Group])).data
        return described

    def erase(self, person_id: str) -> None:
        """Erase a person with all that they wrote, for good. Raises `NotFound` when nothing is known of them.

        Sign no tokens for them any more, before: whoever comes with one is known again.
        """
        self._transport.send(write("DELETE", path("people"), person_id=person_id), type(None))

    def search(self, query: str = "", *, record: str | None = None, thread_id: str | None = None, limit: int = 20) -> list[Person]:
        """Return at most `limit` (1 to 100) people to mention, the best matches first: by name, word of it, or id.

        With `record`, only those who can see it; with `thread_id`, only those who can see that, first those who wrote
        there. Accents and case do not matter. Raises `NotFound` when the caller may not see it.
        """
        request = look(path("people"), query=query, record=record, thread=thread_id, limit=limit)
        return (self._transport.send(request, Found)).data

    def who_can_see(self, people: Iterable[str], *, record: str | None = None, thread_id: str | None = None) -> list[str]:
        """Return which of at most 100 people, by id, can see a record or a thread: a mention of the others is refused."""
        request = look(path("people"), id=list(people), record=record, thread=thread_id)
        return [person.id for person in (self._transport.send(request, Found)).data]

    def search_groups(self, query: str, *, record: str | None = None, thread_id: str | None = None) -> list[FoundGroup]:
        """Return the first groups that match and reach somebody who can see the record or thread; guests find none."""
        request = look(path("people"), query=query, record=record, thread=thread_id, limit=1)
        return (self._transport.send(request, Found)).groups
