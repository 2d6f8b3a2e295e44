"""The fake's door: which request is which call, who makes it, and how answers and refusals leave."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx

from . import _auditing as auditing
from . import _describing as describing
from . import _discussing as discussing
from . import _doing as doing
from . import _erasing as erasing
from . import _filing as filing
from . import _hooking as hooking
from . import _liking as liking
from . import _looking as looking
from . import _marking as marking
from . import _settling as settling
from . import _showing as showing
from . import _templates as templates
from . import _waiting as waiting
from ._world import Refused, Shape, World, wrong


@dataclass(frozen=True)
class Asked:
    """One request, taken apart. `id` and `emoji` stand in its address; `kept` says which keys it is about."""

    headers: httpx.Headers
    query: httpx.QueryParams
    body: Shape
    actor: str | None
    id: str = ""
    content: bytes = b""
    emoji: str = ""
    kept: str = "key"

    @property
    def limit(self) -> int:
        """How many of a list, at most."""
        return int(self.query.get("limit", 20))

    def only(self, *members: str) -> Shape:
        """Return the body. Raises 422 when it has other members than these."""
        if unknown := self.body.keys() - set(members):
            raise wrong(min(unknown), "is not known")
        return self.body

    def person(self) -> str:
        """Return who calls. Raises 403 when the host speaks for itself."""
        if self.actor is None:
            raise Refused(403, "forbidden", "This is something a person does: name one with acting_as.")
        return self.actor

    def unless_stale(self, thing: Mapping[str, Any]) -> None:
        """Raise 412 when the caller changed another version than the thing's."""
        given = self.headers.get("if-match")
        if given is not None and given != f'"{thing["version"]}"':
            raise Refused(412, "version_conflict", f"It is at version {thing['version']} now.", current=dict(thing))


Call = Callable[[World, Asked], Any]
ROUTES: dict[str, Call] = {
    "POST records": describing.describe_records, "GET records": describing.get_records,
    "POST records/rename": describing.rename_record, "POST records/merge": describing.merge_records,
    "DELETE records": erasing.erase_record, "POST people": describing.describe_people, "GET people": describing.find_people,
    "DELETE people": erasing.erase_person,
    "POST access/changed": describing.access_changed, "POST access/requests": describing.request_access,
    "DELETE access/requests/(?P<id>[^/]+)": describing.dismiss_request,
    "POST groups": describing.describe_groups, "GET workspace": describing.get_workspace,
    "PATCH workspace": describing.change_workspace, "GET (?P<kept>key)s": describing.list_keys,
    "POST (?P<kept>key)s": describing.make_key, "DELETE (?P<kept>key)s": describing.end_key,
    "GET workspace/(?P<kept>signing)-keys": describing.list_keys, "POST workspace/(?P<kept>signing)-keys": describing.make_key,
    "DELETE workspace/(?P<kept>signing)-keys": describing.end_key, "GET conversation": looking.get_conversation,
    "POST counts": looking.ask_counts, "GET events": looking.list_events, "GET stream": looking.stream,
    "GET threads": looking.list_threads, "POST threads": discussing.open_thread,
    "GET threads/(?P<id>[^/]+)": discussing.get_thread, "PATCH threads/(?P<id>[^/]+)": discussing.change_thread,
    "PUT threads/(?P<id>[^/]+)/resolution": discussing.resolve_thread,
    "DELETE threads/(?P<id>[^/]+)/resolution": discussing.reopen_thread,
    "PUT threads/(?P<id>[^/]+)/archive": discussing.archive_thread, "PUT threads/(?P<id>[^/]+)/watch": discussing.watch_thread,
    "PUT threads/(?P<id>[^/]+)/read": discussing.read_thread, "PUT threads/(?P<id>[^/]+)/visibility": showing.set_visibility,
    "GET threads/(?P<id>[^/]+)/comments": looking.list_comments,
    "POST threads/(?P<id>[^/]+)/comments": discussing.post_comment, "PATCH comments/(?P<id>[^/]+)": marking.edit_comment,
    "DELETE comments/(?P<id>[^/]+)": marking.withdraw_comment, "POST comments/(?P<id>[^/]+)/restore": marking.restore_comment,
    "GET comments/(?P<id>[^/]+)/history": marking.comment_history,
    "PUT comments/(?P<id>[^/]+)/reactions/(?P<emoji>[^/]+)": marking.add_reaction,
    "DELETE comments/(?P<id>[^/]+)/reactions/(?P<emoji>[^/]+)": marking.remove_reaction,
    "PUT comments/(?P<id>[^/]+)/vote": settling.vote, "DELETE comments/(?P<id>[^/]+)/vote": settling.withdraw_vote,
    "PUT comments/(?P<id>[^/]+)/record": settling.record_decision, "PATCH comments/(?P<id>[^/]+)/record": settling.change_review,
    "POST comments/(?P<id>[^/]+)/turn-into": doing.turn_into, "GET threads/(?P<id>[^/]+)/actions": doing.list_actions,
    "POST threads/(?P<id>[^/]+)/actions": doing.add_action, "PATCH actions/(?P<id>[^/]+)": doing.change_action,
    "PUT comments/(?P<id>[^/]+)/answer": settling.accept_answer, "DELETE comments/(?P<id>[^/]+)/answer": settling.withdraw_answer,
    "GET inbox": waiting.list_inbox, "POST inbox/read": waiting.read_entries,
    "POST inbox/unread": waiting.unread_entries, "PUT inbox/(?P<id>[^/]+)/snooze": waiting.snooze,
    "PUT inbox/(?P<id>[^/]+)/done": waiting.be_done, "DELETE inbox/(?P<id>[^/]+)/done": waiting.undo,
    "GET preferences": liking.get_preferences, "PUT preferences": liking.choose_preferences,
    "PUT records/watch": waiting.watch_record, "GET records/watch": waiting.get_watch,
    "GET audit": auditing.list_audit, "POST templates": templates.describe_templates, "GET templates": templates.list_templates,
    "DELETE templates": templates.remove_template,
    "POST webhooks": hooking.create_webhook, "GET webhooks": hooking.list_webhooks,
    "GET webhooks/(?P<id>[^/]+)": hooking.get_webhook, "PATCH webhooks/(?P<id>[^/]+)": hooking.change_webhook,
    "DELETE webhooks/(?P<id>[^/]+)": hooking.remove_webhook, "POST webhooks/(?P<id>[^/]+)/rotate": hooking.rotate_secret,
    "POST webhooks/(?P<id>[^/]+)/test": hooking.test_webhook, "POST webhooks/(?P<id>[^/]+)/replay": hooking.replay,
    "GET webhooks/(?P<id>[^/]+)/deliveries": hooking.list_deliveries,
    "POST deliveries/(?P<id>[^/]+)/redeliver": hooking.redeliver,
    "POST attachments": filing.upload, "GET attachments": filing.get_files, "GET attachments/(?P<id>[^/]+)": filing.get_file,
    "DELETE attachments/(?P<id>[^/]+)": filing.remove_file,
    "PUT comments/(?P<id>[^/]+)/seen": marking.mark_seen, "DELETE comments/(?P<id>[^/]+)/seen": marking.unmark_seen,
}  # fmt: skip


def answer(world: World, request: httpx.Request) -> httpx.Response:
    """Return what the service would answer."""
    try:
        return _once(world, request)
    except Refused as refused:
        return httpx.Response(refused.status, json=refused.document, headers={"Content-Type": "application/problem+json"})


def _once(world: World, request: httpx.Request) -> httpx.Response:
    """The same idempotency key gets the same answer, or a refusal when it comes with another request."""
    key = request.headers.get("idempotency-key")
    asked = (request.method, str(request.url), request.content)
    if key in world.answered:
        before, kept = world.answered[key]
        if before != asked:
            raise Refused(422, "idempotency_mismatch", "This idempotency key was used for a different request.")
        return _leaving(kept)
    said = _call(world, request)
    if isinstance(said, httpx.Response):
        return said
    kept = json.loads(json.dumps(said))
    if key:
        world.answered[key] = asked, kept
    return _leaving(kept)


def _call(world: World, request: httpx.Request) -> Any:
    wanted = f"{request.method} {request.url.path.removeprefix('/v1/')}"
    is_form = request.headers.get("content-type", "").startswith("multipart/")
    body = json.loads(request.content) if request.content and not is_form else {}
    for pattern, call in ROUTES.items():
        if found := re.fullmatch(pattern, wanted):
            asked = Asked(request.headers, request.url.params, body, _actor(request), content=request.content, **found.groupdict())
            return call(world, asked)
    raise Refused(404, "not_found", f"The fake does not know {wanted}.")


def _leaving(said: Any) -> httpx.Response:
    if said is None:
        return httpx.Response(204)
    status, body = said if isinstance(said, list) else (200, said)
    tag = {"ETag": f'"{body["version"]}"'} if "version" in body else {}
    return httpx.Response(status, json=body, headers=tag)


def _actor(request: httpx.Request) -> str | None:
    """Who calls: the person a server key acts as, or the one a token is about; the token's signature is not checked."""
    payload = request.headers["authorization"].split(".")[1:2]
    if payload:
        subject: str = json.loads(base64.urlsafe_b64decode(payload[0] + "=="))["sub"]
        return subject
    actor: str | None = request.headers.get("apropos-actor")
    return None if actor is None else unquote(actor)
