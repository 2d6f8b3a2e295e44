"""A discussion in every state, as `thread-states.html` draws them."""

from playwright.sync_api import Browser, Page, expect

from .demo import Demo
from .sheets import Tile
from .stand import Case, Stand, priority

LONG = 46


def threads(browser: Browser, demo: Demo, theme: str, width: int, _height: int) -> bytes:
    """Return every state of a discussion on one page."""
    return Stand(browser, demo, theme, width).pictured({
        "The usual case": usual, "You could not see it": hidden, "Loading": loading, "Empty: an invitation": empty,
        "Edited, deleted, removed; the record changed": edited, "Archived": archived, "Sending failed": failed, "Offline": offline,
        "Resolved with an outcome": resolved, "Long, folded": folded,
    })  # fmt: skip


def usual(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", 'apropos-pin[field="q3/vt-400"]', height=1500) as (page, panel):
        expect(panel.get_by_text("Action items").first).to_be_visible()
        return stand.taken(name, page)


def hidden(stand: Stand, name: str) -> Tile:
    with stand.panel(f"{_asked(stand).path}ines") as (page, panel):
        expect(panel.get_by_role("article")).to_be_visible()
        page.evaluate("document.querySelector('apropos-panel').setAttribute('thread', 'thr_00000000000000000000000000')")
        expect(panel.get_by_text("There is no discussion here").first).to_be_visible()
        return stand.taken(name, page)


def loading(stand: Stand, name: str) -> Tile:
    def hold(page: Page) -> None:
        page.route("**/v1/conversation*", lambda _: None)

    with stand.panel("/crm?as=ines", 'apropos-pin[field="q3/vt-400"]', before=hold) as (page, _):
        return stand.taken(name, page)


def empty(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", 'apropos-pin[field="q4/commissioning"]') as (page, panel):
        expect(panel.get_by_role("textbox")).to_be_visible()
        return stand.taken(name, page)


def edited(stand: Stand, name: str) -> Tile:
    case = stand.case()
    host = stand.demo.host
    host.records.describe(case.record, title="Pinholes on the flange face", fields=priority("Normal"))
    lukas, amara, jonas = (host.acting_as(who) for who in ("lukas", "amara", "jonas"))
    thread = lukas.threads.open(case.record, "11 castings arrived late in October, 6 with pinholes.", field="priority")
    lukas.comments.edit(thread.comments[0].id, "11 of 30 castings arrived late, 6 of them with pinholes on the flange face.")
    gone = amara.threads.comment(thread.id, "Never mind.")
    amara.comments.withdraw(gone.id)
    said = lukas.threads.comment(thread.id, "The welder was ill that week.")
    jonas.comments.withdraw(said.id, reason="personal data")
    host.records.describe(case.record, fields=priority("High"))
    waits = jonas.threads.comment(thread.id, "Lot 7741 is on hold. Who has 2 spare flanges for Station 6?", kind="question")
    host.acting_as("ines").comments.seen(waits.id)
    with stand.panel(f"{case.path}ines") as (page, panel):
        expect(panel.get_by_role("article").filter(has_text="Lot 7741")).to_be_visible()
        return stand.taken(name, page)


def archived(stand: Stand, name: str) -> Tile:
    case = stand.case()
    jonas = stand.demo.host.acting_as("jonas")
    thread = jonas.threads.open(case.record, "Closed as lost. Keep the price analysis for the next tender.", field="priority")
    jonas.threads.archive(thread.id)
    with stand.panel(f"{case.path}ines") as (page, panel):
        page.evaluate(f"document.querySelector('apropos-panel').setAttribute('thread', '{thread.id}')")
        expect(panel.get_by_text("Archived.").first).to_be_visible()
        return stand.taken(name, page)


def failed(stand: Stand, name: str) -> Tile:
    case = _asked(stand)
    with stand.panel(f"{case.path}ines") as (page, panel):
        box = panel.get_by_role("textbox")
        box.fill("Call with E. Rowan moved to 15:00, so the answer comes this afternoon.")
        page.route("**/comments*", lambda route: route.fulfill(status=500, body="{}"))
        panel.get_by_role("button", name="Send").click()
        expect(panel.get_by_role("button", name="Retry")).to_be_visible(timeout=40_000)
        return stand.taken(name, page)


def offline(stand: Stand, name: str) -> Tile:
    case = _asked(stand)
    with stand.panel(f"{case.path}ines") as (page, panel):
        panel.get_by_role("textbox").fill("Keep the buffer. I tell Kestrel today.")
        page.context.set_offline(True)
        panel.get_by_role("button", name="Send").click()
        expect(panel.get_by_text("Waiting to send").first).to_be_visible(timeout=40_000)
        expect(panel.get_by_text("You are offline")).to_be_visible(timeout=40_000)
        return stand.taken(name, page)


def resolved(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", 'apropos-pin[field="q2/vt-400"]') as (page, panel):
        expect(panel.get_by_role("button", name="Reopen")).to_be_visible()
        return stand.taken(name, page)


def folded(stand: Stand, name: str) -> Tile:
    case = stand.case()
    people = [stand.demo.host.acting_as(who) for who in ("jonas", "lukas", "priya", "tomasz")]
    asked = "Kestrel asks for 316L impellers on stations 4 to 9. Does it change the curve?"
    thread = people[0].threads.open(case.record, asked, field="priority", kind="question")
    for number in range(LONG):
        people[number % 4].threads.comment(thread.id, f"Station {number % 6 + 4}: checked.")
    ines = stand.demo.host.acting_as("ines")
    ines.threads.read(thread.id, ines.threads.get(thread.id).seq)
    people[1].threads.comment(thread.id, "The option needs a line in annex C. I send the wording today.")
    with stand.panel(f"{case.path}ines") as (page, panel):
        expect(panel.get_by_role("article").filter(has_text="annex C")).to_be_visible()
        return stand.taken(name, page)


def _asked(stand: Stand) -> Case:
    case = stand.case()
    stand.demo.host.acting_as("amara").threads.open(case.record, "Q3 or keep the buffer?", field="priority", kind="question")
    return case
