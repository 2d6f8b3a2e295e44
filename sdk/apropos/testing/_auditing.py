"""What the fake tells of who did what: its log, and what was done to the workspace itself."""

from datetime import datetime
from typing import Any

from ._world import Shape, World


def list_audit(world: World, asked: Any) -> Any:
    """List what was done, the newest first."""
    query = asked.query
    types = query.get("types", "").split(",") if query.get("types") else None
    given, moment = {name: query[name] for name in ("record", "thread_id") if name in query}, datetime.fromisoformat

    def fits(one: Shape) -> bool:
        who = one["actor"] and one["actor"]["id"]
        return (
            (types is None or one["type"] in types)
            and query.get("actor") in (None, who)
            and query.get("by") in (None, one["by"]["id"])
            and all(one[name] == value for name, value in given.items())
            and ("since" not in query or moment(one["at"]) >= moment(query["since"]))
            and ("until" not in query or moment(one["at"]) < moment(query["until"]))
        )

    found = [one for one in reversed(world.audit) if fits(one)]
    after = int(query.get("cursor", 0))
    page = found[after : after + asked.limit]
    return {"data": page, "next": str(after + asked.limit) if len(found) > after + asked.limit else None}
