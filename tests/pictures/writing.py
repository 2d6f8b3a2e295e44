"""The composer and the start form in every state, as `composer.html` and `start-discussion.html` draw them."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from .demo import Demo
from .sheets import Tile
from .stand import Stand, priority

BLANK = 'apropos-pin[field="q4/commissioning"]'
FIGURE = 'apropos-pin[field="q3/vt-400"]'
LARGE = 26 * 1024 * 1024
"""More than a file may be, bytes."""
State = Callable[[Stand, str], Tile]


def composer(browser: Browser, demo: Demo, theme: str, width: int, _height: int) -> bytes:
    """Return every state of the composer on one page."""
    return Stand(browser, demo, theme, width).pictured({
        "@ opens people": mention, "/ picks the kind": kinds, "Question": question, "Decision": decision, "Action": action,
        "The value changed while you were writing": changed, "Draft kept": kept, "Files, limits": files,
    })  # fmt: skip


def starting(browser: Browser, demo: Demo, theme: str, width: int, _height: int) -> bytes:
    """Return every state of the start form on one page."""
    return Stand(browser, demo, theme, width).pictured({"One line is enough": one_line, "Written": written, "Expanded": expanded})


def _with_text(text: str, *, until: str = "") -> State:
    def state(stand: Stand, name: str) -> Tile:
        with stand.panel("/crm?as=ines", FIGURE) as (page, panel):
            panel.get_by_role("textbox").press_sequentially(text)
            if until:
                expect(panel.get_by_role(until).first).to_be_visible()
            return stand.taken(name, page)

    return state


mention = _with_text("If the mould comes in week 36, could the tests run in parallel? @", until="listbox")
kinds = _with_text("/", until="listbox")
question = _with_text("/q Can the pressure tests for the new mould run in parallel?")
decision = _with_text("/d Lock Q3 at 900,000 (30 pumps). Move 10 pumps to Q4.")
action = _with_text("/a Get a date for the second mould")


def changed(stand: Stand, name: str) -> Tile:
    case = stand.case()
    host = stand.demo.host
    host.records.describe(case.record, fields=priority("Normal"))
    host.acting_as("tomasz").threads.open(case.record, "Can it wait?", field="priority")
    with stand.panel(f"{case.path}ines") as (page, panel):
        panel.get_by_role("textbox").press_sequentially("It cannot, in my view.")
        host.records.describe(case.record, fields=priority("High"))
        expect(panel.get_by_text("when you began").first).to_be_visible()
        return stand.taken(name, page)


def kept(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", FIGURE) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Before we answer Kestrel I want to check the penalty clause")
        expect(panel.get_by_role("button", name="Discard")).to_be_visible()
        return stand.taken(name, page)


def files(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", FIGURE) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Schedule and test run are attached.")
        for file in ({"name": "schedule.txt", "mimeType": "text/plain", "buffer": b"Monday: pour\n" * 900},
                     {"name": "test-run.bin", "mimeType": "application/octet-stream", "buffer": bytes(LARGE)}):  # fmt: skip
            with page.expect_file_chooser() as chosen:
                panel.get_by_role("button", name="Attach a file").click()
            chosen.value.set_files(file)
        expect(panel.get_by_text("The limit is").first).to_be_visible()
        return stand.taken(name, page)


def one_line(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", BLANK) as (page, panel):
        expect(panel.get_by_role("textbox")).to_be_visible()
        return stand.taken(name, page)


def written(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", BLANK) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Does 62,000 include training?")
        return stand.taken(name, page)


def expanded(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", BLANK, height=900) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Does 62,000 include training?")
        panel.get_by_role("button", name="More", exact=True).click()
        expect(panel.get_by_label("Sponsor")).to_be_visible()
        return stand.taken(name, page)
