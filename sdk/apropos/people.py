"""Whom one can mention, as the service finds them; and what the host is asked to let somebody see."""

from pydantic import AwareDatetime, Field

from .models import Model, Page, Person


class FoundGroup(Model):
    """A group that can be mentioned as `<@group:id>`: how many are in it, and how many of these can see where.

    `reach` is `None` where only the host, asked live, knows.
    """

    id: str
    name: str
    member_count: int = 0
    reach: int | None = None


class Found(Page[Person]):
    """People who can be mentioned, and on the first page groups."""

    groups: list[FoundGroup] = Field(default_factory=list)


class AccessRequest(Model):
    """Somebody, `asked_by`, asked the host that a person may see a record, or the thread on it. `None`: a server asked."""

    id: str
    record: str
    thread_id: str | None = None
    person_id: str
    asked_by: str | None = None
    comment: str | None = None
    asked_at: AwareDatetime
