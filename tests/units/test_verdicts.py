"""What the host said of who may: no until it was asked, and what has to be asked is noted."""

import pytest

from apropos_service.access.policy import Caller, level
from apropos_service.access.verdicts import Verdicts

LINE = "forecast_line:FL-7"
READ, COMMENT, MANAGE = 1, 2, 3


def asked(*allowed):
    """Return verdicts of a host that allows ada these ranks on a line and nothing else."""
    verdicts = Verdicts()
    verdicts.learn({("ada", LINE, rank): rank in allowed for rank in (READ, COMMENT, MANAGE)})
    return verdicts


def ada(verdicts, **what):
    return Caller("wsp", name="ada", person_id="ada", role=what.pop("role", "member"), verdicts=verdicts, **what)


def test_what_was_not_asked_is_no_and_is_noted():
    verdicts = Verdicts()

    assert level(ada(verdicts), LINE, None) == 0
    assert verdicts.missing == {("ada", LINE, rank) for rank in (READ, COMMENT, MANAGE)}
    assert ada(verdicts).unsure


@pytest.mark.parametrize(("allowed", "rank"), [((), 0), ((READ,), 1), ((READ, COMMENT), 2), ((MANAGE,), 3), ((READ, MANAGE), 3)])
def test_the_highest_level_that_the_host_allows_counts(allowed, rank):
    verdicts = asked(*allowed)

    assert level(ada(verdicts), LINE, None) == rank
    assert not verdicts.missing


def test_the_strongest_of_grants_access_and_verdicts_counts():
    assert level(ada(asked(READ), grants={LINE: "comment"}), LINE, None) == COMMENT
    assert level(ada(asked(READ)), LINE, {"people": {"ada": "manage"}}) == MANAGE
    assert level(ada(asked(COMMENT), grants={LINE: "read"}), LINE, {"everyone": "read"}) == COMMENT


def test_only_what_matters_is_asked():
    verdicts = Verdicts()

    level(ada(verdicts, grants={"*": "read"}), LINE, None)
    assert verdicts.missing == {("ada", LINE, COMMENT), ("ada", LINE, MANAGE)}
    level(ada(verdicts, grants={"*": "manage"}), "invoice:1", None)
    level(ada(verdicts, role="admin"), "invoice:2", None)
    level(ada(verdicts, grants={"*": "read"}, role="moderator"), "invoice:3", None)
    level(Caller("wsp", name="key", scope="full", verdicts=verdicts), "invoice:4", None)
    level(ada(verdicts, grants={"*": "read"}), "invoice:5", None, most="read")
    assert {record for _, record, _ in verdicts.missing} == {LINE}


def test_a_moderator_is_asked_about_once_and_lifted():
    verdicts = Verdicts()
    assert level(ada(verdicts, role="moderator"), LINE, None) == 0
    assert verdicts.missing == {("ada", LINE, READ)}

    assert level(ada(asked(READ), role="moderator"), LINE, None) == MANAGE


def test_what_is_left_at_that_misses_nothing_more():
    verdicts = Verdicts()
    level(ada(verdicts), LINE, None)
    verdicts.close()

    assert level(ada(verdicts), "invoice:1", None) == 0
    assert not ada(verdicts).unsure
