"""What a webhook sends is believed only as it was signed, not long ago, and handled once; whatever takes it."""

import json
import sys
from itertools import count
from types import ModuleType

import flask
import httpx
import pytest
from asgiref.wsgi import WsgiToAsgi
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.test import override_settings
from django.urls import path
from fastapi import FastAPI

import apropos
from apropos import SignatureInvalid, webhooks
from apropos.events import Event, ThreadEvent
from apropos.integrations.django import webhook_view
from apropos.integrations.fastapi import webhook_router
from apropos.integrations.flask import webhook_blueprint
from apropos.testing import sent
from units.sdk.test_integrations import with_django as a_host_with_django

NUMBER = count(1)
SECRET, OTHER = "whsec_" + "c2VjcmV0" * 5 + "c2U=", "whsec_" + "b3RoZXIx" * 5 + "c2U="
ENVELOPE = {
    "id": "evt_01k0000000e00g0r40g30e209g", "type": "thread.archived", "timestamp": "2026-11-25T20:00:00.000Z",
    "workspace": "wsp_01k0000000e00g0r40g30e209g", "record": "order:1", "thread_id": "thr_01k0000000e00g0r40g30e209g",
    "actor": None, "seq": 3, "data": {"thread": None, "people": {}},
}  # fmt: skip


def with_fastapi(receiver):
    app = FastAPI()
    app.include_router(webhook_router(receiver, "/hook"))
    return app


def with_flask(receiver):
    app = flask.Flask(__name__)
    app.register_blueprint(webhook_blueprint(receiver, "/hook"))
    return WsgiToAsgi(app)


def with_django(receiver):
    urls = ModuleType(f"urls_of_receiver_{next(NUMBER)}")  # Django remembers what it read by its name
    urls.urlpatterns = [path("hook", webhook_view(receiver))]
    sys.modules[urls.__name__] = urls
    settings.ROOT_URLCONF = urls.__name__
    return get_asgi_application()


@pytest.fixture(params=[with_fastapi, with_flask, with_django])
async def door(request):
    """A host's view, and what it handled."""
    handled = []

    def handle(event):
        handled.append(event)
        if event.data.get("fails") if isinstance(event.data, dict) else False:
            raise RuntimeError("not now")

    a_host_with_django()
    with override_settings():  # whatever is set is as it was afterwards
        app = request.param(webhooks.Receiver([OTHER, SECRET], handle))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://host.test") as client:
            yield client, handled


async def test_what_the_service_signed_is_handled_once(door):
    client, handled = door
    for _ in range(2):
        headers, body = sent(SECRET, ENVELOPE)
        assert (await client.post("/hook", content=body, headers=headers)).status_code == 204

    assert [(type(event), event.record) for event in handled] == [(ThreadEvent, "order:1")]


async def test_what_nobody_signed_is_refused_and_not_handled(door):
    client, handled = door
    headers, body = sent("whsec_" + "bm9ib2R5" * 5 + "c2U=", ENVELOPE)

    assert (await client.post("/hook", content=body, headers=headers)).status_code == 400
    assert (await client.post("/hook", content=body)).status_code == 400
    assert (await client.get("/hook")).status_code == 405
    assert handled == []


async def test_what_could_not_be_handled_is_not_taken_and_comes_again(door):
    client, handled = door
    headers, body = sent(SECRET, {**ENVELOPE, "type": "moon.rose", "data": {"fails": True}})
    for _ in range(2):
        assert (await client.post("/hook", content=body, headers=headers)).status_code == 500

    assert [(type(event), event.type) for event in handled] == [(Event, "moon.rose")] * 2


def test_a_type_of_event_that_nobody_knows_yet_is_an_event():
    event = webhooks.open(SECRET, *sent(SECRET, {**ENVELOPE, "type": "moon.rose", "data": {"light": 3}, "and": "more"}))

    assert (type(event), event.type, event.data) == (Event, "moon.rose", {"light": 3})


def test_what_was_changed_or_is_old_is_not_believed(monkeypatch):
    headers, body = sent(SECRET, ENVELOPE)
    for changed in (body.replace(b"order:1", b"order:2"), body + b" ", b""):
        with pytest.raises(SignatureInvalid):
            webhooks.open(SECRET, headers, changed)
    for name in headers:
        with pytest.raises(SignatureInvalid):
            webhooks.open(SECRET, {**headers, name: "1"}, body)
        with pytest.raises(SignatureInvalid):
            webhooks.open(SECRET, {one: value for one, value in headers.items() if one != name}, body)
    for later in (301, -301):
        monkeypatch.setattr("time.time", lambda later=later: int(headers["webhook-timestamp"]) + later)
        with pytest.raises(SignatureInvalid):
            webhooks.open(SECRET, headers, body)
    with pytest.raises(ValueError, match="no secret"):
        webhooks.open([], headers, body)


def test_either_of_two_secrets_will_do_while_one_is_replaced():
    one, other = sent(SECRET, ENVELOPE)[0], sent(OTHER, ENVELOPE)[0]
    body = json.dumps(ENVELOPE)
    both = {**one, "Webhook-Signature": f"{other['webhook-signature']} {one['webhook-signature']}"}
    del both["webhook-signature"]

    for secret in (SECRET, OTHER, [OTHER, SECRET]):
        assert webhooks.open(secret, both, body).id == ENVELOPE["id"]


def test_a_process_remembers_so_many():
    seen = webhooks.Recent(2)
    for one in "abc":
        seen.add(one)

    assert [one in seen for one in "abc"] == [False, True, True]


def test_the_fake_knows_webhooks():
    with apropos.testing.fake() as ap:
        hook = ap.webhooks.create("https://erp.example/", types=["thread.resolved"], records=["order"])
        thread = ap.threads.open("order:1", "x")
        ap.threads.resolve(thread.id, "y")
        tested = ap.webhooks.test(hook.id)
        owed = list(ap.webhooks.deliveries(hook.id))
        event = webhooks.open(hook.secret, *sent(hook.secret, ap.events.list(limit=100).data[-1].model_dump(mode="json")))

        assert [(one.type, one.state) for one in owed] == [("webhook.tested", "owed"), ("thread.resolved", "owed")]
        assert (event.id, ap.webhooks.redeliver(owed[0].id).event_id) == (tested.event_id, tested.event_id)
        assert ap.webhooks.rotate(hook.id).secret != hook.secret
        assert ap.webhooks.change(hook.id, enabled=False).disabled_because == "asked"
        with pytest.raises(apropos.Conflict):
            ap.webhooks.replay(hook.id, after=thread.opened_at)
        with pytest.raises(apropos.Invalid):
            ap.webhooks.create("erp.example")
        ap.webhooks.remove(hook.id)
        assert list(ap.webhooks.list()) == []
