"""The real demo, once for all tests, and people looking at it in real Chromium."""

import itertools
import json
import re
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from apropos import Apropos, person_token
from chromium import endpoint_of, launched
from stranger import stranger

expect.set_options(timeout=20_000)  # nothing is measured here: what never comes fails


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(folder):
    port = two_free_ports()
    command = [sys.executable, "-m", "apropos_service", "demo", "--port", str(port), "--data-dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        found = re.match(r"Open (http://\S+)", process.stdout.readline())
        assert found, "the demo prints one address"
        yield found[1]
        process.terminate()


def two_free_ports():
    """Return a port that nobody listens on, nor on the one after it, which the demo's service takes."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first, suppress(OSError):
            port = first.getsockname()[1]
            with socket.create_server(("127.0.0.1", port + 1)):
                return port


@pytest.fixture(scope="session")
def endpoint(demo):
    """The service's address, as the host's screens name it."""
    return endpoint_of(demo)


@pytest.fixture(scope="session")
def host(endpoint, folder):
    """The pretended host's server: what tests begin from goes through the SDK, with the demo's own key."""
    with Apropos(endpoint, key=json.loads((folder / "demo.json").read_text())["key"]) as client:
        yield client


numbers = itertools.count(1)


@dataclass
class Case:
    """A customer request that only one test knows, with the address of its screen."""

    record: str
    address: str
    pin = 'apropos-pin[field="priority"]'


@pytest.fixture
def case():
    key = f"REQ-{next(numbers)}"
    return Case(f"customer_request:{key}", f"/requests?key={quote(key)}&as=")


@pytest.fixture
def opened():
    """Press a pin, and look at the panel."""

    def press(page, pin) -> Locator:
        page.locator(pin).get_by_role("button").click()
        return page.locator("apropos-panel")

    return press


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, demo):
    """Open a screen in a window of its own; what its console complains about fails the test."""
    windows, complaints = [], []

    def open_window(address, *, expecting_failure=False, prepare=None, **settings):
        window = browser.new_context(**settings)
        windows.append(window)
        page = window.new_page()
        if not expecting_failure:
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(20_000)
        if prepare:
            prepare(page)
        page.goto(urljoin(demo, address))
        return page

    yield open_window
    for window in windows:
        window.close()
    assert complaints == []


SCRIPT = '<script type="module" src="{endpoint}/widget/apropos.js"></script>'
APP = '<apropos-app endpoint="{endpoint}" token-url="/strange-token" host-name="Strange"></apropos-app>'


@pytest.fixture
def token_of(folder):
    """A token for anybody, as a host signs it: `token_of("zoe")` may manage every customer request."""
    keys = json.loads((folder / "demo.json").read_text())

    def sign(person, name="Zoe Kern", **settings):
        person = {"id": person, "name": name}
        grants = {"customer_request:*": "manage"}
        return person_token(keys["signing_secret"], workspace=keys["workspace"], person=person, grants=grants, **settings)

    return sign


@pytest.fixture(scope="session")
def place():
    """Where the pages of strangers are served."""
    with stranger() as place:
        yield place


@pytest.fixture
def strange(visit, place, endpoint, token_of):
    """Open a page that the test writes: `strange(body)`; `{endpoint}` in it is the service's address.

    `policy` is its content security policy, `head` what goes before everything, `script` what brings the widget and `app` what
    says its session. Zoe looks, or whoever `person` is.
    """

    def show(body, *, policy="", head="", script=SCRIPT, app=APP, person="zoe", **settings):
        page = f"<!doctype html><html lang=en><meta charset=utf-8><title>Strange</title>{head}{script}{body}{app}"
        headers = {"Content_Security_Policy": policy.replace("{endpoint}", endpoint)} if policy else {}
        place.show("/", page.replace("{endpoint}", endpoint), **headers)
        place.says["/strange-token"] = lambda: (json.dumps({"token": token_of(person)}), "application/json", {})
        return visit(f"{place.url}/", **settings)

    return show
