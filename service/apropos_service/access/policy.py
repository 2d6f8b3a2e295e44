"""Who may: one pure module that every way out asks.

Law: what a caller may not know exists is the same as what does not exist. Access to a record is the strongest of
the token's grants, the record's own `access` and the host's verdict; on top of it, visibility is the thread's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..errors import Forbidden, NotFound
from .verdicts import Verdicts

Level = Literal["read", "comment", "manage"]
RANK: dict[str | None, int] = {None: 0, "read": 1, "comment": 2, "manage": 3}
CAN = {
    0: (),
    1: ("read", "seen", "watch"),
    2: ("read", "seen", "watch", "comment", "react"),
    3: ("read", "seen", "watch", "comment", "react", "moderate", "widen", "history"),
}
PERSONAL = frozenset({"seen", "watch", "react"})
"""What only a person does."""
DESCRIBES = frozenset({
    "/v1/records", "/v1/records/rename", "/v1/people", "/v1/groups", "/v1/templates", "/v1/access/changed",
})  # fmt: skip
"""Where a key of the scope `describe` has something to do."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes this request: a host's server (`scope` is set) or a person with a token (`role` is set).

    `person_id` is `None` when the host speaks for itself. `until` is when this stops being true, seconds since 1970;
    `epoch` is the workspace's when it was learnt. `verdicts` is there where the host is asked live who may. `origin` is the
    address that a change comes from.
    """

    workspace_id: str
    name: str
    person_id: str | None = None
    scope: Literal["full", "read", "describe"] | None = None
    role: Literal["member", "moderator", "admin"] | None = None
    grants: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    guest: bool = False
    until: float | None = None
    epoch: int = field(default=0, compare=False)
    verdicts: Verdicts | None = field(default=None, compare=False, repr=False)
    origin: str | None = field(default=None, compare=False)

    @property
    def is_host(self) -> bool:
        """Whether this is the host's server, acting for itself or for a person."""
        return self.scope is not None

    @property
    def key(self) -> str | None:
        """The key's id, or `operator:` with a name, by whose right this is done; `None` for a person with a token."""
        return self.name.partition(" ")[0] if self.is_host else None

    @property
    def powers(self) -> tuple[Any, ...]:
        """What decides what they may see and do, but for what the host says where it is asked live, and whether it is."""
        return self.person_id, self.scope, self.role, self.guest, self.groups, self.grants, self.verdicts is None

    @property
    def unsure(self) -> bool:
        """Whether something was decided for this caller that the host has to be asked about first."""
        return self.verdicts is not None and bool(self.verdicts.missing)

    def can(self, rank: int) -> list[str]:
        """Return what they may do on a record with this rank."""
        return [*self.may(CAN[rank]), *(("internal",) if rank and not self.guest else ())]

    def may(self, acts: Iterable[str]) -> list[str]:
        """Return those of these acts that are not refused to whoever calls in this way: with a key that reads, as nobody."""
        if self.scope == "read":
            return [act for act in acts if act == "read"]
        return [act for act in acts if self.person_id is not None or act not in PERSONAL]

    def must_be_host(self, *scopes: str) -> None:
        """Raise `Forbidden` unless a server key with one of these scopes calls."""
        if self.scope not in scopes:
            raise Forbidden(f"This needs a server key with the scope {' or '.join(scopes)}.")

    def must_write(self) -> None:
        """Raise `Forbidden` for a server key of the scope `read`, also where it acts for a person."""
        if self.scope == "read":
            raise Forbidden("This changes something: it needs a server key with the scope full, not read.")

    def must_reach(self, path: str) -> None:
        """Raise `Forbidden` for a server key of the scope `describe` anywhere but where records and people are described."""
        if self.scope == "describe" and path not in DESCRIBES:
            raise Forbidden("This needs a server key with the scope full or read; describe is for records and people.")

    def must_be_person(self) -> str:
        """Return the person's id. Raises `Forbidden` when the host speaks for itself."""
        if self.person_id is None:
            raise Forbidden("This is something a person does: name one with Apropos-Actor, or call with a person's token.")
        return self.person_id


def operator(workspace_id: str, name: str, origin: str | None = None) -> Caller:
    """Return whoever runs the service as a caller who may do everything; `name` is of one word."""
    return Caller(workspace_id, name=f"operator:{name}", scope="full", origin=origin)


def level(caller: Caller, record: str, access: Mapping[str, Any] | None, *, most: Level = "manage") -> int:
    """Return the rank (0 none, 1 read, 2 comment, 3 manage) that the caller has on the record `type:key`.

    `most` is the highest level that matters to whoever asks: where the host is asked live, no more is asked.
    """
    if caller.is_host:
        return {"full": 3, "read": 1}.get(caller.scope or "", 0)
    if caller.role == "admin":
        return 3
    record_type = record.partition(":")[0]
    granted = max(RANK.get(caller.grants.get(name), 0) for name in (record, f"{record_type}:*", "*"))
    found = max(granted, _own(caller, access or {}))
    lifts = caller.role == "moderator"
    if caller.verdicts is not None and caller.person_id is not None and not (lifts and found):
        upto = RANK["read" if lifts else most]
        found = caller.verdicts.rank(caller.person_id, record, above=found, upto=upto)
    return 3 if found and lifts else found


def may_see(caller: Caller, visibility: str, members: Iterable[str]) -> bool:
    """Tell whether somebody with access to the record may see a thread of this visibility."""
    if caller.is_host:
        return True
    if visibility == "restricted":
        return caller.person_id in set(members)
    return visibility == "shared" or not caller.guest


def must(have: int, need: Level, *, seen: bool = True) -> None:
    """Raise `NotFound` when the caller may not even see it, and `Forbidden` when they may see but not do it."""
    if have == 0 or not seen:
        raise NotFound
    if have < RANK[need]:
        raise Forbidden(f"This needs the level {need} on the record.", needs=need)


def _own(caller: Caller, access: Mapping[str, Any]) -> int:
    people: Mapping[str, str] = access.get("people") or {}
    groups: Mapping[str, str] = access.get("groups") or {}
    everyone = None if caller.guest else access.get("everyone")
    by_group = (RANK.get(groups.get(group), 0) for group in caller.groups)
    return max(RANK.get(people.get(caller.person_id or ""), 0), RANK.get(everyone, 0), *by_group)
