"""Key sets that hosts publish: read seldom, kept when they cannot be read, never a reason for others to wait."""

import asyncio
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from apropos_service.access.keysets import AGAIN, FRESH, KEPT, KeySets
from apropos_service.called import Refused, Unreachable

URL = "https://crm.example/keys"


def published(*kids):
    keys = [jwt.get_algorithm_by_name("EdDSA").to_jwk(Ed25519PrivateKey.generate().public_key(), as_dict=True) for _ in kids]
    return json.dumps({"keys": [{**key, "kid": kid} for key, kid in zip(keys, kids, strict=True)]}).encode()


class Host:
    """Publishes a key set, or fails; a clock that stands until it is moved."""

    def __init__(self):
        self.says = published("one")
        self.asked = 0
        self.now = 0.0
        self.sets = KeySets(self.get, clock=lambda: self.now)

    async def get(self, _):
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def kids(self):
        return [key.kid for key in self.sets.known(URL)]


@pytest.fixture
async def host():
    made = Host()
    yield made
    await made.sets.close()


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_set_is_read_once_however_many_want_it(host):
    assert host.kids() == []

    assert all(await asyncio.gather(*(host.sets.look_again([URL], "one") for _ in range(50))))

    assert (host.kids(), host.asked) == (["one"], 1)


async def test_what_is_fresh_is_not_read_again_and_what_is_not_is_read_while_nobody_waits(host):
    await host.sets.look_again([URL], "one")
    host.says, host.now = published("two"), FRESH
    assert (host.kids(), host.asked) == (["one"], 1)

    host.now = FRESH + 1
    assert host.kids() == ["one"]
    await settle()

    assert (host.kids(), host.asked) == (["two"], 2)


async def test_a_key_nobody_knows_is_looked_for_once_and_then_not_for_a_while(host):
    await host.sets.look_again([URL], "one")
    host.says = published("one", "two")

    assert await host.sets.look_again([URL], "two")
    assert host.kids() == ["one", "two"]
    assert not any([await host.sets.look_again([URL], f"invented {number}") for number in range(100)])
    assert host.asked == 2

    host.now += AGAIN + 1
    assert await host.sets.look_again([URL], "invented")
    assert host.asked == 3


async def test_a_known_or_nameless_key_is_no_reason_to_look_again(host):
    await host.sets.look_again([URL], "one")

    assert not await host.sets.look_again([URL], "one")
    assert not await host.sets.look_again([URL], None)
    assert host.asked == 1


@pytest.mark.parametrize("fault", [Unreachable("no answer"), Refused("not public"), b"nonsense", b'{"keys": [{"kty": "oct"}]}'])
async def test_a_set_that_cannot_be_read_any_more_goes_on_for_a_day(host, fault):
    await host.sets.look_again([URL], "one")
    host.says = fault

    for host.now in (FRESH + 1, FRESH + 2, FRESH + AGAIN + 2, KEPT - 1):
        assert host.kids() == ["one"]
        await settle()
    assert host.asked == 4

    host.now = KEPT + 1
    assert host.kids() == []


async def test_a_set_that_could_not_be_read_is_tried_again_after_a_while(host):
    good, host.says = host.says, Unreachable("no answer")
    assert await host.sets.look_again([URL], "one")
    assert not await host.sets.look_again([URL], "one")
    assert (host.kids(), host.asked) == ([], 1)

    host.says, host.now = good, AGAIN + 1
    assert await host.sets.look_again([URL], None)

    assert host.kids() == ["one"]


async def test_whoever_hangs_up_leaves_the_others_waiting(host):
    first = asyncio.create_task(host.sets.look_again([URL], "one"))
    second = asyncio.create_task(host.sets.look_again([URL], "one"))
    await asyncio.sleep(0)
    first.cancel()

    assert await second
    assert (host.kids(), host.asked) == (["one"], 1)
