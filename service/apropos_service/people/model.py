"""The cards of people, and who is in which group.

Law: what people look for (`folded_…`) is kept folded, so that both databases find the same.
"""

from ..events.sealing import MARK
from ..folding import fold, words
from ..rows import Index, Row, table

ERASED = "Erased person"
"""What somebody is called of whom only the mark is left."""


@table("person")
class Person(Row):
    """Someone, as the host described them."""

    workspace_id: str
    id: str
    name: str
    email: str | None
    avatar_url: str | None
    title: str | None
    department: str | None
    guest: bool
    locale: str | None
    time_zone: str | None
    seq: int
    folded_name: str = ""
    folded_id: str = ""
    folded_email: str = ""

    @classmethod
    def stranger(cls, workspace_id: str, person_id: str) -> "Person":
        """Return somebody of whom nothing but the id is known; where that is a mark, they were erased."""
        name = ERASED if MARK.fullmatch(person_id) else person_id
        return cls(workspace_id, person_id, name, None, None, None, None, guest=False, locale=None, time_zone=None, seq=0)

    def fold(self) -> None:
        """Keep what they are looked for by as they are called now."""
        self.folded_name, self.folded_id, self.folded_email = words(self.name), fold(self.id), fold(self.email or "")


@table("people_group")
class Group(Row):
    """A named set of people."""

    workspace_id: str
    id: str
    name: str
    folded_name: str = ""
    folded_id: str = ""

    def fold(self) -> None:
        """Keep what it is looked for by as it is called now."""
        self.folded_name, self.folded_id = words(self.name), fold(self.id)


@table("membership", key=("workspace_id", "group_id", "person_id"), indexes=[Index(("workspace_id", "person_id"))])
class Membership(Row):
    """A person is in a group."""

    workspace_id: str
    group_id: str
    person_id: str
