"""A page asks its own back end for a token, and gets one only for whoever is logged in; whatever framework it is made with."""

import sys
import time
from types import ModuleType, SimpleNamespace

import django
import flask
import httpx
import pytest
from asgiref.wsgi import WsgiToAsgi
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.template import engines
from django.urls import path
from fastapi import FastAPI, Request

from apropos import Embedding
from apropos.integrations.django import by_permission, record_of, token_view
from apropos.integrations.fastapi import token_router
from apropos.integrations.flask import token_blueprint
from apropos_service.access.tokens import VerifyingKey, verify

WORKSPACE, SECRET = "wsp_01k0000000e00g0r40g30e209g", "aps_" + "s" * 43
EMBEDDING = Embedding("https://apropos.example/", WORKSPACE, SECRET, token_url="/session/apropos")


def showing(user):
    return {"person": {"id": user, "name": user.title()}, "grants": {"order:*": "read"}} if user else None


def with_fastapi():
    def who(request: Request):
        return showing(request.headers.get("x-user"))

    app = FastAPI()
    app.include_router(token_router(EMBEDDING, who))
    return app


def with_flask():
    app = flask.Flask(__name__)
    app.register_blueprint(token_blueprint(EMBEDDING, lambda: showing(flask.request.headers.get("x-user"))))
    return WsgiToAsgi(app)


def with_django():
    urls = ModuleType("urls_of_a_host")
    urls.urlpatterns = [path("session/apropos", token_view(lambda request: showing(request.headers.get("x-user"))))]
    sys.modules[urls.__name__] = urls
    if not settings.configured:
        apps = ["django.contrib.contenttypes", "django.contrib.auth", "apropos.integrations.django"]
        templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
        settings.configure(
            APROPOS=EMBEDDING, ALLOWED_HOSTS=["*"], INSTALLED_APPS=apps, ROOT_URLCONF=urls.__name__, TEMPLATES=templates
        )
        django.setup(set_prefix=False)
    return get_asgi_application()


@pytest.fixture(params=[with_fastapi, with_flask, with_django])
async def page(request):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(request.param()), base_url="http://host.test") as client:
        yield client


@pytest.fixture
def rendered():
    """What Django makes of a template."""
    with_django()
    return lambda text, **facts: engines["django"].from_string("{% load apropos %}" + text).render(facts)


async def test_whoever_is_logged_in_gets_a_token_that_nobody_keeps(page):
    answer = await page.get("/session/apropos", headers={"X-User": "ada"})

    read = verify(answer.json()["token"], [VerifyingKey(None, "HS256", SECRET.encode())], audience=WORKSPACE, now=time.time())
    assert (read.subject, read.person, read.grants) == ("ada", {"name": "Ada"}, {"order:*": "read"})
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_gets_none(page):
    assert (await page.get("/session/apropos")).status_code == 401


async def test_a_token_is_not_posted_for(page):
    assert (await page.post("/session/apropos", headers={"X-User": "ada"})).status_code == 405


def test_django_writes_the_elements(rendered):
    assert 'src="https://apropos.example/widget/apropos.js"' in rendered("{% apropos %}")
    hostile = 'order:"><script>alert(1)</script>'
    said = rendered(
        '{% apropos_thread record %}{% apropos_pin record "q3" "Q3 & more" %}{% apropos_badge record %}', record=hostile
    )
    assert "<script>" not in said
    assert said.count('record="order:&quot;&gt;&lt;script&gt;') == 3
    assert 'field="q3" label="Q3 &amp; more"' in said
    assert rendered('{% apropos_panel "order:1" "dock" %}') == '<apropos-panel record="order:1" mode="dock"></apropos-panel>'
    assert rendered('{% apropos_inbox "drawer" %}') == '<apropos-inbox view="drawer"></apropos-inbox>'


def test_django_names_a_row_by_its_model_unless_it_says_itself(rendered):
    from django.contrib.auth.models import User  # noqa: PLC0415 once Django is set up

    row = User(pk=17, username="ada")
    assert record_of(row) == "auth_user:17"
    assert 'record="auth_user:17" field="last_login" label="Last login"' in rendered('{% apropos_pin row "last_login" %}', row=row)
    row.apropos_record = "person:ada"
    assert record_of(row) == "person:ada"


def test_django_grants_what_its_permissions_let_one_view():
    with_django()
    user = SimpleNamespace(
        is_authenticated=True, pk=7, email="", has_perm=lambda right: right == "auth.change_group",
        get_full_name=lambda: "", get_username=lambda: "ada",
    )  # fmt: skip

    assert by_permission(SimpleNamespace(user=user)) == {
        "person": {"id": "7", "name": "ada", "email": None},
        "grants": {"auth_group:*": "comment"},
    }
    assert by_permission(SimpleNamespace(user=SimpleNamespace(is_authenticated=False))) is None
