"""Who is calling: keys that hosts publish, people of any script, keys that are safe to make twice."""

import time
from dataclasses import replace

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from apropos import Apropos, AsyncApropos, Conflict, NotFound, Unauthenticated
from apropos._ids import new_id
from hosting import site
from operations import address, calls, nobodys

HOSTILE = "forecast_line:a/b%2F ü:عربي"
SCRIPTS = ["منى", "日本 花子", "a/b%2F ü:عربي", "100%", "o'brien@example.com"]


def public(key, kid):
    return {**jwt.get_algorithm_by_name("EdDSA").to_jwk(key.public_key(), as_dict=True), "kid": kid}


def signed(world, key, kid):
    claims = {"aud": world.workspace, "sub": "ada", "exp": time.time() + 600, "grants": {"*": "comment"}}
    return jwt.encode(claims, key, "EdDSA", headers={"kid": kid})


async def greeted(world, token):
    async with AsyncApropos(world.url, token=token, retries=0) as person:
        return (await person.conversation(HOSTILE)).viewer.person_id


async def test_keys_that_a_host_publishes_are_read_once_and_again_when_it_rotates(world, host):
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    async with site() as crm:
        crm.says["/keys"] = {"keys": [public(old, "old")]}
        await host.workspace.signing_keys.add("jwks", url=f"{crm.url}/keys")
        for _ in range(3):
            assert await greeted(world, signed(world, old, "old")) == "ada"
        assert len(crm.asked) == 1

        crm.says["/keys"] = {"keys": [public(old, "old"), public(new, "new")]}
        assert await greeted(world, signed(world, new, "new")) == "ada"
        assert await greeted(world, signed(world, old, "old")) == "ada"
        assert len(crm.asked) == 2

        for _ in range(3):
            with pytest.raises(Unauthenticated):
                await greeted(world, signed(world, Ed25519PrivateKey.generate(), "invented"))
        assert len(crm.asked) == 2


@pytest.mark.parametrize("says", [404, 500, b"nonsense", {"keys": "none"}, {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}])
async def test_a_key_set_that_cannot_be_read_takes_nothing_from_the_other_keys(world, host, visit, says):
    key = Ed25519PrivateKey.generate()
    async with site() as crm:
        crm.says["/keys"] = says
        await host.workspace.signing_keys.add("jwks", url=f"{crm.url}/keys")
        await host.workspace.signing_keys.add("jwks", url="http://127.0.0.1:9/nobody")

        assert (await visit("bo").conversation(HOSTILE)).viewer.person_id == "bo"
        with pytest.raises(Unauthenticated):
            await greeted(world, signed(world, key, "k"))


async def test_a_key_set_goes_on_while_its_host_is_away(world, host):
    key = Ed25519PrivateKey.generate()
    async with site() as crm:
        crm.says["/keys"] = {"keys": [public(key, "k")]}
        await host.workspace.signing_keys.add("jwks", url=f"{crm.url}/keys")
        assert await greeted(world, signed(world, key, "k")) == "ada"

    assert await greeted(world, signed(world, key, "k")) == "ada"
    with pytest.raises(Unauthenticated):
        await greeted(world, signed(world, Ed25519PrivateKey.generate(), "invented"))
    assert await greeted(world, signed(world, key, "k")) == "ada"


@pytest.mark.parametrize("person_id", SCRIPTS)
async def test_a_host_acts_as_anybody_whatever_the_script_of_their_id(host, person_id):
    thread = await host.acting_as(person_id).threads.open(HOSTILE, "x")

    assert (thread.opened_by, thread.comments[0].author) == (person_id, person_id)
    assert thread.people[person_id].name == person_id


def test_a_host_that_does_not_wait_acts_as_anybody_too(world):
    with Apropos(world.url, key=world.key, retries=0) as ap:
        assert ap.acting_as("منى").threads.open(HOSTILE, "x").opened_by == "منى"


async def test_the_header_is_percent_encoded_or_utf_8_and_else_refused(http):
    for sent in ("%D9%85%D9%86%D9%89", "منى".encode()):
        opened = await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers={"Apropos-Actor": sent})
        assert opened.json()["opened_by"] == "منى"
    for sent in ("", "100%", b"j\xfcrgen", "%00", "x" * 129):
        refused = await http.post("/v1/threads", json={"record": HOSTILE, "body": "x"}, headers={"Apropos-Actor": sent})
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "Apropos-Actor")


@pytest.mark.parametrize(
    ("path", "draft", "other", "secret"),
    [
        ("/v1/keys", {"name": "import", "scope": "read"}, {"name": "import", "scope": "full"}, "key"),
        ("/v1/workspace/signing-keys", {"kind": "secret"}, {"kind": "jwks", "url": "https://crm.example/keys"}, "secret"),
    ],
)
async def test_a_key_with_an_id_of_ones_own_is_made_once_and_shown_once(service, http, path, draft, other, secret):
    key_id = new_id("key")

    made = await http.post(path, json={"id": key_id, **draft})
    again = await http.post(path, json={"id": key_id, **draft})
    conflict = await http.post(path, json={"id": key_id, **other})
    elsewhere = service.workspace()
    foreign = await http.post(path, json={"id": key_id, **draft}, headers={"Authorization": f"Bearer {elsewhere.key}"})

    assert (made.status_code, again.status_code, conflict.status_code, foreign.status_code) == (201, 200, 409, 404)
    assert (made.json()["id"], conflict.json()["code"]) == (key_id, "id_conflict")
    assert secret in made.json()
    assert again.json() == {name: value for name, value in made.json().items() if name != secret}


async def test_a_key_that_reads_changes_nothing_for_anybody(http, host, visit):
    bo = visit("bo", name="Bo")
    thread = await visit("ada").threads.open(HOSTILE, "x")
    comment = thread.comments[0].id
    reader = await host.workspace.keys.create("k", scope="read")
    said = {"Authorization": f"Bearer {reader.key}", "Apropos-Actor": "bo"}
    before = await bo.threads.get(thread.id), await bo.preferences.get()

    found = calls(replace(nobodys(), thread=thread.id, comment=comment, record=HOSTILE))
    for (method, path), call in found.items():
        if method == "GET" or path in ("/v1/counts", "/v1/attachments"):
            continue
        where = address(path, replace(nobodys(), thread=thread.id, comment=comment))
        refused = await http.request(method, where, params=call.query, json=call.json, headers=said)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), (method, path)

    counted = await http.post("/v1/counts", json={"records": [HOSTILE]}, headers=said)
    assert (counted.status_code, counted.json()["data"][HOSTILE]["total"]) == (200, 1)
    assert (await http.get("/v1/inbox", headers=said)).status_code == 200
    assert (await bo.threads.get(thread.id), await bo.preferences.get()) == before


async def test_what_does_not_go_together_in_a_signing_key_is_named(http):
    for draft, member in (
        ({"kind": "pem"}, "value"), ({"kind": "jwks"}, "url"), ({"kind": "jwks", "url": "https://169.254.169.254/keys"}, "url"),
        ({"kind": "secret", "value": "mine"}, "value"),
        ({"kind": "pem", "value": "x", "url": "https://crm.example"}, "url"), ({"kind": "pem", "value": "x"}, "value"),
    ):  # fmt: skip
        refused = await http.post("/v1/workspace/signing-keys", json=draft)
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, member), draft


async def test_who_may_is_looked_up_again_as_soon_as_it_changed(host, visit):
    gus = visit("gus")
    await visit("ada").threads.open(HOSTILE, "internal")
    assert len((await gus.conversation(HOSTILE)).threads) == 1

    await host.people.describe({"id": "gus", "guest": True})
    assert (await gus.conversation(HOSTILE)).threads == []
    await host.people.describe({"id": "gus", "guest": False})
    assert len((await gus.conversation(HOSTILE)).threads) == 1

    await host.records.describe("invoice:1", access={"groups": {"sales": "read"}})
    cy = visit("cy", {})
    with pytest.raises(NotFound):
        await cy.conversation("invoice:1")
    await host.people.groups({"id": "sales", "name": "Sales", "members": ["cy"]})
    assert (await cy.conversation("invoice:1")).viewer.level == "read"
    await host.people.groups({"id": "sales", "name": "Sales", "members": []})
    with pytest.raises(NotFound):
        await cy.conversation("invoice:1")


async def test_a_token_does_not_undo_what_the_host_said_since(host, visit):
    ada = visit("ada", name="Ada", title="Old title")
    await ada.conversation(HOSTILE)

    await host.people.describe({"id": "ada", "title": "New title"})
    await host.people.groups({"id": "any", "name": "Any", "members": ["x"]})
    thread = await ada.threads.open(HOSTILE, "x")

    assert thread.people["ada"].title == "New title"


async def test_a_key_that_conflicts_is_said_by_the_sdk(http, host):
    key_id = new_id("key")
    await http.post("/v1/keys", json={"id": key_id, "name": "one"})

    with pytest.raises(Conflict):
        await host.workspace.keys.create("two", id=key_id)
    assert (await host.workspace.keys.create("one", id=key_id)).key is None
