"""Nothing is called that is not public, whatever is tried, on an internet where every address would answer; and by one door."""

import ast
import json
import os
import shutil
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

import tricks

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "service" / "apropos_service"
EVERYWHERE = ["0.0.0.0/0", "::/0"]
OUTSIDE, NAME = tricks.OUTSIDE, tricks.PUBLIC_NAME
LEAST = 1_624
"""So many tricks are the promise."""

# What opens connections, and who may: the safe client; the demo, which plays a host; and where to listen has to be looked up.
CLIENTS = {"aiohttp", "ftplib", "http.client", "httpcore", "httpx", "requests", "smtplib", "telnetlib", "urllib.request", "urllib3"}
CONNECTING = {"create_connection", "open_connection", "sock_connect", "urlopen", "urlretrieve", "getaddrinfo", "gethostbyname"}
DOORS = {"outgoing.py": CLIENTS | CONNECTING, "demo/running.py": {"httpx"}, "serving.py": {"getaddrinfo"}}


@pytest.fixture(scope="module")
def internet():
    """Make calls on an internet of their own: `internet(zone, calls)`, each `(how, url, networks allowed)`."""

    def call(zone, calls):
        if not (shutil.which("unshare") and shutil.which("ip", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")):
            absent("unshare and ip are not installed")
        user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        command = ["unshare", *user, "--net", "--mount", sys.executable, ROOT / "tests" / "internet.py"]
        done = subprocess.run(
            command, input=json.dumps({"zone": zone, "calls": calls}), capture_output=True, text=True, check=False
        )
        if done.stderr.startswith("unshare:"):
            absent(done.stderr)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


def is_outside(text):
    """Tell whether an address is public, as Python says and the table does not deny; `010.0.0.1` is 8.0.0.1, which is."""
    address = ip_address(text)
    return address.is_global and not address.is_multicast and text not in {*tricks.INSIDE, *tricks.INSIDE_6}


def absent(what):
    """Skip here, and fail where CI is."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


def test_whatever_is_tried_nothing_is_connected_to_that_is_not_public(internet):
    zone, by_name = tricks.names()
    changing, names = tricks.rebinding()
    tries = [*tricks.literals(), *by_name, *tricks.redirects()]
    calls = [("fetch", url, []) for url in tries]
    calls += [(how, f"https://{name}/", []) for name in names for how in ("admit", "fetch")]

    found = internet(zone | changing, calls)

    assert len(tries) + len(names) >= LEAST
    assert len(found) == len(calls)
    assert [(call, one) for call, one in zip(calls, found, strict=True) if not all(map(is_outside, one[1]))] == []
    outcomes = {call[1]: one for call, one in zip(calls, found, strict=True)}  # of a name that turns, the second
    assert {outcomes[url][0] for url in by_name} == {"Refused", "Unreachable"}
    assert {tuple(outcomes[url][1]) for url in tricks.redirects()} == {(OUTSIDE,)}
    assert {outcomes[url][0] for url in tricks.redirects()} == {*tricks.STATUSES}
    assert {outcomes[f"https://{name}/"][0] for name in names} == {"Refused"}
    assert {one[0] for call, one in zip(calls, found, strict=True) if call[0] == "admit"} == {None}


def test_there_everything_that_can_be_connected_to_would_have_answered(internet):
    """Where the operator allows everything, the tricks that are addresses lead inside: so it is the check that holds them off."""
    urls = [f"http://{host}/" for host in tricks.spellings("10.0.0.1")]
    others = [f"http://{text}/" for text in tricks.INSIDE] + [f"http://[{text}]/" for text in tricks.INSIDE_6]

    found = internet({NAME: [[OUTSIDE]]}, [("fetch", url, EVERYWHERE) for url in (*urls, *others)])

    spelt, plain = found[: len(urls)], found[len(urls) :]
    assert sum(one == [204, ["10.0.0.1"]] for one in spelt) >= 15, "octal, hexadecimal, short and mapped forms"
    assert sum(one[0] == 204 for one in plain) >= len(plain) // 2
    assert all(len(one[1]) <= 1 for one in found)


def test_the_address_that_was_checked_is_the_one_connected_to(internet):
    zone = {
        "turns.example": [[OUTSIDE], ["10.0.0.1"], [OUTSIDE]], "six.example": [["2606:2800:220:1::1"]],
        "alias.example": [["elsewhere.example", OUTSIDE]], "empty.example": [[]],
    }  # fmt: skip
    urls = ["https://turns.example/"] * 3 + [
        "https://six.example/",
        "https://alias.example/",
        "https://empty.example/",
        "https://no.example/",
    ]

    found = internet(zone, [("fetch", url, []) for url in urls])

    assert found == [
        [204, [OUTSIDE]], ["Refused", []], [204, [OUTSIDE]], [204, ["2606:2800:220:1::1"]], [204, [OUTSIDE]],
        ["Unreachable", []], ["Unreachable", []],
    ]  # fmt: skip


def test_every_call_to_where_somebody_else_chose_goes_through_one_door():
    found = {}
    for room in sorted(SERVICE.glob("**/*.py")):
        used = connecting(ast.parse(room.read_text(encoding="utf-8")))
        name = str(room.relative_to(SERVICE))
        if used - DOORS.get(name, set()):
            found[name] = used

    assert found == {}
    callers = {
        str(room.relative_to(SERVICE)) for room in SERVICE.glob("**/*.py") if "outgoing import" in room.read_text(encoding="utf-8")
    }
    assert callers >= {"access/keyring.py", "webhooks/sender.py"}


def connecting(tree):
    """Return what of a room's imports and calls opens connections."""
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            used |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
    return used & (CLIENTS | CONNECTING)
