"""Every operation of the API once, as somebody who knows these ids would call it. A law sees that none is missing."""

from dataclasses import dataclass, field
from typing import Any

from apropos._ids import new_id
from apropos_service.app import ROUTERS

ROUTES = sorted(
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if route.path.startswith("/v1")
    for method in route.methods
)


@dataclass(frozen=True)
class Known:
    """The ids that a caller knows."""

    thread: str
    comment: str
    record: str
    key: str
    signing_key: str
    action: str
    attachment: str
    request: str = "ask_01k0000000e00g0r40g30e209g"
    webhook: str = "whk_01k0000000e00g0r40g30e209g"
    delivery: str = "dlv_01k0000000e00g0r40g30e209g"


@dataclass(frozen=True)
class Call:
    """How an operation is called. `about` names the ids it needs; `form` goes with a file; `host` tells that only a server may."""

    about: tuple[str, ...] = ()
    query: dict[str, Any] = field(default_factory=dict)
    json: Any = None
    form: dict[str, str] | None = None
    host: bool = False


def nobodys() -> Known:
    """Return ids that nothing has, spelled as anything is."""
    prefixes = ("thr", "cmt", "key", "key", "act", "att", "ask", "whk", "dlv")
    thread, comment, *others = [new_id(prefix) for prefix in prefixes]
    return Known(thread, comment, "forecast_line:never was", *others)


def calls(known: Known) -> dict[tuple[str, str], Call]:
    """Return a call for each operation."""
    record, thread, comment = known.record, ("thread",), ("comment",)
    return {
        ("GET", "/v1/workspace"): Call(host=True),
        ("PATCH", "/v1/workspace"): Call(json={"name": "N"}, host=True),
        ("POST", "/v1/access/changed"): Call(json={"people": ["own"]}, host=True),
        ("GET", "/v1/keys"): Call(host=True),
        ("POST", "/v1/keys"): Call(json={"name": "k", "scope": "read"}, host=True),
        ("DELETE", "/v1/keys"): Call(("key",), {"id": known.key}, host=True),
        ("DELETE", "/v1/keys/{key_id}"): Call(("key",), host=True),
        ("GET", "/v1/workspace/signing-keys"): Call(host=True),
        ("POST", "/v1/workspace/signing-keys"): Call(json={"kind": "secret"}, host=True),
        ("DELETE", "/v1/workspace/signing-keys"): Call(("signing_key",), {"id": known.signing_key}, host=True),
        ("DELETE", "/v1/workspace/signing-keys/{key_id}"): Call(("signing_key",), host=True),
        ("GET", "/v1/records"): Call(query={"record": record}),
        ("POST", "/v1/records"): Call(json={"records": [{"record": "own:1", "title": "T"}]}, host=True),
        ("DELETE", "/v1/records"): Call(("record",), {"record": record}, host=True),
        ("POST", "/v1/records/rename"): Call(("record",), json={"from": record, "to": "own:renamed"}, host=True),
        ("POST", "/v1/records/merge"): Call(("record",), json={"from": record, "into": "own:merged"}, host=True),
        ("GET", "/v1/people"): Call(query={"query": "a"}),
        ("POST", "/v1/people"): Call(json={"people": [{"id": "own", "name": "Own"}]}, host=True),
        ("DELETE", "/v1/people"): Call(("record",), {"person_id": "nobody known"}, host=True),
        ("POST", "/v1/access/requests"): Call(thread, json={"thread_id": known.thread, "person_id": "own"}),
        ("DELETE", "/v1/access/requests/{request_id}"): Call(("request",)),
        ("POST", "/v1/groups"): Call(json={"groups": [{"id": "own", "name": "Own", "members": ["own"]}]}, host=True),
        ("GET", "/v1/threads"): Call(query={"record": record}),
        ("POST", "/v1/threads"): Call(thread, json={"id": known.thread, "record": record, "body": "mine?"}),
        ("GET", "/v1/threads/{thread_id}"): Call(thread),
        ("PATCH", "/v1/threads/{thread_id}"): Call(thread, json={"goal": "G"}),
        ("PUT", "/v1/threads/{thread_id}/archive"): Call(thread),
        ("PUT", "/v1/threads/{thread_id}/resolution"): Call(thread, json={"summary": "S"}),
        ("DELETE", "/v1/threads/{thread_id}/resolution"): Call(thread),
        ("PUT", "/v1/threads/{thread_id}/visibility"): Call(thread, json={"visibility": "internal"}),
        ("PUT", "/v1/threads/{thread_id}/watch"): Call(thread, json={"level": "all"}),
        ("PUT", "/v1/threads/{thread_id}/read"): Call(thread, json={"seq": 1}),
        ("GET", "/v1/threads/{thread_id}/comments"): Call(thread, {"limit": 5}),
        ("POST", "/v1/threads/{thread_id}/comments"): Call(thread, json={"body": "B"}),
        ("PATCH", "/v1/comments/{comment_id}"): Call(comment, json={"body": "B"}),
        ("DELETE", "/v1/comments/{comment_id}"): Call(comment),
        ("POST", "/v1/comments/{comment_id}/restore"): Call(comment),
        ("GET", "/v1/comments/{comment_id}/history"): Call(comment),
        ("PUT", "/v1/comments/{comment_id}/reactions/{emoji}"): Call(comment),
        ("DELETE", "/v1/comments/{comment_id}/reactions/{emoji}"): Call(comment),
        ("PUT", "/v1/comments/{comment_id}/seen"): Call(comment),
        ("DELETE", "/v1/comments/{comment_id}/seen"): Call(comment),
        ("PUT", "/v1/comments/{comment_id}/answer"): Call(comment, json={"comment_id": known.comment}),
        ("DELETE", "/v1/comments/{comment_id}/answer"): Call(comment),
        ("PUT", "/v1/comments/{comment_id}/vote"): Call(comment, json={"vote": "agree"}),
        ("DELETE", "/v1/comments/{comment_id}/vote"): Call(comment),
        ("PUT", "/v1/comments/{comment_id}/record"): Call(comment, json={}),
        ("PATCH", "/v1/comments/{comment_id}/record"): Call(comment, json={"review_at": None}),
        ("POST", "/v1/comments/{comment_id}/turn-into"): Call(comment, json={"kind": "action"}),
        ("GET", "/v1/threads/{thread_id}/actions"): Call(thread),
        ("POST", "/v1/threads/{thread_id}/actions"): Call(thread, json={"text": "T"}),
        ("PATCH", "/v1/actions/{action_id}"): Call(("action",), json={"state": "done"}),
        ("GET", "/v1/templates"): Call(query={"record": record}),
        ("POST", "/v1/templates"): Call(json={"templates": [{"record_type": "own", "name": "Own"}]}, host=True),
        ("DELETE", "/v1/templates"): Call(("record",), {"record_type": "forecast_line", "name": "unspoken of"}, host=True),
        ("GET", "/v1/attachments"): Call(query={"id": known.attachment}),
        ("POST", "/v1/attachments"): Call(("attachment",), form={"id": known.attachment, "record": record}),
        ("GET", "/v1/attachments/{attachment_id}"): Call(("attachment",)),
        ("DELETE", "/v1/attachments/{attachment_id}"): Call(("attachment",)),
        ("GET", "/v1/conversation"): Call(query={"record": record}),
        ("GET", "/v1/counts"): Call(query={"record": record}),
        ("POST", "/v1/counts"): Call(json={"records": [record]}),
        ("GET", "/v1/events"): Call(host=True),
        ("GET", "/v1/audit"): Call(),
        ("GET", "/v1/records/watch"): Call(query={"record": record}),
        ("PUT", "/v1/records/watch"): Call(json={"record": record, "level": "all"}),
        ("GET", "/v1/preferences"): Call(),
        ("PUT", "/v1/preferences"): Call(json={"enter_sends": True}),
        ("GET", "/v1/inbox"): Call(query={"filter": "for-you"}),
        ("POST", "/v1/inbox/read"): Call(json={"thread_ids": [known.thread]}),
        ("POST", "/v1/inbox/unread"): Call(json={"thread_ids": [known.thread]}),
        ("PUT", "/v1/inbox/{thread_id}/snooze"): Call(thread, json={"until": "2090-01-01T00:00:00Z"}),
        ("PUT", "/v1/inbox/{thread_id}/done"): Call(thread),
        ("DELETE", "/v1/inbox/{thread_id}/done"): Call(thread),
        ("GET", "/v1/webhooks"): Call(host=True),
        ("POST", "/v1/webhooks"): Call(json={"url": "http://127.0.0.1:9/own"}, host=True),
        ("GET", "/v1/webhooks/{webhook_id}"): Call(("webhook",), host=True),
        ("PATCH", "/v1/webhooks/{webhook_id}"): Call(("webhook",), json={"description": "D"}, host=True),
        ("DELETE", "/v1/webhooks/{webhook_id}"): Call(("webhook",), host=True),
        ("POST", "/v1/webhooks/{webhook_id}/rotate"): Call(("webhook",), host=True),
        ("POST", "/v1/webhooks/{webhook_id}/test"): Call(("webhook",), host=True),
        ("POST", "/v1/webhooks/{webhook_id}/replay"): Call(("webhook",), json={"after": "2026-01-01T00:00:00Z"}, host=True),
        ("GET", "/v1/webhooks/{webhook_id}/deliveries"): Call(("webhook",), host=True),
        ("POST", "/v1/deliveries/{delivery_id}/redeliver"): Call(("delivery",), host=True),
        ("GET", "/v1/stream"): Call(query={"record": record}),
        ("GET", "/v1/live"): Call(),
    }


def address(path: str, known: Known) -> str:
    """Return the path with its ids filled in."""
    key = known.signing_key if "signing" in path else known.key
    ids = {"thread_id": known.thread, "comment_id": known.comment, "action_id": known.action, "attachment_id": known.attachment}
    ids |= {"request_id": known.request, "webhook_id": known.webhook, "delivery_id": known.delivery}
    return path.format(**ids, key_id=key, emoji="👍")
