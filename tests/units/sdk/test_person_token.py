"""A person's token holds where it should, says what it was told, and nothing else."""

import time

import jwt
import pytest

from apropos import Embedding, Person, person_token
from apropos_service.access.tokens import VerifyingKey, verify

WORKSPACE = "wsp_01k0000000e00g0r40g30e209g"
SECRET = "aps_" + "s" * 43


def claims(token):
    return jwt.decode(token, SECRET, algorithms=["HS256"], audience=WORKSPACE)


def test_the_service_takes_it_and_reads_what_it_was_told():
    ada = {"id": "ada", "name": "Ada Löwe", "email": None, "groups": ["sales"], "guest": False}
    token = person_token(
        SECRET, workspace=WORKSPACE, person=ada, grants={"forecast_line:FL-7": "comment"}, role="moderator", kid="key_1"
    )

    read = verify(token, [VerifyingKey("key_1", "HS256", SECRET.encode())], audience=WORKSPACE, now=time.time())

    assert (read.subject, read.role, read.grants) == ("ada", "moderator", {"forecast_line:FL-7": "comment"})
    assert read.person == {"name": "Ada Löwe", "groups": ["sales"], "guest": False}
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "kid": "key_1"}


def test_it_lasts_ten_minutes_unless_told_otherwise():
    usual = claims(person_token(SECRET, workspace=WORKSPACE, person="ada"))
    short = claims(person_token(SECRET, workspace=WORKSPACE, person="ada", expires_in=30))

    assert usual["exp"] - usual["iat"] == 600
    assert short["exp"] - short["iat"] == 30
    assert usual.keys() == {"aud", "sub", "iat", "exp"}


def test_a_person_that_the_service_told_of_will_do():
    read = claims(person_token(SECRET, workspace=WORKSPACE, person=Person(id="ada", name="Ada")))

    assert (read["sub"], read["person"]) == ("ada", {"name": "Ada", "guest": False})


@pytest.mark.parametrize("person", [{}, {"id": ""}, {"id": 7}, "", {"name": "Ada"}])
def test_a_person_has_an_id(person):
    with pytest.raises(ValueError, match="id"):
        person_token(SECRET, workspace=WORKSPACE, person=person)


@pytest.mark.parametrize("seconds", [0, -1, 86_401])
def test_no_token_lasts_longer_than_a_day_or_not_at_all(seconds):
    with pytest.raises(ValueError, match="expires_in"):
        person_token(SECRET, workspace=WORKSPACE, person="ada", expires_in=seconds)


def test_tags_are_safe_to_put_into_a_page_and_the_secret_is_not_shown():
    embedding = Embedding("https://apropos.example/", WORKSPACE, SECRET, token_url='/t?a="><script>')

    assert embedding.tags() == (
        '<script type="module" src="https://apropos.example/widget/apropos.js"></script>\n'
        '<apropos-app endpoint="https://apropos.example" token-url="/t?a=&quot;&gt;&lt;script&gt;"></apropos-app>'
    )
    assert SECRET not in repr(embedding)
