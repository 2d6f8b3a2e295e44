"""What a person likes: the defaults, what they chose, and what is refused."""

import pytest

from apropos import Forbidden, Invalid, VersionConflict

RECORD = "forecast_line:a/b%2F ü:عربي"


async def test_the_defaults_follow_the_card_until_one_chooses(host, visit):
    await host.people.describe({"id": "ada", "name": "Ada", "time_zone": "Europe/Rome", "locale": "it-IT"})
    ada = visit("ada")

    before = await ada.preferences.get()
    assert (before.time_zone, before.locale, before.quiet_hours, before.letter_keys, before.version) == (
        "Europe/Rome", "it-IT", None, True, 0,
    )  # fmt: skip
    assert {before.channels[reason].mail for reason in ("asked", "assigned", "due", "mention")} == {"now"}
    assert (before.channels["reply"].mail, before.channels["reaction"].mail, before.channels["reply"].inbox) == (
        "digest",
        "off",
        True,
    )

    after = await ada.preferences.choose(time_zone="Asia/Tokyo", enter_sends=True, quiet_hours={"from": "22:00", "to": "07:00"})
    assert (after.time_zone, after.locale, after.enter_sends, after.version) == ("Asia/Tokyo", "it-IT", True, 1)
    assert (after.quiet_hours.from_, len(after.quiet_hours.days)) == ("22:00", 7)
    assert (await ada.preferences.choose(time_zone=None)).time_zone == "Europe/Rome"
    assert (await ada.preferences.choose(time_zone=None)).version == 2
    assert (await visit("bo").preferences.get()).enter_sends is False


async def test_channels_change_one_by_one(visit):
    ada = visit("ada")
    await ada.preferences.choose(channels={"reply": {"mail": "off"}, "reaction": {"inbox": False}})
    after = await ada.preferences.choose(channels={"reply": {"inbox": False}})

    assert (after.channels["reply"].mail, after.channels["reply"].inbox) == ("off", False)
    assert after.channels["reaction"].inbox is False
    back = await ada.preferences.choose(channels={"reply": None})
    assert (back.channels["reply"].mail, back.channels["reaction"].inbox) == ("digest", False)
    assert (await ada.preferences.choose(channels=None)).channels["reaction"].inbox is True


async def test_a_reason_that_one_does_not_want_does_not_come(visit, settled):
    ada, bo = visit("ada"), visit("bo")
    await bo.preferences.choose(channels={"mention": {"inbox": False}})
    thread = await ada.threads.open(RECORD, "<@bo>")
    await ada.threads.comment(thread.id, "more")
    await settled()

    assert [[why.reason for why in entry.reasons] async for entry in bo.inbox.list()] == [["reply"]]


async def test_two_pages_that_choose_at_once_do_not_overwrite_each_other(visit):
    ada = visit("ada")
    await ada.preferences.choose(enter_sends=True, version=0)

    with pytest.raises(VersionConflict) as refusal:
        await ada.preferences.choose(enter_sends=False, version=0)

    assert refusal.value.current.enter_sends is True
    assert (await ada.preferences.choose(enter_sends=False, version=1)).version == 2


NIGHT = {"from": "22:00", "to": "07:00"}


@pytest.mark.parametrize(("member", "value"), [
    ("time_zone", "Mars/Base"), ("time_zone", "localtime"), ("time_zone", "../etc/passwd"), ("time_zone", ""),
    ("locale", "Deutsch bitte"), ("quiet_hours", {**NIGHT, "to": "22:00"}), ("quiet_hours", {**NIGHT, "from": "25:00"}),
    ("quiet_hours", {"from": "22:00"}), ("quiet_hours", {**NIGHT, "days": []}), ("quiet_hours", {**NIGHT, "days": ["mon", "mon"]}),
    ("quiet_hours", {**NIGHT, "days": ["Montag"]}), ("channels", {"gossip": {"mail": "now"}}),
    ("channels", {"reply": {"mail": "pigeon"}}), ("channels", {"reply": {"inbox": "yes"}}), ("enter_sends", "yes"), ("nonsense", 1),
])  # fmt: skip
async def test_what_is_no_preference_is_refused_by_name(visit, member, value):
    with pytest.raises(Invalid) as refusal:
        await visit("ada").preferences.choose(**{member: value})

    assert refusal.value.errors[0]["path"].startswith(member)


async def test_a_host_has_no_preferences_of_its_own(host):
    with pytest.raises(Forbidden):
        await host.preferences.get()
    assert (await host.acting_as("ada").preferences.choose(hide_presence=True)).hide_presence is True
