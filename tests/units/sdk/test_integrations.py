"""A page asks its own back end for a token, and gets one only for whoever is logged in."""

import time

import httpx
import pytest
from fastapi import FastAPI, Request

from apropos import Embedding
from apropos.integrations.fastapi import token_router
from apropos_service.access.tokens import VerifyingKey, verify

WORKSPACE, SECRET = "wsp_01k0000000e00g0r40g30e209g", "aps_" + "s" * 43
EMBEDDING = Embedding("https://apropos.example", WORKSPACE, SECRET, token_url="/session/apropos")


def who(request: Request):
    user = request.headers.get("x-user")
    return {"person": {"id": user, "name": user.title()}, "grants": {"order:*": "read"}} if user else None


@pytest.fixture
async def page():
    app = FastAPI()
    app.include_router(token_router(EMBEDDING, who))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://host.test") as client:
        yield client


async def test_whoever_is_logged_in_gets_a_token_that_nobody_keeps(page):
    answer = await page.get("/session/apropos", headers={"X-User": "ada"})

    read = verify(answer.json()["token"], [VerifyingKey(None, "HS256", SECRET.encode())], audience=WORKSPACE, now=time.time())
    assert (read.subject, read.person, read.grants) == ("ada", {"name": "Ada"}, {"order:*": "read"})
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_gets_none(page):
    assert (await page.get("/session/apropos")).status_code == 401
