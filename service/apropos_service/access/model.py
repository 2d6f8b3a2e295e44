"""Workspaces and the keys that open them.

Law: no secret is stored in the clear: keys as a hash, signing secrets sealed with the operator's secret.
"""

from ..rows import Foreign, Index, Json, Row, table


@table("workspace", key=("workspace_id",), foreign=[Foreign(("workspace_id",), "log_head")])
class Workspace(Row):
    """A customer's separate world and its settings.

    `epoch` is raised with everything that changes who may: processes look at it to know what to forget. `access_secret`
    is sealed; `former_secret` signs as well until a day after `rotated_at`.
    """

    workspace_id: str
    name: str
    access_url: str | None
    require_outcome: Json
    created_at: int
    version: int
    epoch: int
    access_secret: str | None
    former_secret: str | None
    rotated_at: int
    time_zone: str | None = None


@table("access_change", key=("workspace_id", "epoch"), foreign=[Foreign(("workspace_id",), "workspace")])
class AccessChange(Row):
    """What the host takes back of its verdicts, in the epoch that this began: those about these people and records, or all."""

    workspace_id: str
    epoch: int
    people: Json
    records: Json
    at: int


@table("access_key", foreign=[Foreign(("workspace_id",), "workspace")], indexes=[
    Index(("hash",), unique=True), Index(("id",), unique=True),
])  # fmt: skip
class Key(Row):
    """A server key; `hash` is what can be compared, `used_at` when it was used last, a minute more or less."""

    workspace_id: str
    id: str
    name: str
    scope: str
    hash: str
    created_at: int
    expires_at: int | None
    revoked_at: int | None
    used_at: int | None = None


@table("signing_key", foreign=[Foreign(("workspace_id",), "workspace")], indexes=[Index(("id",), unique=True)])
class SigningKey(Row):
    """What person tokens are checked against: a sealed secret, a PEM public key or a JWKS address."""

    workspace_id: str
    id: str
    kind: str
    value: str | None
    url: str | None
    created_at: int


@table("held_grant", key=("workspace_id", "person_id", "token"), foreign=[Foreign(("workspace_id",), "workspace")], indexes=[
    Index(("workspace_id", "until")),
])  # fmt: skip
class HeldGrants(Row):
    """What a token, by its digest, lets somebody do: `grants` by record, type or `*`, `groups`, `role`; `until` it ends."""

    workspace_id: str
    person_id: str
    token: str
    role: str
    grants: Json
    groups: Json
    until: int


@table("installation", key=("workspace_id",))
class Installation(Row):
    """One row, in no workspace: the fingerprint of the secret that this database goes with."""

    workspace_id: str
    fingerprint: str
