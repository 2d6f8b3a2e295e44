"""A workspace's own settings, server keys and signing keys."""

from datetime import UTC, datetime, timedelta

import pytest

from apropos import AsyncApropos, Invalid, NotFound, VersionConflict, person_token


async def test_settings_change_only_where_they_are_named(host):
    before = await host.workspace.settings()

    changed = await host.workspace.change(require_outcome=["forecast_line"], version=before.version)

    assert (changed.name, changed.require_outcome) == (before.name, ["forecast_line"])
    with pytest.raises(VersionConflict) as refusal:
        await host.workspace.change(name="late", version=before.version)
    assert refusal.value.current.require_outcome == ["forecast_line"]


async def test_the_text_of_a_key_is_shown_once_and_kept_nowhere(http, host):
    made = await host.workspace.keys.create("nightly import", scope="describe")
    signing = await host.workspace.signing_keys.add()

    listed = (await http.get("/v1/keys")).text + (await http.get("/v1/workspace/signing-keys")).text

    assert made.key.startswith("apk_")
    assert "nightly import" in listed
    assert made.key not in listed
    assert signing.secret not in listed


async def test_two_secrets_are_valid_while_rotating(world, host):
    new = await host.workspace.signing_keys.add()

    for secret, kid in ((world.secret, None), (new.secret, None), (new.secret, new.id)):
        token = person_token(secret, workspace=world.workspace, person="ada", grants={"*": "read"}, kid=kid)
        async with AsyncApropos(world.url, token=token, retries=0) as ada:
            assert (await ada.conversation("invoice:1")).viewer.person_id == "ada"
    with pytest.raises(Invalid):
        await host.workspace.signing_keys.add()


async def test_what_was_made_elsewhere_cannot_be_ended_here(service, host):
    elsewhere = service.workspace()
    async with AsyncApropos(service.url, key=elsewhere.key, retries=0) as other:
        [key] = [one async for one in other.workspace.keys.list()]
        [signing] = [one async for one in other.workspace.signing_keys.list()]
        with pytest.raises(NotFound):
            await host.workspace.keys.revoke(key.id)
        with pytest.raises(NotFound):
            await host.workspace.signing_keys.remove(signing.id)
        assert (await other.workspace.settings()).id == elsewhere.workspace


async def test_a_key_that_is_not_one_is_refused(host):
    with pytest.raises(Invalid):
        await host.workspace.signing_keys.add("pem", value="nonsense")
    with pytest.raises(Invalid):
        await host.workspace.signing_keys.add("jwks")
    with pytest.raises(NotFound):
        await host.workspace.keys.revoke("key_01kaw3f0tye8xt6c5cwkd1w3f9")


async def test_a_key_that_would_be_over_already_is_refused(host):
    past = datetime.now(UTC) - timedelta(seconds=1)
    with pytest.raises(Invalid) as refusal:
        await host.workspace.keys.create("k", scope="read", expires_at=past)
    assert refusal.value.errors[0]["path"] == "expires_at"
    assert (await host.workspace.keys.create("k", scope="read", expires_at=past + timedelta(hours=1))).key
