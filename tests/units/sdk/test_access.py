"""A host that is asked who may believes only what the service signed, and answers each check."""

import json
import time

import pytest

import apropos
from apropos.testing import fake
from apropos_service.signing import new_secret, signed

BODY = json.dumps(
    {"person": "منى", "checks": [{"record": "invoice:1", "level": "read"}, {"record": "invoice:2", "level": "manage"}]}
)


def asked(secret, body=BODY, *, ago=0):
    return signed(body.encode(), [secret], message_id="req_1", at=int(time.time()) - ago)


def test_a_question_is_typed_and_answered_in_order():
    secret = new_secret()

    question = fake().access.verify(secret, asked(secret), BODY)

    assert question.person == "منى"
    assert [(one.record, one.level) for one in question.checks] == [("invoice:1", "read"), ("invoice:2", "manage")]
    assert question.answer(one.level == "read" for one in question.checks) == {"allowed": [True, False]}
    with pytest.raises(ValueError, match="2 checks"):
        question.answer([True])


def test_headers_may_be_of_any_case_and_hold_two_signatures():
    old, new = new_secret(), new_secret()
    headers = signed(BODY.encode(), [new, old], message_id="req_1", at=int(time.time()))

    for secret in (old, new):
        assert (
            apropos.access.question(secret, {name.upper(): value for name, value in headers.items()}, BODY.encode()).person == "منى"
        )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda headers: headers.pop("webhook-id"),
        lambda headers: headers.pop("webhook-signature"),
        lambda headers: headers.update({"webhook-id": "req_2"}),
        lambda headers: headers.update({"webhook-timestamp": "soon"}),
        lambda headers: headers.update({"webhook-timestamp": "9" * 5_000}),
        lambda headers: headers.update({"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}),
        lambda headers: headers.update({"webhook-signature": "v1,AAAA v2,ü"}),
    ],
)
def test_what_the_service_did_not_sign_is_not_believed(spoil):
    secret = new_secret()
    headers = asked(secret)
    spoil(headers)

    with pytest.raises(apropos.SignatureInvalid):
        apropos.access.question(secret, headers, BODY)


def test_another_secret_another_body_or_another_hour_is_not_believed():
    secret = new_secret()

    for attempt in (
        lambda: apropos.access.question(new_secret(), asked(secret), BODY),
        lambda: apropos.access.question(secret, asked(secret), BODY + " "),
        lambda: apropos.access.question(secret, asked(secret, ago=301), BODY),
        lambda: apropos.access.question(secret, asked(secret, ago=-301), BODY),
    ):
        with pytest.raises(apropos.SignatureInvalid):
            attempt()


def test_the_fake_shows_a_secret_when_an_address_is_set():
    ap = fake()

    assert ap.workspace.change(access_url="https://crm.example/access").access_secret
    assert ap.workspace.settings().access_secret is None
    ap.access.changed(people=["ada"])
