"""What somebody sees in Chromium, and when: their own message, another's, a screen of pins, a long discussion."""

import asyncio
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median, quantiles

import uvloop
from playwright.sync_api import sync_playwright

from chromium import launched
from measures import REPETITIONS
from posting import TEXT
from service import new_service

EYES = Path(__file__).with_name("eyes.js")
MESSAGES = 20
RECORDS, FIELDS = 200, 10
"""Their pins are on one page."""
LONG, UNFOLDED = 10_000, 500
"""Comments of a discussion, and how many of them are unfolded before somebody scrolls."""
BY, FRAMES = 120, 120
"""Pixels that are scrolled in each of so many frames."""
LATE = 25
"""Milliseconds between two frames, of which one comes every 16.7, after which one was missed."""
PAGE = """<!doctype html><title>Bench</title><body>{body}
<script type="module" src="/widget/apropos.js"></script>
<apropos-app endpoint="{service}" token-url="/{person}/token"></apropos-app>"""
BARE = """<!doctype html><title>Bench</title><body>{body}"""
ECHO = """addEventListener("keydown", (event) => {
    const said = Object.assign(document.createElement("article"), { textContent: `echo ${++at}` });
    if (event.key === "Enter") document.body.append(said);
}); let at = 0"""
SEEN = {
    "echo": "an element that a bare page puts there",
    "own": "one's own message",
    "others": "another's message",
    "long opened": f"a discussion of {LONG:,} comments, opened",
    "unfold": "… 50 more of them",
}
GOALS = {"own": 50, "others": 300}
SCROLLED = {
    "pins bare": f"a table of {RECORDS * FIELDS:,} values without the script",
    "pins": f"… with {RECORDS * FIELDS:,} pins",
    "put bare": "such a table that the page puts there at once, without the script",
    "put": f"… with {RECORDS * FIELDS:,} pins",
    "long scrolled": f"a discussion of which {UNFOLDED} comments show",
}
SCROLLS = "panel => panel.shadowRoot.querySelector('.ap-scroll')"


@dataclass(frozen=True)
class Screens:
    """Pages of people, on hosts of the service's own origin."""

    browser: object
    service: object

    @property
    def origin(self):
        """Where the service answers."""
        return f"http://127.0.0.1:{self.service.port}"

    @contextmanager
    def page(self, person, body, template=PAGE):
        """Give a page with this body, of somebody who may comment."""
        given = ["local-network-access"]  # a page that a route answers has no address, and may else open no WebSocket to loopback
        with self.browser.new_context(viewport={"width": 1440, "height": 900}, permissions=given) as window:
            window.add_init_script(path=EYES)
            window.route("**/token", lambda route: route.fulfill(json={"token": self.service.token(person)}))
            content = template.format(body=body, service=self.origin, person=person)
            window.route("**/bench", lambda route: route.fulfill(body=content, content_type="text/html"))
            page = window.new_page()
            page.goto(f"{self.origin}/bench")
            yield page


def measure(measures, folder):
    """Look at each a few times, beside pages that do as little as can be."""
    with ExitStack() as stack:
        service = stack.enter_context(new_service("sqlite", folder / "looked"))
        uvloop.run(fill(service))
        browser = launched(stack.enter_context(sync_playwright()))
        screens = Screens(browser, service)
        for turn in range(REPETITIONS):
            measures.note("echo", **echoed(screens))
            for row, seen in spoken(screens, turn):
                measures.note(row, **seen)
            for row, template in (("pins bare", BARE), ("pins", PAGE)):
                measures.note(row, **pins(screens, template))
            for row, template in (("put bare", BARE), ("put", PAGE)):
                measures.note(row, **pins(screens, template, put=True))
            for row, seen in unfolded(screens):
                measures.note(row, **seen)
        browser.close()


async def fill(service):
    """Begin a discussion on every tenth value, those in which somebody will write, and a long one."""
    async with service.host() as host:
        await asyncio.gather(*(host.threads.open(f"bench:spoken-{turn}", TEXT, field="f") for turn in range(REPETITIONS)))
        await asyncio.gather(*(host.threads.open(f"bench:{record}", TEXT, field="f0") for record in range(RECORDS)))
        thread = (await host.threads.open("bench:long", TEXT)).id
        people = [host.acting_as(f"person-{number}") for number in range(8)]
        for _ in range(LONG // 50):
            await asyncio.gather(*(people[number % 8].threads.comment(thread, TEXT) for number in range(50)))


def echoed(screens):
    """Press Enter in a page that puts an element there at once."""
    with screens.page(1, "", BARE) as page:
        page.evaluate(ECHO)
        return shares([press(page, f"echo {number}", "Enter") for number in range(1, MESSAGES + 1)])


def spoken(screens, turn):
    """Write messages beside somebody who looks at the same discussion; yield when either saw them, after Enter."""
    body = f'<apropos-pin record="bench:spoken-{turn}" field="f"></apropos-pin>'
    with screens.page(1, body) as page, screens.page(2, body) as other:
        for each in (page, other):
            each.locator("apropos-pin").get_by_role("button").click()
            each.locator("apropos-panel").get_by_role("article").first.wait_for()
        own, others = [], []
        for number in range(MESSAGES):
            page.locator("apropos-panel").get_by_role("textbox").first.click()
            page.keyboard.insert_text(f"Message {number} of them")
            heard = other.evaluate_handle(f"({{ heard: eyes.seen('Message {number} of them') }})")
            took = press(page, f"Message {number} of them", "Control+Enter")
            own.append(took)
            others.append(heard.evaluate("of => of.heard") - took["pressed"])
        yield "own", shares(own)
        yield "others", spread(others)


def press(page, text, key):
    """Press a key; return when, and when the text stood there."""
    waiting = page.evaluate_handle(f"({{ found: eyes.pressed('{text}') }})")
    page.keyboard.press(key)
    return waiting.evaluate("of => of.found")


def shares(found):
    """Return the median and the slowest of what was seen after a press."""
    return spread([each["seen"] - each["pressed"] for each in found])


def spread(values):
    """Return the median, and what nineteen of twenty are within."""
    return {"p50": median(values), "p95": quantiles(values, n=20)[-1]}


def pins(screens, template, *, put=False):
    """Open a page of pins, or put them there later, and scroll it; without the script they are nothing."""
    rows = "".join(f"<tr><td>{escape(f'bench:{record}')}{cells_of(record)}" for record in range(RECORDS))
    table = f"<table>{rows}</table>"
    with screens.page(1, '<apropos-pin record="bench:0"></apropos-pin>' if put else table, template) as page:
        page.evaluate("eyes.pinned()")
        if put:
            page.evaluate("html => eyes.put(html)", table)
        loaded = page.evaluate("eyes.held()")
        return loaded | page.evaluate(f"eyes.scrolled(document.scrollingElement, {BY}, {FRAMES}, {LATE})")


def cells_of(record):
    """Return a record's values, each with its pin."""
    return "".join(f'<td>900,000 <apropos-pin record="bench:{record}" field="f{field}"></apropos-pin>' for field in range(FIELDS))


def unfolded(screens):
    """Open the long discussion, unfold some of it, scroll; yield what each took."""
    with screens.page(1, '<apropos-pin record="bench:long"></apropos-pin>') as page:
        page.locator("apropos-pin").get_by_role("button").wait_for()
        before = page.evaluate("performance.now()")
        page.locator("apropos-pin").get_by_role("button").click()
        page.wait_for_function("eyes.articles() > 3")
        yield "long opened", {"p50": page.evaluate("performance.now()") - before}
        took = []
        while (there := page.evaluate("eyes.articles()")) < UNFOLDED:
            took.append(page.evaluate(
                """async (there) => {
                    const from = performance.now();
                    document.querySelector("apropos-panel").shadowRoot.querySelector(".ap-fold").click();
                    while (eyes.articles() <= there) await new Promise(requestAnimationFrame);
                    return performance.now() - from;
                }""", there,
            ))  # fmt: skip
        yield "unfold", spread(took)
        scroll = page.locator("apropos-panel").evaluate_handle(SCROLLS)
        scroll.evaluate("place => { place.scrollTop = 0 }")
        yield "long scrolled", scroll.evaluate(f"place => eyes.scrolled(place, {BY}, {FRAMES}, {LATE})")
