"""The projects in `examples/`, run as their first lines say: people discuss their records, in Django's admin too."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from programs import LIKE_NOWHERE, answers, free_port, serving

EXAMPLES = Path(__file__).parents[2] / "examples"
PASSWORD = "kestrel-and-pumps"
DJANGO = [sys.executable, str(EXAMPLES / "django_orders" / "manage.py")]
COMMANDS = {  # what starts each, without its port; and a pin on its page
    "fastapi_crm": ([sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES / "fastapi_crm"), "main:app"], "Q3 VT-400"),
    "flask_expenses": ([sys.executable, "-m", "flask", "--app", str(EXAMPLES / "flask_expenses" / "main.py"), "run"], "Hotel"),
}
PAGES = ("vue_orders", "angular_orders", "react_orders")
"""Pages that npm builds; their back end is `orders_api`."""
NPM = [str(Path(sys.executable).with_name("npm")), "--prefix", str(EXAMPLES)]


@pytest.fixture(scope="session")
def npm():
    """Do something with npm, where what the examples need is there."""

    def do(*words):
        subprocess.run([*NPM, *words], check=True, stdout=subprocess.DEVNULL)

    lock, there = EXAMPLES / "package-lock.json", EXAMPLES / "node_modules" / ".package-lock.json"
    if not there.exists() or there.stat().st_mtime < lock.stat().st_mtime:
        do("ci", "--loglevel=error")
    return do


@pytest.fixture(scope="session")
def built(npm):
    """Build a page as its first lines say, and return where it is."""

    def build(example):
        npm("run", "build", "--workspace", example)
        return EXAMPLES / example / "dist"

    return build


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="module")
def service(folder):
    with serving(f"sqlite:///{folder / 'apropos.db'}", folder) as service:
        yield service


def told(world):
    """What the environment says to an example of its workspace."""
    return {
        "APROPOS_ENDPOINT": world.url, "APROPOS_WORKSPACE": world.workspace, "APROPOS_KEY": world.key,
        "APROPOS_SIGNING_SECRET": world.secret,
    }  # fmt: skip


@pytest.fixture(scope="module")
def surroundings(service, folder):
    """What the environment says to an example: one workspace for all that have records of their own."""
    django = {"DJANGO_DATABASE": str(folder / "orders.sqlite3"), "DJANGO_SECRET_KEY": "kept"}
    return LIKE_NOWHERE | told(service.workspace("examples")) | django


@pytest.fixture
def apart(service):
    """What it says instead to one whose orders are called as another's."""
    return told(service.workspace("orders"))


@pytest.fixture(scope="module")
def running(surroundings, tmp_path_factory):
    """Run an example until the tests end: `running(command, port)` gives its address."""
    started, folder = [], tmp_path_factory.mktemp("logs")

    def run(command, port, **more):
        with (folder / f"{port}.log").open("w") as log:
            started.append(subprocess.Popen(command, env=surroundings | more, stdout=log, stderr=log))
        answers(f"http://127.0.0.1:{port}/apropos-token", started[-1])
        return f"http://127.0.0.1:{port}"

    yield run
    for process in started:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def shop(running, surroundings):
    """Where the Django project answers, with two people and an order."""
    for words in (["migrate"], ["seed", "--password", PASSWORD]):
        subprocess.run([*DJANGO, *words], env=surroundings, check=True, capture_output=True)
    port = free_port()
    return running([*DJANGO, "runserver", "--noreload", f"127.0.0.1:{port}"], port)


@pytest.fixture
def window(browser):
    """Open an address in a window of its own; what its console complains about fails the test."""
    windows, complaints = [], []

    def note(message):
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):  # the examples have none
            complaints.append(message.text)

    def open_window(address):
        windows.append(browser.new_context())
        page = windows[-1].new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield open_window
    for each in windows:
        each.close()
    assert complaints == []


@pytest.fixture
def logged_in(window, shop):
    """Log somebody in at the admin, and go to a page."""

    def come(name, address):
        page = window(f"{shop}/admin/login/?next={address}")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{address}")
        return page

    return come


@pytest.mark.parametrize("example", COMMANDS)
def test_two_people_discuss_a_value(running, window, example):
    port, (command, pin) = free_port(), COMMANDS[example]
    address = running([*command, "--port", str(port)], port)
    ines, tomasz = window(address), window(f"{address}/?as=tomasz")
    for page in (ines, tomasz):
        page.get_by_role("button", name=pin).click()
    ines.get_by_role("textbox").fill("Is this right?")
    ines.get_by_role("button", name="Send and start").click()
    expect(tomasz.get_by_role("article", name="Ines Marchetti")).to_contain_text("Is this right?")


@pytest.mark.parametrize("example", PAGES)
def test_a_page_of_components_shows_pins_that_keep_to_their_row_and_hears_what_is_written(built, running, window, apart, example):
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(EXAMPLES / "orders_api"), "main:app", "--port", str(port)]
    address = running(command, port, PAGES=str(built(example)), **apart)
    ines, tomasz = window(address), window(f"{address}/?as=tomasz")
    for page in (ines, tomasz):
        page.get_by_role("button", name="1042", exact=True).click()
    thread = ines.locator("apropos-thread")
    thread.get_by_role("textbox").fill(f"Is this right in {example}?")
    thread.get_by_role("button", name="Send and start").click()
    expect(tomasz.locator("apropos-thread").get_by_text(f"Is this right in {example}?")).not_to_have_count(0)
    expect(ines.get_by_text("1 written here")).to_be_visible()
    pin = ines.get_by_role("row").filter(has_text="Stadtwerke Lind").locator("apropos-pin")
    pin.get_by_role("button").click()
    panel = ines.locator("apropos-panel")
    panel.get_by_role("textbox").fill(f"And this, in {example}?")
    panel.get_by_role("button", name="Send and start").click()
    expect(pin.get_by_role("button", name="Total of 1043")).to_contain_text(re.compile("[1-9]"))
    ines.get_by_role("checkbox", name="Dearest first").check()
    expect(ines.get_by_role("row").nth(1)).to_contain_text("Stadtwerke Lind")
    expect(pin.get_by_role("button", name="Total of 1043")).to_contain_text(re.compile("[1-9]"))
    expect(pin).to_have_attribute("record", "order:1043")


@pytest.mark.usefixtures("npm")
def test_a_page_that_htmx_swaps_has_its_pins_and_discussions_in_what_comes(running, window, apart):
    port = free_port()
    command = [sys.executable, "-m", "flask", "--app", str(EXAMPLES / "htmx_orders" / "main.py"), "run", "--port", str(port)]
    address = running(command, port, **apart)
    ines, tomasz = window(address), window(f"{address}/?as=tomasz")
    for page in (ines, tomasz):
        page.get_by_role("button", name="1041", exact=True).click()
    mine, his = ines.locator("apropos-thread"), tomasz.locator("apropos-thread")
    mine.get_by_role("textbox").fill("Is this right where htmx swaps?")
    mine.get_by_role("button", name="Send and start").click()
    expect(his.get_by_text("Is this right where htmx swaps?")).not_to_have_count(0)
    his.get_by_role("textbox").fill("Half an answer")
    expect(his.get_by_text("Draft saved")).not_to_have_count(0)
    tomasz.get_by_role("button", name="1042", exact=True).click()
    expect(his.get_by_role("textbox", name="Start a discussion")).to_be_visible()
    tomasz.get_by_role("button", name="1041", exact=True).click()
    expect(his.get_by_role("textbox", name="Write a reply")).to_have_value("Half an answer")
    tomasz.get_by_role("searchbox", name="Customer").fill("lind")
    expect(tomasz.get_by_role("row")).to_have_count(1)
    tomasz.locator("apropos-pin").get_by_role("button", name="Total of 1043").click()
    expect(tomasz.locator("apropos-panel").get_by_role("textbox")).to_be_visible()


def test_two_people_discuss_an_order_under_the_admins_form(logged_in):
    ines, tomasz = (logged_in(name, "/admin/orders/order/1/change/") for name in ("ines", "tomasz"))
    mine, his = ines.locator("apropos-thread"), tomasz.locator("apropos-thread")
    mine.get_by_role("textbox").fill("Can we ship it a week earlier?")
    mine.get_by_role("button", name="Send and start").click()
    expect(his.get_by_role("article", name="Ines Marchetti")).to_contain_text("Can we ship it a week earlier?")
    his.get_by_role("textbox").fill("Not before 20 January.")
    his.get_by_role("button", name="Send").click()
    expect(mine.get_by_role("article", name="Tomasz Wolny")).to_contain_text("Not before 20 January.")


def test_writing_in_the_discussion_does_not_save_the_form(logged_in):
    page = logged_in("ines", "/admin/orders/order/1/change/")
    page.get_by_label("Customer").fill("Kestrel Water, changed")
    thread = page.locator("apropos-thread")
    thread.get_by_role("textbox").fill("One line")
    expect(thread.get_by_role("button", name="Send")).to_be_enabled()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(thread.get_by_role("article").filter(has_text="One line")).to_have_count(1)
    expect(page.get_by_label("Customer")).to_have_value("Kestrel Water, changed")


def test_a_form_for_a_new_order_has_nothing_to_discuss(logged_in):
    page = logged_in("ines", "/admin/orders/order/add/")
    expect(page.get_by_label("Customer")).to_be_visible()
    expect(page.locator("apropos-thread")).to_have_count(0)


def test_what_the_admin_saves_is_what_the_discussion_says_now(logged_in):
    page = logged_in("tomasz", "/")
    page.locator('apropos-pin[field="total"]').get_by_role("button", name="Total").click()
    panel = page.locator("apropos-panel")
    panel.get_by_role("textbox").fill("Is the discount in it?")
    panel.get_by_role("button", name="Send and start").click()
    expect(panel.get_by_role("article").filter(has_text="Is the discount in it?")).to_be_visible()
    admin = logged_in("ines", "/admin/orders/order/1/change/")
    admin.get_by_label("Total").fill("25000")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(panel.locator(".ap-value")).to_contain_text("25,000")
    expect(panel.locator(".ap-value")).to_contain_text("27,000")


def test_nobody_gets_a_token_who_is_not_logged_in(shop):
    assert httpx.get(f"{shop}/apropos-token").status_code == 401
