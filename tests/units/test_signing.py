"""What we sign, any verifier of Standard Webhooks accepts."""

import base64
import hashlib
import hmac
import re

from apropos_service.signing import new_secret, signed


def test_the_example_of_the_specification_is_signed_as_it_is_there():
    body, secret = b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    headers = signed(body, [secret], message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", at=1614265330)

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_replaced_both_sign():
    new, old = new_secret(), new_secret()

    signatures = signed(b"{}", [new, old], message_id="m", at=1)["webhook-signature"].split(" ")

    for secret, signature in zip((new, old), signatures, strict=True):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert signature == "v1," + base64.b64encode(hmac.digest(key, b"m.1.{}", hashlib.sha256)).decode()


def test_a_secret_has_256_bits_and_is_never_the_same():
    made = {new_secret() for _ in range(50)}

    assert len(made) == 50
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", one) for one in made)
