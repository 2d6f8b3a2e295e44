"""A phone and the narrowest panel, as `mobile.html` draws them: 375 and 320 px wide, however wide the page of pictures is."""

from playwright.sync_api import Browser, Page, expect

from .demo import Demo
from .sheets import Tile, gallery
from .stand import Case, Stand

FIGURE = 'apropos-pin[field="q3/vt-400"]'
TALL = 760


def phones(browser: Browser, demo: Demo, theme: str, width: int, _height: int) -> bytes:
    """Return every screen of the page, on one."""
    wide, narrow = Stand(browser, demo, theme, 375), Stand(browser, demo, theme, 320)
    tiles = [
        _read(wide, "Thread, 375"), _inbox(wide, "Inbox, 375"), _begun(wide, "Start, 375"), _read(narrow, "Thread, 320"),
        _mention(narrow, "Mention, 320"), _mirrored(narrow, "Right to left, 320"),
    ]  # fmt: skip
    return gallery(browser, theme, tiles, width, min(375, width - 24))


def _read(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", FIGURE, height=TALL) as (page, panel):
        expect(panel.get_by_text("Action items").first).to_be_visible()
        return _whole(name, page)


def _inbox(stand: Stand, name: str) -> Tile:
    page = stand.demo.window(stand.browser, "/inbox?as=ines", stand.theme, stand.width, TALL)
    expect(page.get_by_role("listitem").first).to_be_visible()
    return _ended(name, page)


def _begun(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", 'apropos-pin[field="q4/commissioning"]', height=TALL) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Does 62,000 include training?")
        panel.get_by_role("button", name="More").last.click()
        expect(panel.get_by_label("Goal")).to_be_visible()
        return _whole(name, page)


def _mention(stand: Stand, name: str) -> Tile:
    with stand.panel("/crm?as=ines", FIGURE, height=TALL) as (page, panel):
        panel.get_by_role("textbox").press_sequentially("Could the tests run in parallel? @")
        expect(panel.get_by_role("listbox").first).to_be_visible()
        return _whole(name, page)


def _mirrored(stand: Stand, name: str) -> Tile:
    case: Case = stand.case()
    host = stand.demo.host
    asked, title = "المورّد يؤكد القالب في الأسبوع ٣٦. هل نضيفها إلى الربع الثالث؟", "الاتفاق على رقم الربع الثالث"
    thread = host.acting_as("amara").threads.open(case.record, asked, field="priority", title=title)
    host.acting_as("lukas").threads.comment(thread.id, "الأفضل أن نحتفظ بالاحتياطي.")

    def turn(page: Page) -> None:
        page.evaluate("document.documentElement.dir = 'rtl'; document.querySelector('apropos-app').setAttribute('lang', 'ar')")

    with stand.panel(f"{case.path}ines", height=TALL, before=turn) as (page, panel):
        expect(panel.get_by_role("article").last).to_be_visible()
        return _whole(name, page)


def _whole(name: str, page: Page) -> Tile:
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)  # what fades in has its colours then
    return Tile(name, page.screenshot())


def _ended(name: str, page: Page) -> Tile:
    tile = _whole(name, page)
    page.context.close()
    return tile
