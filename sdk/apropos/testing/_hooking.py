"""What the fake does with webhooks: it knows what would be owed, and sends nothing; `apropos.testing.sent` is what would come."""

import secrets
from base64 import b64encode
from typing import Any

from .._ids import new_id
from ._world import Refused, Shape, World, now, wrong

MEMBERS = frozenset({"url", "types", "records", "description", "enabled"})
EMPTY: Shape = {
    "types": ["*"], "records": None, "description": None, "enabled": True, "disabled_at": None, "disabled_because": None,
    "failing_since": None, "problem": None, "replay": None,
}  # fmt: skip


def create_webhook(world: World, asked: Any) -> Any:
    """Make a webhook; its secret is in this answer only."""
    draft = asked.only("id", *MEMBERS)
    _must_be_address(draft.get("url", ""))
    before = world.hooks.get(draft.get("id", ""))
    if before is not None:
        if any(before[name] != value for name, value in draft.items()):
            raise Refused(409, "id_conflict", "Something else was already created with this id.")
        return before
    hook = {**EMPTY, "id": new_id("whk"), **draft, "created_at": now(), "version": 1}
    world.hooks[hook["id"]] = hook
    world.owed[hook["id"]] = {}
    return 201, {**hook, "secret": _secret()}


def list_webhooks(world: World, _: Any) -> Any:
    """List webhooks, newest first."""
    return {"data": [*world.hooks.values()][::-1], "next": None}


def get_webhook(world: World, asked: Any) -> Any:
    """Return one."""
    return _there(world, asked.id)


def change_webhook(world: World, asked: Any) -> Any:
    """Change one; what is not named stays."""
    hook = _there(world, asked.id)
    asked.unless_stale(hook)
    if "url" in asked.only(*MEMBERS):
        _must_be_address(asked.body["url"])
    because: Shape = {} if "enabled" not in asked.body else {"disabled_because": None, "disabled_at": None}
    if asked.body.get("enabled") is False:
        because = {"disabled_because": "asked", "disabled_at": now()}
    hook.update(**asked.body, **because, version=hook["version"] + 1)
    return hook


def remove_webhook(world: World, asked: Any) -> Any:
    """Take one away."""
    _there(world, asked.id)
    del world.hooks[asked.id], world.owed[asked.id]


def rotate_secret(world: World, asked: Any) -> Any:
    """Make another secret, in this answer only."""
    hook = _there(world, asked.id)
    hook["version"] += 1
    return {**hook, "secret": _secret()}


def test_webhook(world: World, asked: Any) -> Any:
    """Owe a webhook an event of its own."""
    hook = _enabled(world, asked.id)
    envelope = {
        "id": new_id("evt"), "type": "webhook.tested", "timestamp": now(), "workspace": world.workspace["id"], "record": None,
        "thread_id": None, "actor": None, "seq": hook["version"], "data": {"people": {}, "webhook_id": hook["id"]},
    }  # fmt: skip
    world.log.append(envelope)
    return {"event_id": envelope["id"]}


def list_deliveries(world: World, asked: Any) -> Any:
    """List what is owed, the newest first."""
    hook = _there(world, asked.id)
    wanted = {name: asked.query[name] for name in ("state", "type", "event_id") if name in asked.query}
    found = [_delivery(world, hook, one) for one in world.log if _concerns(hook, one)]
    return {"data": [one for one in found[::-1] if wanted.items() <= one.items()], "next": None}


def redeliver(world: World, asked: Any) -> Any:
    """Owe one again, which it is anyway."""
    for hook_id, owed in world.owed.items():
        for delivery in owed.values():
            if delivery["id"] == asked.id:
                _enabled(world, hook_id)
                return delivery
    raise Refused(404, "not_found", "There is no such delivery.")


def replay(world: World, asked: Any) -> Any:
    """Owe a part of the log again, which it is anyway."""
    asked.only("after", "before")
    return _enabled(world, asked.id)


def _there(world: World, hook_id: str) -> Shape:
    if hook_id not in world.hooks:
        raise Refused(404, "not_found", "There is no such webhook.")
    return world.hooks[hook_id]


def _enabled(world: World, hook_id: str) -> Shape:
    hook = _there(world, hook_id)
    if not hook["enabled"]:
        raise Refused(409, "webhook_is_disabled", "The webhook is disabled; enable it first.")
    return hook


def _must_be_address(url: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise wrong("url", "is an address such as https://example.com/path")


def _concerns(hook: Shape, envelope: Shape) -> bool:
    if envelope["timestamp"] < hook["created_at"]:
        return False
    if envelope["type"] == "webhook.tested":
        return bool(envelope["data"]["webhook_id"] == hook["id"])
    kind = (envelope["record"] or "").partition(":")[0]
    return bool({"*", envelope["type"]} & {*hook["types"]} and (hook["records"] is None or kind in hook["records"]))


def _delivery(world: World, hook: Shape, envelope: Shape) -> Shape:
    owed: Shape = world.owed[hook["id"]].setdefault(envelope["id"], {
        "id": new_id("dlv"), "webhook_id": hook["id"], "event_id": envelope["id"], "type": envelope["type"],
        "record": envelope["record"], "thread_id": envelope["thread_id"], "state": "owed", "created_at": envelope["timestamp"],
        "delivered_at": None, "next_attempt_at": envelope["timestamp"], "attempts": [],
    })  # fmt: skip
    return owed


def _secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()
